/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Running a named statement (statements.sql):
 *
 *     ofp_query query;
 *     status = ofp_query_start(store, OFP_STATEMENT_…, &query, reterr);
 *     ofp_query_bind_text(&query, 1, id);
 *     while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
 *         … ofp_query_text(&query, 0) …
 *     ofp_query_end(&query);
 *
 * A value that can't be bound makes ofp_query_next() fail.
 */
#ifndef OFP_QUERY_H
#define OFP_QUERY_H

#include "connection.h"

typedef struct ofp_query {
    ofp_store *store;
    sqlite3_stmt *statement; /* NULL: it could not be prepared */
    int result;              /* the first failure of a bind; SQLITE_OK: none */
    bool zero_byte;          /* a text to be kept has a zero byte */
} ofp_query;

/** Prepares a statement, or takes the one that was prepared earlier. */
ofp_status ofp_query_start(ofp_store *store, ofp_statement which, ofp_query *ret,
                           ofp_error **reterr);

/* Binds a value, from 1. Texts must live until ofp_query_end(). */
void ofp_query_bind_integer(ofp_query *query, int index, int64_t value);
/** NULL for OFP_INSTANT_NONE. */
void ofp_query_bind_instant(ofp_query *query, int index, int64_t value);
/** NULL for a text without data. */
void ofp_query_bind_text(ofp_query *query, int index, ofp_text value);
/**
 * As ofp_query_bind_text(), for a text that is to be kept. One with a zero byte can't be bound:
 * SQLite's functions would cut it off there.
 */
void ofp_query_bind_kept(ofp_query *query, int index, ofp_text value);
/** NULL for `data` NULL. */
void ofp_query_bind_blob(ofp_query *query, int index, const void *data, size_t size);

/** Runs on to the next row. @param retrow false: there is none (left) */
ofp_status ofp_query_next(ofp_query *query, bool *retrow, ofp_error **reterr);

/** Runs a statement that gives no rows, and ends it. */
ofp_status ofp_query_run(ofp_query *query, ofp_error **reterr);

/* Columns of the row, from 0; borrowed until the next row or the end. */
int64_t ofp_query_integer(const ofp_query *query, int column);
/** OFP_INSTANT_NONE for NULL. */
int64_t ofp_query_instant(const ofp_query *query, int column);
/** A text without data for NULL. */
ofp_text ofp_query_text(const ofp_query *query, int column);
/** The SHA-256 in a column. @return NULL: it is none */
const uint8_t *ofp_query_hash(const ofp_query *query, int column);

/** Ends it, so that it can be started again; takes one that could not be started. */
void ofp_query_end(ofp_query *query);

#endif
