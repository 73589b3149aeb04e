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

/** Is it a file in which nothing is yet: just made, or left behind by a crash while making it? */
static inline bool ofp_layout_is_blank(const ofp_layout *layout)
{
    return layout->objects == 0 && layout->version == 0 &&
           (layout->application == 0 || layout->application == OFP_STORE_APPLICATION);
}

/** Fails if the file is not ours, or of a newer version. @param path for the message */
ofp_status ofp_layout_check(const ofp_layout *layout, const char *path, ofp_error **reterr);

/**
 * Brings the file up to our version, in one transaction. If others have done so meanwhile nothing
 * is left to do.
 * @param at the time of making, if it is made
 */
ofp_status ofp_layout_upgrade(ofp_store *store, const char *path, int64_t at, ofp_error **reterr);

#endif
