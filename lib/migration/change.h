/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A change of a migration, by a step or by a sweep: what is written with it, all in the caller's
 * transaction.
 */
#ifndef OFP_CHANGE_H
#define OFP_CHANGE_H

#include "facts.h"
#include "ledger.h"

typedef struct ofp_change {
    ofp_store *store;
    const ofp_policy *policy;
    ofp_records *scratch; /* for what is looked up on the way */
    ofp_records *answer;  /* gets the migration, the event and the actions */
    ofp_event_kind kind;
    int64_t at;
    int64_t due_since;           /* of a sweep: since when it was due; else OFP_INSTANT_NONE */
    ofp_migration_record record; /* as it shall be; a new one has no id until it is written */
    const ofp_org_facts *facts;  /* about its org; NULL: nothing is known */
} ofp_change;

/** Who took a step and why, with its idempotency key; of a sweep only the key and its command. */
typedef struct ofp_change_author {
    ofp_text actor, role, reason, key;
    const uint8_t *command;
    int32_t previous_date; /* of an extension, else OFP_DATE_NONE */
} ofp_change_author;

/**
 * Writes the migration, its event and its actions.
 * @param due_at when a sweep must look at it next; OFP_INSTANT_NONE if it is settled
 */
ofp_status ofp_change_write(ofp_change *change, const ofp_change_author *author, int64_t due_at,
                            ofp_error **reterr);

#endif
