/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A connection: its transactions, its statements, and what SQLite's results become.
 *
 * A function that reads or writes begins with ofp_store_begin_read() or ofp_store_begin_write(),
 * and ends with ofp_store_commit() or, after a failure, ofp_store_rollback(). Nothing is written
 * outside a transaction.
 */
#ifndef OFP_CONNECTION_H
#define OFP_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include <offerpolicy/store.h>

#include "process_mark.h"
#include "statements.h"

struct ofp_store {
    sqlite3 *db;
    ofp_process_mark opener;
    ofp_store_mode mode;
    uint32_t busy_ms;
    uint32_t waited_ms; /* how long this transaction has waited for others */
    uint32_t jitter;    /* state of the random numbers for waiting; not 0 */
    int64_t rounds;     /* how long this work goes on, see ofp_store_limit_work() */
    bool held;          /* a desk holds a read transaction, see ofp_store_hold() */
    sqlite3_stmt *statements[OFP_STATEMENT_COUNT]; /* prepared when first used */
};

/** The file's mark in SQLite's header ("OFPS"), and the layout that this library writes. */
enum { OFP_STORE_APPLICATION = 0x4f465053, OFP_STORE_SCHEMA = 1 };

/** Fails if the connection belongs to another process (after fork()). */
ofp_status ofp_store_usable(const ofp_store *store, ofp_error **reterr);

/**
 * Starts to read: all that is read until the end is of one moment. While the store is held this
 * does nothing, and neither does the commit.
 */
ofp_status ofp_store_begin_read(ofp_store *store, ofp_error **reterr);

/** Starts to write, alone. Fails if the store was opened for reading, or is held. */
ofp_status ofp_store_begin_write(ofp_store *store, ofp_error **reterr);

/** Ends a transaction. If this fails nothing was written, and the transaction is over. */
ofp_status ofp_store_commit(ofp_store *store, ofp_error **reterr);

/** Ends a transaction without a trace. Does nothing if there is none. */
void ofp_store_rollback(ofp_store *store);

/**
 * Ends a transaction as the work in it went: commits after OFP_STATUS_OK, else rolls back.
 * @param reterr as the work left it
 * @return `status`, or why the commit failed
 */
ofp_status ofp_store_finish(ofp_store *store, ofp_status status, ofp_error **reterr);

/** Keeps one read transaction open over many calls, until ofp_store_release(). */
ofp_status ofp_store_hold(ofp_store *store, ofp_error **reterr);
void ofp_store_release(ofp_store *store);

/** Makes SQLite wait for other connections as long as the options allow (ofp_store_wait()). */
void ofp_store_set_waiting(ofp_store *store);

/**
 * Makes SQLite give up what goes on for longer than the size of the file can explain: it leads in
 * circles, and is corrupt. All begins of transactions begin to count anew.
 */
void ofp_store_limit_work(ofp_store *store);

/** Waits a little for other connections. @return false: has waited long enough */
bool ofp_store_wait(ofp_store *store);

/**
 * What a result of SQLite becomes: busy, full, read-only, corrupt, out of memory or I/O, each with
 * its code and SQLite's words. Whatever else it is can only come from data that is not what the
 * store writes, and is corrupt.
 * @param db for its words; NULL: it could not even be made
 * @param result an extended result code, not SQLITE_OK, SQLITE_ROW or SQLITE_DONE
 */
ofp_status ofp_sqlite_fail(sqlite3 *db, int result, ofp_error **reterr);

#endif
