/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Policies for tests, compiled with the zone data of the tests.
 */
#ifndef OFP_TEST_COMPILE_PARSE_H
#define OFP_TEST_COMPILE_PARSE_H

#include <offerpolicy/policy.h>

/** What every policy must have, ready for more sections; one line. */
#define POLICY_HEAD \
    "{policy: p, levels: [free, standard, premium], unpaid: [free], priorities: [low, high], " \
    "default_priority: low, offerings: {one: {level_tags: {standard: s1, premium: p1}, " \
    "focus_tag: f1}, two: {level_tags: {premium: p1, standard: s2}, focus_tag: f2}}, " \
    "calendars: {always: {always_open: true}}, fields: {form: [a, b], kind: [x, y, z]}"

/** The options for tests: their zone directory. */
ofp_policy_options test_options(void);

/** Compiles a policy that must be right; the caller drops the reference. */
ofp_policy *parse_policy(const char *yaml);

/** Loads a policy file that must be right; the caller drops the reference. */
ofp_policy *load_policy(const char *path);

#endif
