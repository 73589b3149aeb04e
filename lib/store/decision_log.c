/* SPDX-License-Identifier: MIT */
#include "buffer.h"
#include "failure.h"
#include "ledger.h"
#include "record_rows.h"
#include "store_filter.h"

static ofp_status insert(ofp_store *store, const ofp_logged_decision *decision, ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, OFP_STATEMENT_INSERT_DECISION, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, decision->at);
    ofp_query_bind_kept(&query, 2, decision->ticket);
    ofp_query_bind_kept(&query, 3, decision->org);
    ofp_query_bind_kept(&query, 4, decision->policy_digest);
    ofp_query_bind_kept(&query, 5, decision->tzdata);
    ofp_query_bind_kept(&query, 6, decision->request);
    ofp_query_bind_kept(&query, 7, decision->decision);
    return ofp_query_run(&query, reterr);
}

ofp_status ofp_ledger_log(ofp_store *store, const ofp_logged_decision *decisions, size_t count,
                          ofp_error **reterr)
{
    ofp_status status = ofp_succeed(reterr);
    for (size_t i = 0; i < count && !status; i++)
        status = insert(store, &decisions[i], reterr);
    return status;
}

ofp_status ofp_ledger_compare(ofp_store *store, ofp_text first, ofp_text second, ofp_buffer *buffer,
                              ofp_error **reterr)
{
    ofp_query query;
    bool row;
    const size_t mark = buffer->size;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_COMPARE_DECISIONS, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_text(&query, 1, first);
    ofp_query_bind_text(&query, 2, second);
    status = ofp_query_next(&query, &row, reterr);
    if (!status) {
        ofp_buffer_put_text(buffer, ofp_query_text(&query, 0));
        status = ofp_buffer_check(buffer, mark, reterr);
    }
    ofp_query_end(&query);
    return status;
}

/* Of which list the filter asks for a page. */
static ofp_statement list_for(const ofp_log_filter *filter)
{
    if (filter->ticket.data)
        return OFP_STATEMENT_LIST_DECISIONS_OF_TICKET;
    return filter->org.data ? OFP_STATEMENT_LIST_DECISIONS_OF_ORG : OFP_STATEMENT_LIST_DECISIONS;
}

static ofp_status read_log(ofp_store *store, const void *what, ofp_records *records,
                           ofp_error **reterr)
{
    const ofp_log_filter *filter = what;
    const ofp_statement list = list_for(filter);
    const int64_t until = filter->until == OFP_INSTANT_NONE ? INT64_MAX : filter->until;
    int64_t after = filter->after;
    ofp_query query;
    ofp_status status = ofp_succeed(reterr);
    if (list == OFP_STATEMENT_LIST_DECISIONS && filter->since != OFP_INSTANT_NONE)
        status = ofp_find_start(store, OFP_STATEMENT_FIRST_DECISION_SINCE, filter->since, until,
                                &after, reterr);
    if (!status)
        status = ofp_query_start(store, list, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, after);
    ofp_query_bind_integer(&query, 2, ofp_query_limit(filter->limit));
    ofp_query_bind_integer(&query, 3, filter->since);
    ofp_query_bind_integer(&query, 4, until);
    ofp_query_bind_text(&query, 5, filter->org);
    ofp_query_bind_text(&query, 6, filter->ticket);
    return ofp_add_rows(&query, filter->limit, ofp_add_decision_row, records, reterr);
}

ofp_status ofp_store_log(ofp_store *store, const ofp_log_filter *filter, ofp_records **ret,
                         ofp_error **reterr)
{
    ofp_log_filter known = OFP_LOG_FILTER_INIT;
    const ofp_status status = OFP_READ_FILTER(filter, &known, reterr);
    return status ? status : ofp_read_records(store, read_log, &known, ret, reterr);
}
