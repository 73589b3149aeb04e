/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The layout of a store's file: whose it is, of which version, and how it is brought up to ours.
 */
#ifndef OFP_LAYOUT_H
#define OFP_LAYOUT_H

#include "connection.h"

/** What a file's header says. */
typedef struct ofp_layout {
    int64_t application, version;
    int64_t objects; /* tables and whatever else there is */
} ofp_layout;

/** Reads it, in the present transaction. @return a result of SQLite */
int ofp_layout_read(sqlite3 *db, ofp_layout *ret);

/**
 * Fails if the file is not ours, or of a newer version.
 * @param path for the message
 * @param may_be_blank shall it be made? If not, nothing in it is as wrong as anything else: a
 *        store that was cut off by accident must not come back as an empty one
 */
ofp_status ofp_layout_check(const ofp_layout *layout, const char *path, bool may_be_blank,
                            ofp_error **reterr);

/**
 * Brings the file up to our version, in one transaction. If others have done so meanwhile nothing
 * is left to do.
 * @param at the time of making, if it is made
 */
ofp_status ofp_layout_upgrade(ofp_store *store, const char *path, int64_t at, ofp_error **reterr);

#endif
