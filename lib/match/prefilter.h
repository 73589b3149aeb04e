/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Finds the literals (literals.h) of many patterns in one pass over a text, with Vectorscan. What
 * it rules out, ofp_literals_find() would too, so that it changes no answer.
 *
 * A prefilter is immutable and counts its references; a scanner belongs to one thread at a time.
 */
#ifndef OFP_PREFILTER_H
#define OFP_PREFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/text.h>

#include "pattern.h"

typedef struct ofp_prefilter ofp_prefilter;
typedef struct ofp_scanner ofp_scanner;

/**
 * Makes a prefilter for patterns, which takes some milliseconds.
 * @param ret NULL: there can be none. The library was built without Vectorscan, or it can't run on
 *        this machine or can't cope with the literals; or no pattern has any
 * @return OFP_STATUS_OK or OFP_STATUS_NO_MEMORY
 */
ofp_status ofp_prefilter_new(const ofp_pattern *const *patterns, size_t count, ofp_prefilter **ret,
                             ofp_error **reterr);

/** Drops a reference; the last one frees the prefilter. Takes NULL. @return NULL */
ofp_prefilter *ofp_prefilter_unref(ofp_prefilter *prefilter);

/** Makes working memory for scanning, which fits any prefilter. @return NULL: out of memory */
ofp_scanner *ofp_scanner_new(void);

/** Frees a scanner; takes NULL. @return NULL */
ofp_scanner *ofp_scanner_free(ofp_scanner *scanner);

/** The patterns that may match a text. The caller gives the memory. */
typedef struct ofp_candidates {
    uint64_t *bits;   /* by pattern, all 0 at first */
    uint32_t *starts; /* of a candidate: as ofp_literals_find() tells it; all 0 at first */
} ofp_candidates;

/** How many members `bits` must have for so many patterns. */
static inline size_t ofp_candidates_words(size_t pattern_count)
{
    return (pattern_count + 63) / 64;
}

/**
 * Tells which patterns may match a text.
 * @param text valid UTF-8 of at most OFP_TEXT_LIMIT bytes
 * @param ret written to, whatever is returned
 * @return false: nobody can say, so any may
 */
bool ofp_prefilter_scan(ofp_prefilter *prefilter, ofp_scanner *scanner, ofp_text text,
                        ofp_candidates *ret);

#endif
