/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A page of text for people: words are wrapped at a width that every terminal has, and a line that
 * goes on does so under its own beginning. A column is a character.
 */
#ifndef OFP_EXPLAIN_PAGE_H
#define OFP_EXPLAIN_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/** Characters of a line, unless a word is longer. */
enum { OFP_PAGE_WIDTH = 78 };

/** A space at which no line ends: "14:00 PST". No text from outside can have it. */
#define OFP_PAGE_GLUE "\x1F"

/** How words look on a terminal with colours. */
typedef enum ofp_style {
    OFP_STYLE_PLAIN,
    OFP_STYLE_BOLD,
    OFP_STYLE_GOOD,
    OFP_STYLE_CARE,
    OFP_STYLE_BAD,
} ofp_style;

/** A page. Starts as zeroes but `out` and `colour`; release `words` in the end. */
typedef struct ofp_page {
    ofp_buffer *out; /* where it goes */
    bool colour;     /* styles show */
    size_t column;   /* characters of the last line so far */
    size_t indent;   /* the column at which a line goes on */
    ofp_buffer
        words; /* what ofp_page_flush() writes; free of control characters but OFP_PAGE_GLUE */
} ofp_page;

/** Moves right to a column, at which the line goes on, too, when it is wrapped. */
void ofp_page_begin(ofp_page *page, size_t column);

/** Writes `page->words` and empties it. Spaces at its start keep it apart from what is there. */
void ofp_page_flush(ofp_page *page, ofp_style style);

/** Writes a terminated string, as ofp_page_flush() does. */
void ofp_page_puts(ofp_page *page, ofp_style style, const char *words);

/** Ends the line. */
void ofp_page_end_line(ofp_page *page);

/**
 * Writes a text from outside on lines of its own: line ends, and spaces at the start of a line,
 * stay; other control characters become harmless.
 * @param column where its lines start
 */
void ofp_page_put_lines(ofp_page *page, size_t column, ofp_text text);

#endif
