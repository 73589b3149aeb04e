/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Turns any bytes into a policy without mistakes and a request that fits it, so that fuzzing gets
 * behind what reads them. Similar bytes give similar policies.
 */
#ifndef OFP_FUZZ_GRAMMAR_H
#define OFP_FUZZ_GRAMMAR_H

#include <stdint.h>
#include <stdio.h>

#include <offerpolicy/request.h>

enum { GRAMMAR_MOST = 40 }; /* members of a list in a request */

/** Bytes that choose; when they have ended, the first of everything is chosen. */
struct choices {
    const uint8_t *data;
    size_t left;
};

/** A request with all that it points to. */
struct grammar_request {
    ofp_request request;
    ofp_text tags[GRAMMAR_MOST], org_tags[GRAMMAR_MOST];
    ofp_entitlement entitlements[GRAMMAR_MOST];
    ofp_migration migrations[GRAMMAR_MOST];
    ofp_field_value fields[2];
};

/** How many offerings, levels, priorities there are. */
struct grammar {
    struct choices *choices;
    unsigned offerings, levels, priorities;
};

/** A number from 0 to `count` - 1. */
unsigned choose(struct choices *choices, unsigned count);

/** Writes a policy. */
void grammar_write_policy(struct grammar *grammar, FILE *file);

/** Makes a request for the policy that was written. */
void grammar_make_request(const struct grammar *grammar, struct grammar_request *ret);

#endif
