/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads the members of a record from a line of an export, and binds them to the statement that
 * will write it.
 */
#ifndef OFP_IMPORT_RECORD_H
#define OFP_IMPORT_RECORD_H

#include "failure.h"
#include "import_line.h"
#include "query.h"
#include "transfer.h"

/**
 * The columns of a line as SQLite's json_tree() tells of it: the object, its member, and the
 * members of that.
 */
enum { OFP_TREE_KEY, OFP_TREE_TYPE, OFP_TREE_ATOM, OFP_TREE_PARENT, OFP_TREE_VALID };

/** A line that is read. */
typedef struct ofp_record_reading {
    ofp_import *import;
    ofp_query tree, insert;
    const ofp_transfer_kind *kind; /* NULL: not known yet */
    uint32_t seen;                 /* bits of the members that were there */
} ofp_record_reading;

/** Where a mistake in the line is. */
static inline ofp_place ofp_record_place(const ofp_record_reading *reading)
{
    return (ofp_place){.source = reading->import->name, .line = reading->import->line};
}

/** Is the value on which the tree stands of this type (a word of json_tree())? */
bool ofp_record_is(const ofp_record_reading *reading, const char *type);

/** Fails for a member that is not known; says which one was meant. */
ofp_status ofp_record_fail_unknown(const ofp_record_reading *reading, ofp_text word,
                                   const ofp_text *known, size_t count, ofp_error **reterr);

/** Takes all members of the record, on which the tree stands. */
ofp_status ofp_record_take_members(ofp_record_reading *reading, ofp_error **reterr);

#endif
