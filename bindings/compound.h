/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Calls of the library that the bindings make together, so that the languages see neither desks
 * nor structs of records. SWIG reads this header, too.
 */
#ifndef OFP_COMPOUND_H
#define OFP_COMPOUND_H

#include <offerpolicy/offerpolicy.h>

/**
 * A request that was read from the language's values, with all that it borrows. Each language has
 * its own.
 */
typedef struct ofp_reading ofp_reading;

#ifndef SWIG
/** What was read; borrowed. */
const ofp_request *ofp_reading_request(const ofp_reading *reading);

/** Frees a reading; takes NULL. @return NULL */
ofp_reading *ofp_reading_free(ofp_reading *reading);
#endif

/** Adds what was read about an org to facts. */
ofp_status ofp_facts_add_reading(ofp_facts *facts, const ofp_policy *policy,
                                 const ofp_reading *reading, ofp_error **reterr);

/**
 * Decides with a desk of its own for this call.
 * @param log keep the decision in the store's decision log
 * @param log_texts with the texts of ticket and org
 * @param ret a copy
 */
ofp_status ofp_store_decide(ofp_store *store, const ofp_policy *policy, const ofp_reading *reading,
                            bool log, bool log_texts, ofp_decision **ret, ofp_error **reterr);

/**
 * Compares a logged decision with one that was made anew.
 * @param index of the logged one among the records; nothing is written if there is none
 * @param buffer gets what differs, as JSON; "{}" if nothing does
 */
ofp_status ofp_store_compare(ofp_store *store, const ofp_policy *policy, const ofp_records *records,
                             size_t index, const ofp_decision *decision, ofp_buffer *buffer,
                             ofp_error **reterr);

/** How many migrations are among the records. */
size_t ofp_records_migration_count(const ofp_records *records);
/** How many events. */
size_t ofp_records_event_count(const ofp_records *records);
/** How many actions. */
size_t ofp_records_action_count(const ofp_records *records);
/** How many logged decisions. */
size_t ofp_records_decision_count(const ofp_records *records);

/**
 * Write a record as JSON; nothing for an index that none has.
 * @param at the instant for the migration's state
 */
ofp_status ofp_records_write_migration(const ofp_records *records, size_t index, int64_t at,
                                       ofp_buffer *buffer, ofp_error **reterr);
ofp_status ofp_records_write_event(const ofp_records *records, size_t index, ofp_buffer *buffer,
                                   ofp_error **reterr);
ofp_status ofp_records_write_action(const ofp_records *records, size_t index, ofp_buffer *buffer,
                                    ofp_error **reterr);
ofp_status ofp_records_write_decision(const ofp_records *records, size_t index, ofp_buffer *buffer,
                                      ofp_error **reterr);

#endif
