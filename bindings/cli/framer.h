/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Cuts a stream into records: one document a line, or a document over several lines.
 *
 * A line that starts with "{" and does not end with "}" may be the first of several. The record
 * then ends with the line that closes all brackets. If none does, or if before it a line starts
 * with "{" in its first column where no value is due, the first line is a record alone (a broken
 * one, as its reader will find), and the others are looked at one by one: a broken line does not
 * take its neighbours along.
 */
#ifndef FRAMER_H
#define FRAMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/text.h>

#include "source.h"

/** One document. */
struct record {
    ofp_text text;    /* without the line end; `data` is NULL if there was no memory to keep it */
    const char *file; /* as it was named on the command line */
    uint64_t line;    /* its first line in the file, from 1 */
};

/** The brackets of a text that is read line by line. */
struct brackets {
    int64_t open;   /* how many */
    bool in_string; /* the line ended within a string, which can't be */
};

/** Lines that may turn out to be one record. */
struct gathered {
    size_t size;    /* bytes so far; 0: nothing is being gathered */
    size_t first;   /* bytes of the first line */
    uint64_t lines; /* how many */
    struct brackets brackets;
    bool expects_value; /* the last line ends with a comma, a colon or "[" */
};

/** Start with all zeroes but the source, which is initialised apart. */
struct framer {
    struct source source;
    const char *file;
    uint64_t line;   /* lines of the file before the source's `begin` */
    bool past_mark;  /* the place of a byte order mark is behind us */
    bool skipping;   /* the rest of a line that is too long */
    size_t searched; /* bytes of the line that is looked at without a line end in them */
    size_t single;   /* bytes after `begin` of which each line is a record alone */
    struct gathered gathered;
};

enum framer_state { FRAMER_RECORD, FRAMER_WAITING, FRAMER_END };

/** Starts a file. @return 0 or an errno */
int framer_open(struct framer *framer, const char *name);

/** Ends a file. */
void framer_close(struct framer *framer);

/**
 * The next record. Blank lines are passed over. Of one that is longer than OFP_JSON_LIMIT, the
 * first OFP_JSON_LIMIT + 1 bytes are given: enough for its reader to refuse it.
 * @param wait false: give FRAMER_WAITING rather than wait for input
 * @param ret borrowed until the next call
 */
enum framer_state framer_next(struct framer *framer, bool wait, struct record *ret);

#endif
