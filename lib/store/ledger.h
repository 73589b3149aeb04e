/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the life cycle (lib/migration) reads and writes. Everything here happens inside a
 * transaction of the caller (connection.h) and leaves it open, whatever happens; after a failure
 * the caller rolls back.
 */
#ifndef OFP_LEDGER_H
#define OFP_LEDGER_H

#include "connection.h"
#include "record_table.h"

/* --- reading ---------------------------------------------------------------------------------- */

/** Adds the migration with an id to `records`. @param retfound false: there is none */
ofp_status ofp_ledger_read(ofp_store *store, ofp_text id, ofp_records *records, bool *retfound,
                           ofp_error **reterr);

/** Adds the migrations of an org that are open or live at an instant, in the order of their ids. */
ofp_status ofp_ledger_read_active(ofp_store *store, ofp_text org, int64_t at, ofp_records *records,
                                  ofp_error **reterr);

/**
 * Adds the migrations of an org that a decision may need: requested, approved or refused ones that
 * are not forgotten at an instant. This is the lookup of every decision with a store.
 */
ofp_status ofp_ledger_read_remembered(ofp_store *store, ofp_text org, int64_t at,
                                      ofp_records *records, ofp_error **reterr);

/** Counts the migrations that are live at an instant, up to a limit, over all orgs. */
ofp_status ofp_ledger_count_live(ofp_store *store, int64_t at, int64_t limit, int64_t *ret,
                                 ofp_error **reterr);

/** Counts the migrations of an org to an offering that were ever requested. */
ofp_status ofp_ledger_count_requests(ofp_store *store, ofp_text org, ofp_text to, int64_t *ret,
                                     ofp_error **reterr);

/**
 * Adds the migrations that are due (ofp_ledger_write()) at an instant, those that are due longest
 * first, and sets `records->more`.
 * @param retdue since when each of them is due, in the order of the records; lives as long as they
 */
ofp_status ofp_ledger_read_due(ofp_store *store, int64_t at, size_t limit, ofp_records *records,
                               const int64_t **retdue, ofp_error **reterr);

/**
 * Reads the tag that a migration's org.add_tag action puts on its org, whatever became of it.
 * @param records in whose arena the tag lives
 * @param ret without data: it has no such action
 */
ofp_status ofp_ledger_read_tag(ofp_store *store, ofp_text id, ofp_records *records, ofp_text *ret,
                               ofp_error **reterr);

/**
 * Finds a step by its idempotency key, and adds its first answer: the migration as it was
 * afterwards, the event and its actions.
 * @param command hash of the step that asks
 * @param retfound is the key known?
 * @param retsame is it the same step?
 */
ofp_status ofp_ledger_find_key(ofp_store *store, ofp_text key, const uint8_t command[32],
                               ofp_records *records, bool *retfound, bool *retsame,
                               ofp_error **reterr);

/* --- writing ---------------------------------------------------------------------------------- */

/**
 * Writes a migration: a new one if its id has no data (it gets the next number), else the whole
 * new state of the one with this id.
 * @param due_at when a sweep must look at it; OFP_INSTANT_NONE exactly if it is settled
 * @param retnumber its number
 */
ofp_status ofp_ledger_write(ofp_store *store, const ofp_migration_record *record, int64_t due_at,
                            int64_t *retnumber, ofp_error **reterr);

/** An event that is to be written. What may be missing has no data. */
typedef struct ofp_event_draft {
    int64_t at;
    ofp_event_kind kind;
    int64_t migration; /* its number; 0: of the whole store */
    ofp_text org;      /* of the migration */
    ofp_text actor, role, reason, key;
    const uint8_t *command; /* 32 bytes with a key, else NULL */
    ofp_text policy, policy_revision, policy_digest;
    int32_t previous_date; /* OFP_DATE_NONE: it is no extension */
    ofp_text detail;
} ofp_event_draft;

/**
 * Appends an event to the audit log, with the migration as it is now in its table, and chains it
 * to the one before. Adds it to `records`, with its migration.
 */
ofp_status ofp_ledger_append(ofp_store *store, const ofp_event_draft *draft, ofp_records *records,
                             ofp_error **reterr);

/**
 * Puts an action into the outbox, as pending, and adds it to `records`.
 * @param event `seq` of the event that causes it
 * @param action `seq`, `state`, `attempts`, `retry_at`, `problem` and `settled_at` don't matter
 */
ofp_status ofp_ledger_put_action(ofp_store *store, int64_t event, const ofp_host_action *action,
                                 ofp_records *records, ofp_error **reterr);

/** Withdraws the pending actions of a kind that speak of an org's tag. */
ofp_status ofp_ledger_withdraw(ofp_store *store, ofp_text org, ofp_host_action_kind kind,
                               ofp_text tag, int64_t at, ofp_error **reterr);

/** Writes decisions into the decision log. @param decisions their `seq` does not matter */
ofp_status ofp_ledger_log(ofp_store *store, const ofp_logged_decision *decisions, size_t count,
                          ofp_error **reterr);

/**
 * Compares two JSON objects member by member with SQLite's JSON functions, but for those named
 * "reasons" and "policy" and, of actions, their texts and keys.
 * @param buffer gets {"member":[first,second],…} with those that differ, "{}" if none does
 */
ofp_status ofp_ledger_compare(ofp_store *store, ofp_text first, ofp_text second, ofp_buffer *buffer,
                              ofp_error **reterr);

#endif
