/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading the tokens of a JSON text one by one, strictly, up to the first mistake.
 */
#ifndef OFP_JSON_SCAN_H
#define OFP_JSON_SCAN_H

#include <stdbool.h>

typedef struct ofp_json_scan {
    const char *at, *end;
    const char *wrong; /* what is wrong at `at`; NULL: nothing so far */
    bool unexpected;   /* something else was expected: what stands there shall be told, too */
} ofp_json_scan;

/** The byte that comes next; -1: the end. */
static inline int ofp_json_peek(const ofp_json_scan *scan)
{
    return scan->at < scan->end ? (unsigned char)*scan->at : -1;
}

/** Stops at a mistake. @return false, as all functions below do then */
bool ofp_json_expect(ofp_json_scan *scan, const char *expected);

/** Passes over spaces and line ends. */
void ofp_json_skip_space(ofp_json_scan *scan);

/** Passes over a text, which starts here with its quote. */
bool ofp_json_scan_text(ofp_json_scan *scan);

/** Passes over a number, true, false or null. */
bool ofp_json_scan_plain(ofp_json_scan *scan);

#endif
