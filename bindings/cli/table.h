/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A table on standard output: columns side by side, two spaces between them. On a terminal, or
 * where COLUMNS is set, it is made to fit: the widest columns that may be cut are, and what is cut
 * off is shown by "…".
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TABLE_COLUMNS = 8 };

/** A column. */
struct column {
    const char *title;
    bool whole; /* is never cut: somebody will copy it */
};

/** Start with `columns` and all else zero. The columns keep their widths from page to page. */
struct table {
    const struct column *columns; /* the last one has no title */
    bool titled;                  /* the titles were printed */
    size_t widths[TABLE_COLUMNS];
    FILE *cells; /* the page's cells, row by row; each ends with a zero byte */
    char *text;
    size_t size;
};

/** Starts a page. Out of memory the program ends. */
void table_begin(struct table *table);

/** Ends a cell: what was printed to `cells` since the last one is its text. */
void table_end_cell(struct table *table);

/** Prints the page, if it has cells, under the titles. */
void table_print(struct table *table);

#endif
