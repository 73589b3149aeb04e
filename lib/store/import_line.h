/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads a line of an export (transfer.h) and writes its record.
 */
#ifndef OFP_IMPORT_LINE_H
#define OFP_IMPORT_LINE_H

#include "connection.h"

/** Where an import is. Starts as all zeroes but the first two members. */
typedef struct ofp_import {
    ofp_store *store;
    const char *name; /* of the export, for messages */
    uint32_t line;    /* number of the line that is read, from 1 */
    bool marked;      /* its first line was there */
    bool ended;       /* its last line was there */
    int kind;         /* index of the kind of the line before */
    int64_t records;  /* how many were read */
} ofp_import;

/** Reads a line. @param line without its end */
ofp_status ofp_import_line(ofp_import *import, ofp_text line, ofp_error **reterr);

#endif
