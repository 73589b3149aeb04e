/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Exports: NDJSON with a line for each record. The first line is {"offerpolicy_store":1}, the
 * last one {"records":N} says how many records there are between them: lines are written whole, so
 * that an export that was cut off would not be noticed otherwise. All lines of records have one
 * member, named after their kind, with an object that has a member for each column; hashes are in
 * hexadecimal. Kinds follow each other as in the table below, records of a kind in the order of
 * their numbers.
 */
#ifndef OFP_TRANSFER_H
#define OFP_TRANSFER_H

#include <stdbool.h>

#include <offerpolicy/text.h>

#include "statements.h"

/** The member of the first line, and its value: the version of all this. */
#define OFP_TRANSFER_MARK "offerpolicy_store"
enum { OFP_TRANSFER_VERSION = 1 };

/** The member of the last line. */
#define OFP_TRANSFER_END "records"

/** What a member may be. */
typedef enum ofp_member_type {
    OFP_MEMBER_TEXT,
    OFP_MEMBER_HASH,    /* 64 hexadecimal digits */
    OFP_MEMBER_NUMBER,  /* of a record: from 1 */
    OFP_MEMBER_COUNT,   /* from 0 */
    OFP_MEMBER_FLAG,    /* 0 or 1 */
    OFP_MEMBER_DATE,    /* days since 1970-01-01 */
    OFP_MEMBER_INSTANT, /* seconds since then */
} ofp_member_type;

typedef struct ofp_member {
    const char *name;
    ofp_member_type type;
    bool optional; /* null is allowed */
} ofp_member;

/** A kind of record. */
typedef struct ofp_transfer_kind {
    const char *name;
    ofp_statement select; /* gives each record's number and its line */
    ofp_statement insert; /* takes a record's members as its parameters */
    const ofp_member *members;
    int member_count;
} ofp_transfer_kind;

enum { OFP_TRANSFER_KIND_COUNT = 4, OFP_MEMBER_LIMIT = 32 };
extern const ofp_transfer_kind ofp_transfer_kinds[OFP_TRANSFER_KIND_COUNT];

#endif
