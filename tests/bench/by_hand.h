/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The policy of tests/cases/contract as somebody would write it down in C who has no library:
 * every rule, level and tag is in the code. It trusts its requests, knows no patterns, and gives
 * no texts, no keys, and not until when an answer holds.
 */
#ifndef OFP_BENCH_BY_HAND_H
#define OFP_BENCH_BY_HAND_H

#include <offerpolicy/offerpolicy.h>

#include "open_table.h"

/** The most that a request may have for by_hand_decide(). */
enum { BY_HAND_ENTITLEMENTS = 8, BY_HAND_MIGRATIONS = 8, BY_HAND_TAGS = 10 };

/** Business time: by the library's calendars where these are given, else by tables. */
typedef struct by_hand_calendars {
    const ofp_calendar *business, *emea;
    open_table business_table, emea_table;
} by_hand_calendars;

typedef struct by_hand_reason {
    uint8_t code; /**< an ofp_reason_code */
    bool decides;
} by_hand_reason;

/** A decision. */
typedef struct by_hand_answer {
    ofp_verdict verdict;
    int32_t offering, priority, level, sla_rule;
    size_t target_count, action_count, reason_count;
    ofp_target targets[2];
    ofp_action actions[BY_HAND_TAGS + 4];
    by_hand_reason reasons[12 + BY_HAND_ENTITLEMENTS + BY_HAND_MIGRATIONS];
} by_hand_answer;

void by_hand_decide(const by_hand_calendars *calendars, const ofp_request *request,
                    by_hand_answer *ret);

#endif
