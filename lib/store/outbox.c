/* SPDX-License-Identifier: MIT */
/* What the host does with its actions: it lists them, and says how it went. */
#include <offerpolicy/migration.h>

#include "failure.h"
#include "moment.h"
#include "record_rows.h"
#include "span.h"

typedef struct pending_page {
    int64_t at, after;
    size_t limit;
} pending_page;

static ofp_status read_pending(ofp_store *store, const void *what, ofp_records *records,
                               ofp_error **reterr)
{
    const pending_page *page = what;
    ofp_query query;
    const ofp_status status = ofp_query_start(store, OFP_STATEMENT_LIST_ACTIONS, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, page->at);
    ofp_query_bind_integer(&query, 2, page->after);
    ofp_query_bind_integer(&query, 3, ofp_query_limit(page->limit));
    return ofp_add_rows(&query, page->limit, ofp_add_action_row, records, reterr);
}

static ofp_status check_clock(int64_t at, ofp_error **reterr)
{
    if (ofp_instant_is_supported(at))
        return ofp_succeed(reterr);
    return ofp_fail(reterr, OFP_CODE_INSTANT_RANGE, "`at` %s",
                    ofp_moment_problem(OFP_CODE_INSTANT_RANGE));
}

ofp_status ofp_store_actions(ofp_store *store, int64_t at, int64_t after, size_t limit,
                             ofp_records **ret, ofp_error **reterr)
{
    const pending_page page = {at, after, limit ? limit : OFP_PAGE_SIZE};
    const ofp_status status = check_clock(at, reterr);
    return status ? status : ofp_read_records(store, read_pending, &page, ret, reterr);
}

/* How an action went. */
typedef struct settlement {
    ofp_text key;
    int64_t at;
    bool failed;
    int64_t retry_at;
    ofp_text problem;
} settlement;

/* @return OFP_STATUS_NOT_FOUND if there is no action with the key */
static ofp_status check_known(ofp_store *store, const settlement *went, ofp_error **reterr)
{
    ofp_query query;
    bool row = false;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_FIND_ACTION, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_text(&query, 1, went->key);
    status = ofp_query_next(&query, &row, reterr);
    if (!status && !row)
        status = ofp_fail(reterr, OFP_CODE_UNKNOWN_ACTION, "there is no action with the key \"%s\"",
                          ofp_quote(went->key).text);
    else if (!status && went->failed &&
             !ofp_span_equal(ofp_query_text(&query, 0), OFP_LITERAL("pending")))
        status = ofp_fail(reterr, OFP_CODE_ACTION_SETTLED,
                          "the action with the key \"%s\" is settled: it is %s",
                          ofp_quote(went->key).text, ofp_quote(ofp_query_text(&query, 0)).text);
    ofp_query_end(&query);
    return status;
}

static ofp_status note(ofp_store *store, const settlement *went, ofp_error **reterr)
{
    ofp_query query;
    ofp_status status = check_known(store, went, reterr);
    if (status)
        return status;
    status = ofp_query_start(store,
                             went->failed ? OFP_STATEMENT_FAIL_ACTION : OFP_STATEMENT_SETTLE_ACTION,
                             &query, reterr);
    if (status)
        return status;
    ofp_query_bind_text(&query, 1, went->key);
    ofp_query_bind_integer(&query, 2, went->failed ? went->retry_at : went->at);
    if (went->failed)
        ofp_query_bind_kept(&query, 3, went->problem);
    return ofp_query_run(&query, reterr);
}

static ofp_status write_outcome(ofp_store *store, const settlement *went, ofp_error **reterr)
{
    ofp_status status = check_clock(went->at, reterr);
    if (!status)
        status = ofp_store_begin_write(store, reterr);
    if (status)
        return status;
    return ofp_store_finish(store, note(store, went, reterr), reterr);
}

ofp_status ofp_store_ack(ofp_store *store, ofp_text key, int64_t at, ofp_error **reterr)
{
    const settlement went = {.key = key, .at = at};
    return write_outcome(store, &went, reterr);
}

ofp_status ofp_store_fail(ofp_store *store, ofp_text key, int64_t at, int64_t retry_after,
                          ofp_text problem, ofp_error **reterr)
{
    if (retry_after < 0 || retry_after > OFP_INSTANT_END)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "`retry_after` must be 0 seconds or more, and within the years that "
                        "instants have");
    if (problem.size > OFP_REASON_LIMIT)
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_TOO_LONG,
                        "`problem` has %zu bytes; the limit is %zu", problem.size,
                        OFP_REASON_LIMIT);
    if (!ofp_span_is_utf8(problem))
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_INVALID, "`problem` is not valid UTF-8");
    const settlement went = {
        .key = key, .at = at, .failed = true, .retry_at = at + retry_after, .problem = problem};
    return write_outcome(store, &went, reterr);
}
