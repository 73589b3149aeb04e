/* SPDX-License-Identifier: MIT */
#include "audit_chain.h"
#include "failure.h"
#include "hasher.h"
#include "ledger.h"
#include "record_rows.h"
#include "record_words.h"

static void bind_date(ofp_query *query, int index, int32_t date)
{
    if (date != OFP_DATE_NONE)
        ofp_query_bind_integer(query, index, date);
}

/* In the order of the part {migration}, and then when it is due. */
static void bind_migration(ofp_query *query, const ofp_migration_record *record, int64_t due_at)
{
    if (record->id.data)
        ofp_query_bind_integer(query, 1, ofp_migration_id_parse(record->id));
    ofp_query_bind_kept(query, 2, record->org);
    ofp_query_bind_kept(query, 3, record->org_name);
    ofp_query_bind_kept(query, 4, record->from);
    ofp_query_bind_kept(query, 5, record->from_level);
    ofp_query_bind_kept(query, 6, record->to);
    ofp_query_bind_kept(query, 7, record->level);
    ofp_query_bind_integer(query, 8, record->target_date);
    ofp_query_bind_integer(query, 9, record->ends_at);
    ofp_query_bind_integer(query, 10, record->forgotten_at);
    ofp_query_bind_text(query, 11, ofp_text_of(ofp_status_words[record->status]));
    ofp_query_bind_integer(query, 12, record->revision);
    ofp_query_bind_kept(query, 13, record->owner);
    ofp_query_bind_kept(query, 14, record->reason);
    ofp_query_bind_kept(query, 15, record->evidence);
    ofp_query_bind_kept(query, 16, record->requested_by);
    ofp_query_bind_integer(query, 17, record->requested_at);
    ofp_query_bind_kept(query, 18, record->decided_by);
    ofp_query_bind_instant(query, 19, record->decided_at);
    ofp_query_bind_integer(query, 20, record->changed_at);
    ofp_query_bind_kept(query, 21, record->closed_by);
    ofp_query_bind_instant(query, 22, record->closed_at);
    ofp_query_bind_text(query, 23, ofp_text_of(ofp_outcome_name(record->outcome)));
    ofp_query_bind_integer(query, 24, record->extensions);
    ofp_query_bind_kept(query, 25, record->policy);
    ofp_query_bind_kept(query, 26, record->policy_revision);
    ofp_query_bind_kept(query, 27, record->policy_digest);
    ofp_query_bind_integer(query, 28, record->settled);
    ofp_query_bind_instant(query, 29, due_at);
}

ofp_status ofp_ledger_write(ofp_store *store, const ofp_migration_record *record, int64_t due_at,
                            int64_t *retnumber, ofp_error **reterr)
{
    ofp_query query;
    const bool is_new = !record->id.data;
    ofp_status status = ofp_query_start(
        store, is_new ? OFP_STATEMENT_INSERT_MIGRATION : OFP_STATEMENT_UPDATE_MIGRATION, &query,
        reterr);
    if (status)
        return status;
    bind_migration(&query, record, due_at);
    status = ofp_query_run(&query, reterr);
    if (status)
        return status;
    if (!is_new && sqlite3_changes(store->db) != 1)
        return ofp_fail(reterr, OFP_CODE_UNKNOWN_MIGRATION, "there is no migration \"%s\"",
                        ofp_quote(record->id).text);
    *retnumber = is_new ? sqlite3_last_insert_rowid(store->db) : ofp_migration_id_parse(record->id);
    return ofp_succeed(reterr);
}

/* In the order of the statement draft_event. */
static void bind_draft(ofp_query *query, const ofp_event_draft *draft)
{
    ofp_query_bind_integer(query, 1, draft->at);
    ofp_query_bind_text(query, 2, ofp_text_of(ofp_event_kind_name(draft->kind)));
    if (draft->migration)
        ofp_query_bind_integer(query, 3, draft->migration);
    ofp_query_bind_kept(query, 4, draft->org);
    ofp_query_bind_kept(query, 5, draft->actor);
    ofp_query_bind_kept(query, 6, draft->role);
    ofp_query_bind_kept(query, 7, draft->reason);
    ofp_query_bind_kept(query, 8, draft->key);
    ofp_query_bind_blob(query, 9, draft->command, OFP_SHA256_SIZE);
    ofp_query_bind_kept(query, 10, draft->policy);
    ofp_query_bind_kept(query, 11, draft->policy_revision);
    ofp_query_bind_kept(query, 12, draft->policy_digest);
    bind_date(query, 13, draft->previous_date);
    ofp_query_bind_kept(query, 14, draft->detail);
}

/* Inserts the row on which a draft stands, with its hash. */
static ofp_status insert_event(ofp_store *store, const ofp_query *draft, ofp_error **reterr)
{
    ofp_query query;
    uint8_t hash[OFP_SHA256_SIZE];
    const ofp_status status = ofp_query_start(store, OFP_STATEMENT_INSERT_EVENT, &query, reterr);
    if (status)
        return status;
    ofp_audit_hash(draft->statement, hash);
    for (int column = 0; column < OFP_AUDIT_HASH && !query.result; column++)
        query.result = sqlite3_bind_value(query.statement, column + 1,
                                          sqlite3_column_value(draft->statement, column));
    ofp_query_bind_blob(&query, OFP_AUDIT_HASH + 1, hash, sizeof hash);
    return ofp_query_run(&query, reterr);
}

ofp_status ofp_ledger_append(ofp_store *store, const ofp_event_draft *draft, ofp_records *records,
                             ofp_error **reterr)
{
    ofp_query query;
    bool row;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_DRAFT_EVENT, &query, reterr);
    if (status)
        return status;
    bind_draft(&query, draft);
    status = ofp_query_next(&query, &row, reterr);
    if (!status)
        status = insert_event(store, &query, reterr);
    ofp_query_end(&query);
    if (status || !records)
        return status;
    return ofp_add_rows_of(store, OFP_STATEMENT_READ_EVENT, sqlite3_last_insert_rowid(store->db),
                           ofp_add_event_row, records, reterr);
}

ofp_status ofp_ledger_put_action(ofp_store *store, int64_t event, const ofp_host_action *action,
                                 ofp_records *records, ofp_error **reterr)
{
    ofp_query query;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_INSERT_ACTION, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_kept(&query, 1, action->key);
    ofp_query_bind_integer(&query, 2, event);
    ofp_query_bind_integer(&query, 3, ofp_migration_id_parse(action->migration));
    ofp_query_bind_kept(&query, 4, action->org);
    ofp_query_bind_text(&query, 5, ofp_text_of(ofp_host_action_kind_name(action->kind)));
    ofp_query_bind_kept(&query, 6, action->tag);
    ofp_query_bind_kept(&query, 7, action->text);
    ofp_query_bind_kept(&query, 8, action->owner);
    ofp_query_bind_kept(&query, 9, action->unless_offering);
    ofp_query_bind_kept(&query, 10, action->unless_level);
    ofp_query_bind_instant(&query, 11, action->not_before);
    ofp_query_bind_integer(&query, 12, action->created_at);
    status = ofp_query_run(&query, reterr);
    if (status)
        return status;
    return ofp_add_rows_of(store, OFP_STATEMENT_READ_ACTION, sqlite3_last_insert_rowid(store->db),
                           ofp_add_action_row, records, reterr);
}

ofp_status ofp_ledger_withdraw(ofp_store *store, ofp_text org, ofp_host_action_kind kind,
                               ofp_text tag, int64_t at, ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status =
        ofp_query_start(store, OFP_STATEMENT_WITHDRAW_ACTIONS, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_text(&query, 1, org);
    ofp_query_bind_text(&query, 2, ofp_text_of(ofp_host_action_kind_name(kind)));
    ofp_query_bind_text(&query, 3, tag);
    ofp_query_bind_integer(&query, 4, at);
    return ofp_query_run(&query, reterr);
}
