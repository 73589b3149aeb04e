/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Three ways to find which of many patterns match a text.
 */
#ifndef OFP_BENCH_PATTERNS_H
#define OFP_BENCH_PATTERNS_H

#include <stdbool.h>

#include "peer.h"

enum { MOST_PATTERNS = 64 };

/** One line of patterns.tsv: offering, weight and pattern. */
typedef struct pattern {
    ofp_text offering, weight, text;
} pattern;

typedef struct pattern_list {
    pattern list[MOST_PATTERNS];
    size_t count;
} pattern_list;

/** A way; `found` gets a bit for each pattern that matches. */
typedef struct matcher {
    const char *name, *version;
    void *(*make)(const pattern_list *patterns);
    uint64_t (*match)(void *self, ofp_text text); /* cheap: how many match, or what was told */
    uint64_t (*found)(void *self, ofp_text text);
} matcher;

extern const matcher library_matcher, prepared_matcher, pcre2_matcher;
#ifdef WITH_VECTORSCAN
extern const matcher vectorscan_matcher;
#endif

#endif
