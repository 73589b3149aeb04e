/* SPDX-License-Identifier: MIT */
#include "record_rows.h"

#include "failure.h"
#include "hasher.h"
#include "record_words.h"

/* How many columns the parts of statements.sql have. */
enum { EVENT_COLUMNS = 12 };

/* Reads columns from left to right. */
typedef struct row_cursor {
    const ofp_query *query;
    int column;
    bool wrong; /* something in it is not what it must be */
} row_cursor;

static int64_t take_integer(row_cursor *row)
{
    return ofp_query_integer(row->query, row->column++);
}

static int64_t take_instant(row_cursor *row)
{
    return ofp_query_instant(row->query, row->column++);
}

static int32_t take_small(row_cursor *row)
{
    const int64_t value = take_integer(row);
    row->wrong |= value != (int32_t)value;
    return (int32_t)value;
}

static ofp_text take_text(row_cursor *row)
{
    return ofp_query_text(row->query, row->column++);
}

static ofp_text take_required(row_cursor *row)
{
    const ofp_text text = take_text(row);
    row->wrong |= !text.data;
    return text;
}

static int take_word(row_cursor *row, ofp_words words)
{
    const int number = ofp_words_find(words, take_required(row));
    row->wrong |= number < 0;
    return number;
}

/* A migration's number as its id. @param room OFP_ID_SIZE bytes, for the text */
static ofp_text take_id(row_cursor *row, char *room)
{
    const int64_t number = take_integer(row);
    row->wrong |= number <= 0;
    ofp_migration_id_format(number, room);
    return ofp_text_of(room);
}

static ofp_outcome take_outcome(row_cursor *row)
{
    const ofp_text word = take_text(row);
    const int number = word.data ? ofp_words_find(ofp_outcome_words, word) : OFP_OUTCOME_NONE;
    row->wrong |= number < 0;
    return (ofp_outcome)number;
}

static ofp_status finish(const row_cursor *row, bool added, const char *what, int64_t number,
                         ofp_error **reterr)
{
    if (row->wrong)
        return ofp_fail(reterr, OFP_CODE_STORE_CORRUPT,
                        "the store is damaged: %s %lld is not one that could have been written",
                        what, (long long)number);
    return added ? ofp_succeed(reterr) : ofp_fail_no_memory(reterr);
}

/* Initializers are not evaluated in order, so the columns are taken one by one. */
static void take_migration(row_cursor *row, char *id, ofp_migration_record *ret)
{
    *ret = (ofp_migration_record){.id = take_id(row, id)};
    ret->org = take_required(row);
    ret->org_name = take_text(row);
    ret->from = take_required(row);
    ret->from_level = take_required(row);
    ret->to = take_required(row);
    ret->level = take_required(row);
    ret->target_date = take_small(row);
    ret->ends_at = take_integer(row);
    ret->forgotten_at = take_integer(row);
    ret->status = (ofp_migration_status)take_word(row, ofp_status_words);
    ret->revision = take_integer(row);
    ret->owner = take_required(row);
    ret->reason = take_text(row);
    ret->evidence = take_text(row);
    ret->requested_by = take_required(row);
    ret->requested_at = take_integer(row);
    ret->decided_by = take_text(row);
    ret->decided_at = take_instant(row);
    ret->changed_at = take_integer(row);
    ret->closed_by = take_text(row);
    ret->closed_at = take_instant(row);
    ret->outcome = take_outcome(row);
    ret->extensions = take_small(row);
    ret->policy = take_text(row);
    ret->policy_revision = take_text(row);
    ret->policy_digest = take_text(row);
    ret->settled = take_integer(row) != 0;
}

ofp_status ofp_add_migration_row(const ofp_query *query, ofp_records *records, ofp_error **reterr)
{
    char id[OFP_ID_SIZE];
    row_cursor row = {.query = query};
    ofp_migration_record record;
    take_migration(&row, id, &record);
    const bool added = !row.wrong && ofp_records_add_migration(records, &record);
    return finish(&row, added, "migration", ofp_query_integer(query, 0), reterr);
}

static void take_hash(row_cursor *row, char *ret)
{
    const uint8_t *hash = ofp_query_hash(row->query, row->column++);
    row->wrong |= !hash;
    if (hash)
        ofp_hex(hash, OFP_SHA256_SIZE, ret);
}

static void take_event(row_cursor *row, ofp_event *ret)
{
    *ret = (ofp_event){.seq = take_integer(row)};
    ret->at = take_integer(row);
    ret->kind = (ofp_event_kind)take_word(row, ofp_event_kind_words);
    ret->actor = take_text(row);
    ret->role = take_text(row);
    ret->reason = take_text(row);
    ret->key = take_text(row);
    ret->policy = take_text(row);
    ret->policy_digest = take_text(row);
    const bool extends = sqlite3_column_type(row->query->statement, row->column) != SQLITE_NULL;
    const int32_t previous_date = take_small(row);
    ret->previous_date = extends ? previous_date : OFP_DATE_NONE;
    ret->detail = take_text(row);
    take_hash(row, ret->hash);
}

ofp_status ofp_add_event_row(const ofp_query *query, ofp_records *records, ofp_error **reterr)
{
    char id[OFP_ID_SIZE];
    row_cursor row = {.query = query};
    ofp_event event;
    ofp_migration_record subject;
    take_event(&row, &event);
    if (sqlite3_column_type(query->statement, EVENT_COLUMNS) != SQLITE_NULL) {
        take_migration(&row, id, &subject);
        event.migration = &subject;
    }
    row.wrong |= !event.migration && event.kind < OFP_EVENT_CREATE;
    const bool added = !row.wrong && ofp_records_add_event(records, &event);
    return finish(&row, added, "event", event.seq, reterr);
}

ofp_status ofp_add_action_row(const ofp_query *query, ofp_records *records, ofp_error **reterr)
{
    char id[OFP_ID_SIZE];
    row_cursor row = {.query = query};
    ofp_host_action action = {.seq = take_integer(&row)};
    action.key = take_required(&row);
    action.kind = (ofp_host_action_kind)take_word(&row, ofp_host_action_kind_words);
    action.migration = take_id(&row, id);
    action.org = take_required(&row);
    action.tag = take_text(&row);
    action.text = take_text(&row);
    action.owner = take_text(&row);
    action.unless_offering = take_text(&row);
    action.unless_level = take_text(&row);
    action.not_before = take_instant(&row);
    action.created_at = take_integer(&row);
    action.state = (ofp_host_action_state)take_word(&row, ofp_host_action_state_words);
    action.attempts = take_small(&row);
    action.retry_at = take_instant(&row);
    action.problem = take_text(&row);
    action.settled_at = take_instant(&row);
    const bool added = !row.wrong && ofp_records_add_action(records, &action);
    return finish(&row, added, "action", action.seq, reterr);
}

ofp_status ofp_add_decision_row(const ofp_query *query, ofp_records *records, ofp_error **reterr)
{
    row_cursor row = {.query = query};
    ofp_logged_decision decision = {.seq = take_integer(&row)};
    decision.at = take_integer(&row);
    decision.ticket = take_required(&row);
    decision.org = take_text(&row);
    decision.request = take_required(&row);
    decision.decision = take_required(&row);
    decision.policy_digest = take_required(&row);
    decision.tzdata = take_required(&row);
    const bool added = !row.wrong && ofp_records_add_decision(records, &decision);
    return finish(&row, added, "logged decision", decision.seq, reterr);
}
