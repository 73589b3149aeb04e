/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads a file or pipe line by line, with as much memory as its longest line takes.
 */
#ifndef OFP_LINE_READER_H
#define OFP_LINE_READER_H

#include <stdbool.h>

#include "buffer.h"

/** More than any record has; a line that is longer is refused. */
enum { OFP_LINE_LIMIT = 16 << 20 };

/** Starts as all zeroes but the first two members; free it with ofp_line_reader_free(). */
typedef struct ofp_line_reader {
    int fd;
    const char *name;  /* for messages */
    ofp_buffer buffer; /* what was read */
    size_t at;         /* where the next line starts in it */
    size_t searched;   /* how much behind that is known to have no line end */
    uint32_t line;     /* number of the line that was given last, from 1 */
    bool ended;
} ofp_line_reader;

/**
 * Reads on to the next line.
 * @param ret the line without its end, until the next call; without data behind the last one
 * @return OFP_STATUS_BAD_REQUEST for a line that is too long, or a last one that is cut off
 */
ofp_status ofp_line_reader_next(ofp_line_reader *reader, ofp_text *ret, ofp_error **reterr);

void ofp_line_reader_free(ofp_line_reader *reader);

#endif
