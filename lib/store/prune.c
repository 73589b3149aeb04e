/* SPDX-License-Identifier: MIT */
#include <offerpolicy/store.h>

#include <inttypes.h>
#include <stdio.h>

#include <offerpolicy/migration.h>

#include "failure.h"
#include "ledger.h"
#include "moment.h"
#include "query.h"
#include "span.h"

/* Lines belong into what people write as a reason, not into their names. */
static bool has_control(ofp_text text, bool lines)
{
    while (text.size) {
        size_t size;
        const uint32_t character = ofp_span_character(text, &size);
        const bool of_lines = character == '\n' || character == '\r' || character == '\t';
        if (!(lines && of_lines) && ofp_character_is_control(character))
            return true;
        text.data += size;
        text.size -= size;
    }
    return false;
}

static ofp_status check_text(const char *what, ofp_text text, size_t limit, bool lines,
                             ofp_error **reterr)
{
    if (text.size > limit)
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_TOO_LONG, "the %s has %zu bytes: at most %zu",
                        what, text.size, limit);
    if (!ofp_span_is_utf8(text))
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_INVALID, "the %s is not valid UTF-8", what);
    if (has_control(text, lines))
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_INVALID, "the %s has control characters", what);
    return ofp_succeed(reterr);
}

static ofp_status check_deed(const ofp_deed *deed, ofp_error **reterr)
{
    if (!ofp_instant_is_supported(deed->at))
        return ofp_fail(reterr, OFP_CODE_INSTANT_RANGE,
                        "deed->at is no instant of the years 1970 to 2200");
    if (!deed->actor.size)
        return ofp_fail(reterr, OFP_CODE_STEP_INCOMPLETE,
                        "it is not said who does this: name the actor");
    ofp_status status = check_text("actor", deed->actor, OFP_PERSON_LIMIT, false, reterr);
    if (!status)
        status = check_text("role", deed->role, OFP_PERSON_LIMIT, false, reterr);
    return status ? status : check_text("reason", deed->reason, OFP_REASON_LIMIT, true, reterr);
}

static ofp_status forget(ofp_store *store, int64_t before, int64_t *retcount, ofp_error **reterr)
{
    ofp_query query;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_FORGET_DECISIONS, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, before);
    status = ofp_query_run(&query, reterr);
    *retcount = sqlite3_changes64(store->db);
    return status;
}

static ofp_status remember(ofp_store *store, int64_t before, const ofp_deed *deed, int64_t count,
                           ofp_error **reterr)
{
    char date[OFP_INSTANT_SIZE], detail[96];
    ofp_instant_format(before, date);
    const int size =
        snprintf(detail, sizeof detail, "forgot %" PRId64 " logged decision%s from before %s",
                 count, count == 1 ? "" : "s", date);
    const ofp_event_draft draft = {
        .at = deed->at,
        .kind = OFP_EVENT_PRUNE_LOG,
        .actor = deed->actor,
        .role = deed->role,
        .reason = deed->reason,
        .previous_date = OFP_DATE_NONE,
        .detail = {detail, (size_t)size},
    };
    return ofp_ledger_append(store, &draft, NULL, reterr);
}

static ofp_status prune(ofp_store *store, int64_t before, const ofp_deed *deed, int64_t *retcount,
                        ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_write(store, reterr);
    if (status)
        return status;
    status = forget(store, before, retcount, reterr);
    if (!status && *retcount)
        status = remember(store, before, deed, *retcount, reterr);
    return ofp_store_finish(store, status, reterr);
}

ofp_status ofp_store_prune_log(ofp_store *store, int64_t before, const ofp_deed *deed,
                               int64_t *retcount, ofp_error **reterr)
{
    int64_t count = 0;
    ofp_status status = check_deed(deed, reterr);
    if (!status)
        status = prune(store, before, deed, &count, reterr);
    if (status)
        return status;
    /*
     * What was forgotten is still in the write-ahead log, until that starts anew. If others are
     * reading just now, their last checkpoint does it.
     */
    if (count)
        sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (retcount)
        *retcount = count;
    return ofp_succeed(reterr);
}
