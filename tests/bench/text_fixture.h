/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Patterns that tell an offering, tickets of 2 KB for them, and the policies that they make.
 */
#ifndef OFP_BENCH_TEXT_FIXTURE_H
#define OFP_BENCH_TEXT_FIXTURE_H

#include "fixture.h"

typedef struct text_pattern {
    const char *offering, *text;
    int weight;
} text_pattern;

enum { CONTRACT_PATTERN_COUNT = 7, MANY_PATTERN_COUNT = 40 };

/** Those of the contract's policy, in its order. */
extern const text_pattern contract_patterns[CONTRACT_PATTERN_COUNT];

/** What a team with many products may write. */
extern const text_pattern many_patterns[MANY_PATTERN_COUNT];

/** As small as a policy with these patterns can be. */
ofp_policy *text_policy(const text_pattern *patterns, size_t count);

/**
 * A request that only patterns can tell the offering of. The description, 2 KB, is the caller's to
 * free; no pattern matches in it but in its ending.
 */
ofp_request text_request(const char *ending);

#endif
