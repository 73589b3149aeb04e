/* SPDX-License-Identifier: MIT */
#include "failure.h"
#include "hasher.h"
#include "ledger.h"
#include "record_rows.h"

ofp_status ofp_ledger_read(ofp_store *store, ofp_text id, ofp_records *records, bool *retfound,
                           ofp_error **reterr)
{
    const size_t before = records->migrations.count;
    /* What is no id has the number 0, which no migration has. */
    const ofp_status status =
        ofp_add_rows_of(store, OFP_STATEMENT_READ_MIGRATION, ofp_migration_id_parse(id),
                        ofp_add_migration_row, records, reterr);
    if (!status)
        *retfound = records->migrations.count > before;
    return status;
}

static ofp_status read_of_org(ofp_store *store, ofp_statement which, ofp_text org, int64_t at,
                              ofp_records *records, ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, which, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_text(&query, 1, org);
    ofp_query_bind_integer(&query, 2, at);
    return ofp_add_rows(&query, 0, ofp_add_migration_row, records, reterr);
}

ofp_status ofp_ledger_read_active(ofp_store *store, ofp_text org, int64_t at, ofp_records *records,
                                  ofp_error **reterr)
{
    return read_of_org(store, OFP_STATEMENT_READ_ACTIVE, org, at, records, reterr);
}

ofp_status ofp_ledger_read_remembered(ofp_store *store, ofp_text org, int64_t at,
                                      ofp_records *records, ofp_error **reterr)
{
    return read_of_org(store, OFP_STATEMENT_READ_REMEMBERED, org, at, records, reterr);
}

/* Reads the one number that a query gives, and ends it. */
static ofp_status read_number(ofp_query *query, int64_t *ret, ofp_error **reterr)
{
    bool row;
    const ofp_status status = ofp_query_next(query, &row, reterr);
    if (!status)
        *ret = ofp_query_integer(query, 0);
    ofp_query_end(query);
    return status;
}

ofp_status ofp_ledger_count_live(ofp_store *store, int64_t at, int64_t limit, int64_t *ret,
                                 ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, OFP_STATEMENT_COUNT_LIVE, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, at);
    ofp_query_bind_integer(&query, 2, limit);
    return read_number(&query, ret, reterr);
}

ofp_status ofp_ledger_count_requests(ofp_store *store, ofp_text org, ofp_text to, int64_t *ret,
                                     ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, OFP_STATEMENT_COUNT_REQUESTS, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_text(&query, 1, org);
    ofp_query_bind_text(&query, 2, to);
    return read_number(&query, ret, reterr);
}

/* Behind a migration's columns. */
enum { DUE_COLUMN = 28 };

static ofp_status add_due_rows(ofp_query *query, size_t limit, ofp_records *records, int64_t *due,
                               ofp_error **reterr)
{
    bool row;
    ofp_status status;
    for (size_t i = 0; !(status = ofp_query_next(query, &row, reterr)) && row; i++) {
        records->more = i == limit;
        if (records->more)
            break;
        due[i] = ofp_query_integer(query, DUE_COLUMN);
        status = ofp_add_migration_row(query, records, reterr);
        if (status)
            break;
    }
    return status;
}

ofp_status ofp_ledger_read_due(ofp_store *store, int64_t at, size_t limit, ofp_records *records,
                               const int64_t **retdue, ofp_error **reterr)
{
    ofp_query query;
    int64_t *due = ofp_arena_take(&records->arena, limit, sizeof *due);
    if (!due)
        return ofp_fail_no_memory(reterr);
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_READ_DUE, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, at);
    ofp_query_bind_integer(&query, 2, ofp_query_limit(limit));
    status = add_due_rows(&query, limit, records, due, reterr);
    ofp_query_end(&query);
    if (!status)
        *retdue = due;
    return status;
}

/* @param ret as ofp_ledger_read_tag()'s; left alone if there is no row */
static ofp_status keep_tag(ofp_query *query, ofp_records *records, ofp_text *ret,
                           ofp_error **reterr)
{
    bool row;
    const ofp_status status = ofp_query_next(query, &row, reterr);
    if (status || !row)
        return status;
    const ofp_text tag = ofp_query_text(query, 0);
    const char *copy = ofp_arena_copy(&records->arena, tag);
    if (!copy)
        return ofp_fail_no_memory(reterr);
    *ret = (ofp_text){copy, tag.size};
    return ofp_succeed(reterr);
}

ofp_status ofp_ledger_read_tag(ofp_store *store, ofp_text id, ofp_records *records, ofp_text *ret,
                               ofp_error **reterr)
{
    ofp_query query;
    ofp_text tag = {0};
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_READ_TAG, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, ofp_migration_id_parse(id));
    status = keep_tag(&query, records, &tag, reterr);
    ofp_query_end(&query);
    if (!status)
        *ret = tag;
    return status;
}

/* Behind an event's columns and its migration's. */
enum { COMMAND_COLUMN = 40 };

static ofp_status add_answer(ofp_store *store, ofp_query *found, ofp_records *records,
                             ofp_error **reterr)
{
    const ofp_status status = ofp_add_event_row(found, records, reterr);
    if (status)
        return status;
    const ofp_event *event = &records->events.items[records->events.count - 1];
    if (event->migration && !ofp_records_add_migration(records, event->migration))
        return ofp_fail_no_memory(reterr);
    return ofp_add_rows_of(store, OFP_STATEMENT_READ_ACTIONS_OF_EVENT, event->seq,
                           ofp_add_action_row, records, reterr);
}

static bool is_command(const uint8_t *kept, const uint8_t *command)
{
    return kept && memcmp(kept, command, OFP_SHA256_SIZE) == 0;
}

ofp_status ofp_ledger_find_key(ofp_store *store, ofp_text key, const uint8_t command[32],
                               ofp_records *records, bool *retfound, bool *retsame,
                               ofp_error **reterr)
{
    ofp_query query;
    bool row = false, same = false;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_FIND_KEY, &query, reterr);
    ofp_query_bind_text(&query, 1, key);
    if (!status)
        status = ofp_query_next(&query, &row, reterr);
    if (!status && row)
        same = is_command(ofp_query_hash(&query, COMMAND_COLUMN), command);
    if (same)
        status = add_answer(store, &query, records, reterr);
    ofp_query_end(&query);
    if (!status) {
        *retfound = row;
        *retsame = same;
    }
    return status;
}
