/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A desk, and the parts of its work.
 */
#ifndef OFP_DESK_STATE_H
#define OFP_DESK_STATE_H

#include <offerpolicy/desk.h>

#include "buffer.h"
#include "record_table.h"

/** A text in a buffer that still grows. */
typedef struct ofp_desk_span {
    size_t from, size;
    bool there; /* false: no data */
} ofp_desk_span;

/** A decision that waits for being logged; policy and time zone data are the desk's. */
typedef struct ofp_desk_row {
    int64_t at;
    ofp_desk_span ticket, org, request, decision;
} ofp_desk_row;

/** What waits for ofp_desk_flush(). Its memory is kept for the next use. */
typedef struct ofp_desk_rows {
    ofp_desk_row *items;
    size_t count, capacity;
    ofp_buffer texts; /* of all rows, one after another */
} ofp_desk_rows;

struct ofp_desk {
    ofp_store *store;
    ofp_policy *policy;
    bool log, log_texts;
    bool holds; /* between ofp_desk_begin() and ofp_desk_end() */
    ofp_scratch *scratch;
    ofp_records *found; /* the org's migrations with the names that the store has */
    struct {
        ofp_migration *items;
        size_t count, capacity;
    } migrations;        /* the same with the policy's indexes */
    ofp_request request; /* the program's, with these */
    ofp_desk_rows rows;
    ofp_buffer document; /* room for ofp_desk_compare() */
};

/**
 * Finds the migrations that a decision about a request needs, and puts them into the desk.
 * @return OFP_STATUS_NOT_ALLOWED if one can't be told in the words of the policy
 */
ofp_status ofp_desk_find(ofp_desk *desk, const ofp_request *request, ofp_error **reterr);

/** Adds a decision to what waits for ofp_desk_flush(). If that fails nothing was added. */
ofp_status ofp_desk_keep(ofp_desk *desk, const ofp_decision *decision, ofp_error **reterr);

/** Takes back what ofp_desk_keep() added last. */
void ofp_desk_drop(ofp_desk *desk);

#endif
