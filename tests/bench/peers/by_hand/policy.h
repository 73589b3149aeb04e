/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The contract's policy as a C program that can do nothing else: it trusts its requests and gives
 * no reasons.
 */
#ifndef OFP_BENCH_PEER_POLICY_H
#define OFP_BENCH_PEER_POLICY_H

#include <offerpolicy/offerpolicy.h>

/** The policy's level and focus tags, in its order; a set of them is a bit each. */
extern const char *const policy_tags[];

extern const char *const policy_levels[];

typedef struct policy_answer {
    ofp_verdict verdict;
    int32_t level, first_reply; /* minutes, -1: none */
    uint32_t add, remove;       /* sets of tags */
} policy_answer;

/** Compiles the patterns. */
void policy_start(void);

void policy_decide(const ofp_request *request, policy_answer *ret);

#endif
