/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Rows of statements become records. A row that can't be one fails as corrupt: whatever the file
 * holds, a record has all that records.h promises.
 */
#ifndef OFP_RECORD_ROWS_H
#define OFP_RECORD_ROWS_H

#include "query.h"
#include "record_table.h"

/** Adds the row of a query to records. */
typedef ofp_status ofp_row_adder(const ofp_query *query, ofp_records *records, ofp_error **reterr);

/* For rows that start with the part {migration}; {event}, {record}; {action}; {logged}. */
ofp_row_adder ofp_add_migration_row, ofp_add_event_row, ofp_add_action_row, ofp_add_decision_row;

/**
 * Adds a query's rows, and ends it.
 * @param limit how many at most; whether there are more is noted in the records, so the query
 *        must give one more if there is one. 0: all
 */
ofp_status ofp_add_rows(ofp_query *query, size_t limit, ofp_row_adder *add, ofp_records *records,
                        ofp_error **reterr);

/** Adds all rows of a statement whose only parameter is a number. */
ofp_status ofp_add_rows_of(ofp_store *store, ofp_statement which, int64_t number,
                           ofp_row_adder *add, ofp_records *records, ofp_error **reterr);

/** A list's limit, for its query: one more than will be kept. */
int64_t ofp_query_limit(size_t limit);

/** Reads records for a public function. @param what what it is asked for */
typedef ofp_status ofp_record_reader(ofp_store *store, const void *what, ofp_records *records,
                                     ofp_error **reterr);

/** Reads records in a transaction. @param ret on success all that the reader has added */
ofp_status ofp_read_records(ofp_store *store, ofp_record_reader *reader, const void *what,
                            ofp_records **ret, ofp_error **reterr);

#endif
