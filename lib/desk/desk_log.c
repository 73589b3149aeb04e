/* SPDX-License-Identifier: MIT */
/* The decision log: decisions wait here as documents until they are written all at once. */
#include "desk_state.h"

#include "array.h"
#include "decision_json.h"
#include "failure.h"
#include "ledger.h"

/* In the log one may search for ids; SQLite would see them end at a zero byte. */
static ofp_status check_id(const char *place, ofp_text id, ofp_error **reterr)
{
    if (!id.size || !memchr(id.data, '\0', id.size))
        return OFP_STATUS_OK;
    return ofp_fail_at(reterr, (ofp_place){.pointer = place}, OFP_CODE_STEP_TEXT_INVALID,
                       "the id has a zero byte: such a decision can't be logged");
}

static ofp_desk_span put_text(ofp_buffer *texts, ofp_text text)
{
    const size_t from = texts->size;
    ofp_buffer_put_text(texts, text);
    return (ofp_desk_span){from, text.size, text.data != NULL};
}

/* What was written into the buffer since it was of a size. */
static ofp_desk_span since(const ofp_buffer *texts, size_t from)
{
    return (ofp_desk_span){from, texts->size - from, true};
}

/* Writes all texts of a row behind those of the others. */
static ofp_status write_row(ofp_desk *desk, const ofp_decision *decision, ofp_desk_row *row,
                            ofp_error **reterr)
{
    ofp_buffer *texts = &desk->rows.texts;
    const size_t mark = texts->size;
    row->at = ofp_decision_now(decision);
    row->ticket = put_text(texts, ofp_decision_ticket(decision));
    row->org = put_text(texts, ofp_decision_org(decision));
    ofp_status status = ofp_buffer_check(texts, mark, reterr);
    if (status)
        return status;
    const size_t request = texts->size;
    status = ofp_request_write_json(&desk->request, desk->policy, desk->log_texts ? NULL : decision,
                                    texts, reterr);
    row->request = since(texts, request);
    const size_t answer = texts->size;
    if (!status)
        status = ofp_decision_write_log_json(decision, texts, reterr);
    row->decision = since(texts, answer);
    if (status)
        texts->size = mark;
    return status;
}

ofp_status ofp_desk_keep(ofp_desk *desk, const ofp_decision *decision, ofp_error **reterr)
{
    ofp_status status = check_id("/ticket/id", ofp_decision_ticket(decision), reterr);
    if (!status)
        status = check_id("/org/id", ofp_decision_org(decision), reterr);
    if (!status && !OFP_ARRAY_GROW(&desk->rows))
        status = ofp_fail_no_memory(reterr);
    if (!status)
        status = write_row(desk, decision, &desk->rows.items[desk->rows.count], reterr);
    desk->rows.count += !status;
    return status;
}

void ofp_desk_drop(ofp_desk *desk)
{
    desk->rows.texts.size = desk->rows.items[--desk->rows.count].ticket.from;
}

static ofp_text text_of(const ofp_desk *desk, ofp_desk_span span)
{
    return span.there ? (ofp_text){desk->rows.texts.data + span.from, span.size} : (ofp_text){0};
}

static ofp_status log_row(ofp_desk *desk, const ofp_desk_row *row, ofp_error **reterr)
{
    const ofp_logged_decision logged = {
        .at = row->at,
        .ticket = text_of(desk, row->ticket),
        .org = text_of(desk, row->org),
        .request = text_of(desk, row->request),
        .decision = text_of(desk, row->decision),
        .policy_digest = ofp_text_of(ofp_policy_digest(desk->policy)),
        .tzdata = ofp_text_of(ofp_policy_tzdata(desk->policy)),
    };
    return ofp_ledger_log(desk->store, &logged, 1, reterr);
}

ofp_status ofp_desk_flush(ofp_desk *desk, ofp_error **reterr)
{
    if (desk->rows.count == 0)
        return ofp_succeed(reterr);
    ofp_status status = ofp_store_begin_write(desk->store, reterr);
    if (status)
        return status;
    for (size_t i = 0; !status && i < desk->rows.count; i++)
        status = log_row(desk, &desk->rows.items[i], reterr);
    status = ofp_store_finish(desk->store, status, reterr);
    if (!status) {
        desk->rows.count = 0;
        ofp_buffer_clear(&desk->rows.texts);
    }
    return status;
}
