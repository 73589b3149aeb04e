/* SPDX-License-Identifier: MIT */
#include <offerpolicy/store.h>

#include <string.h>

#include "failure.h"
#include "query.h"

/* The columns of the statement. */
static void read_counts(const ofp_query *query, ofp_store_stats *ret)
{
    ret->schema = (int32_t)ofp_query_integer(query, 0);
    ret->bytes = ofp_query_integer(query, 1);
    ret->migrations = ofp_query_integer(query, 2);
    ret->open = ofp_query_integer(query, 3);
    ret->live = ofp_query_integer(query, 4);
    ret->overdue = ofp_query_integer(query, 5);
    ret->pending_actions = ofp_query_integer(query, 6);
    ret->failed_actions = ofp_query_integer(query, 7);
    ret->oldest_pending = ofp_query_instant(query, 8);
    ret->events = ofp_query_integer(query, 9);
    ret->decisions = ofp_query_integer(query, 10);
}

static ofp_status count(ofp_store *store, int64_t at, ofp_store_stats *ret, ofp_error **reterr)
{
    bool row = false;
    ofp_query query;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_COUNT_ALL, &query, reterr);
    ofp_query_bind_integer(&query, 1, at);
    if (!status)
        status = ofp_query_next(&query, &row, reterr);
    if (row)
        read_counts(&query, ret);
    ofp_query_end(&query);
    return status;
}

ofp_status ofp_store_get_stats(ofp_store *store, int64_t at, ofp_store_stats *ret,
                               ofp_error **reterr)
{
    if (ret->size < sizeof ret->size)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "ret->size is not set: it must be sizeof(ofp_store_stats)");
    ofp_store_stats found = {.size = ret->size};
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = ofp_store_finish(store, count(store, at, &found, reterr), reterr);
    if (!status)
        memcpy(ret, &found, ret->size < sizeof found ? ret->size : sizeof found);
    return status;
}
