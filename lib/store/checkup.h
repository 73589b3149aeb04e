/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Checking a store, part by part: each part reports all that it finds wrong and fails only if it
 * can't go on.
 */
#ifndef OFP_CHECKUP_H
#define OFP_CHECKUP_H

#include "query.h"
#include "report.h"

/** What is found wrong. */
typedef struct ofp_checkup {
    ofp_store *store;
    const char *source; /* what diagnostics name: the store's file, or the export */
    bool imported;      /* the records were just imported: what is wrong came with the export */
    bool unreadable;    /* some events have records that can't be read */
    ofp_report report;
} ofp_checkup;

/**
 * Runs all parts inside a transaction of the caller, who frees nothing.
 * @param source what diagnostics name
 * @param imported report everything as OFP_CODE_IMPORT_INCONSISTENT
 */
ofp_status ofp_checkup_run(ofp_store *store, const char *source, bool imported, ofp_error **reterr);

/** Adds something that is wrong. */
void ofp_checkup_add(ofp_checkup *checkup, ofp_code code, const char *format, ...) OFP_PRINTF(3, 4);

/**
 * Checks that all texts of a row are UTF-8 without zero bytes.
 * @param query its first column is the record's number
 * @param what the record is
 */
void ofp_checkup_texts(ofp_checkup *checkup, const ofp_query *query, const char *what);

/**
 * Adds a failure of something that was looked at, if it means that the store is corrupt: the rest
 * may have more to say.
 * @param error of the failure; it is freed, or goes to the caller
 * @return OFP_STATUS_OK if it could be added
 */
ofp_status ofp_checkup_take(ofp_checkup *checkup, ofp_status status, ofp_error *error,
                            ofp_error **reterr);

/** SQLite's own look at the file: its pages, indexes, constraints and references. */
ofp_status ofp_checkup_file(ofp_checkup *checkup, ofp_error **reterr);

/** Each event of the audit log is what was written, and follows the one before. */
ofp_status ofp_checkup_chain(ofp_checkup *checkup, ofp_error **reterr);

/** The records of all events can be read; else `unreadable` is set. */
ofp_status ofp_checkup_events(ofp_checkup *checkup, ofp_error **reterr);

/** The events of each migration follow each other as its life allows. They must be readable. */
ofp_status ofp_checkup_lives(ofp_checkup *checkup, ofp_error **reterr);

/** Migrations are what their newest event says, which must be readable. */
ofp_status ofp_checkup_migrations(ofp_checkup *checkup, ofp_error **reterr);

/** Actions belong to the events that they name. */
ofp_status ofp_checkup_actions(ofp_checkup *checkup, ofp_error **reterr);

/** Logged decisions can be read. */
ofp_status ofp_checkup_decisions(ofp_checkup *checkup, ofp_error **reterr);

#endif
