/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Collects diagnostics: for work that goes on after a mistake, so that one run reports them all.
 */
#ifndef OFP_REPORT_H
#define OFP_REPORT_H

#include <stdarg.h>
#include <stdbool.h>

#include "arena.h"
#include "failure.h"

/** More diagnostics than this are counted, not kept. */
enum { OFP_REPORT_LIMIT = 1000 };

/** Starts as all zeroes but `source` and `text`; free it with ofp_report_free(). */
typedef struct ofp_report {
    ofp_text text; /* the whole source, for excerpts; may be missing. Borrowed */
    ofp_diagnostic *items;
    size_t count, capacity;
    size_t error_count; /* all errors, also those that were not kept */
    bool failed;        /* out of memory: something is missing */
    uint32_t seen_line; /* the line of the last excerpt; 0: none yet */
    size_t seen_start;  /* where in `text` that line starts */
    ofp_arena arena;    /* texts of the diagnostics */
} ofp_report;

/** Adds a diagnostic; its severity is the code's. */
void ofp_report_add(ofp_report *report, ofp_place place, ofp_code code, const char *format, ...)
    OFP_PRINTF(4, 5);

/** As ofp_report_add(), with the arguments in a list. */
void ofp_report_vadd(ofp_report *report, ofp_place place, ofp_code code, const char *format,
                     va_list arguments);

/** Brings the diagnostics into the order of their places. */
void ofp_report_sort(ofp_report *report);

/**
 * Fails with all that was reported, which moves into the error.
 * @return the first error's status; OFP_STATUS_NO_MEMORY if something is missing
 */
ofp_status ofp_report_fail(ofp_report *report, ofp_error **reterr);

void ofp_report_free(ofp_report *report);

#endif
