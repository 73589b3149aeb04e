/* SPDX-License-Identifier: MIT */
/**
 * @file
 * One policy, one request and one scratch, for tests that change a fact or two and look at the
 * decision. What goes wrong on the way fails the test.
 */
#ifndef OFP_TEST_SETTING_H
#define OFP_TEST_SETTING_H

#include <check.h>

#include <offerpolicy/decision.h>

#include "expect.h"

enum {
    NOW = 1795197600, /* 2026-11-20T18:00:00Z */
    HOUR = 3600,
    DAY = 86400,
};

/** What every policy of these tests begins with: the offerings cloud, desk and edge, all in UTC. */
#define SHOP \
    "policy: shop\n" \
    "levels: [free, trial, standard, premium, ultimate]\n" \
    "unpaid: [free, trial]\n" \
    "priorities: [low, normal, high, urgent]\n" \
    "default_priority: normal\n" \
    "offerings:\n" \
    "  desk:\n" \
    "    title: The Desk\n" \
    "    focus_tag: focus_desk\n" \
    "    level_tags: {standard: desk_s, premium: desk_p, ultimate: desk_u}\n" \
    "  cloud:\n" \
    "    title: The Cloud\n" \
    "    focus_tag: focus_cloud\n" \
    "    level_tags: {standard: cloud_s, premium: cloud_p, ultimate: cloud_u}\n" \
    "  edge:\n" \
    "    level_tags: {ultimate: edge_u}\n" \
    "fields: {form: [desk, cloud, other], region: [emea, apac]}\n" \
    "calendars:\n" \
    "  always: {always_open: true}\n"

/** The first line of a policy that comes behind SHOP. */
enum { SHOP_END = 20 };

/** A migration section: `current` is the provisional level, and there are 30 days of memory. */
#define CURRENT "migration: {provisional_level: current, memory_days: 30}\n"

/** The policy of the test. */
extern ofp_policy *policy;

/** The request of the test: ticket "t1" of org "acme", created at NOW, decided at NOW. */
extern ofp_request request;

/** What was decided last. */
extern const ofp_decision *decision;

/** The scratch of the test. */
extern ofp_scratch *scratch;

/** Shall use_policy() prepare its policies for many decisions? */
extern bool prepares_policies;

/** Fixture of every test case: no policy, an empty scratch. */
void start_setting(void);
void stop_setting(void);

/** Compiles a policy, and starts the request anew. */
void use_policy(const char *yaml);

/** Starts the request anew. */
void clear_request(void);

/** Indexes by names, which must exist. */
int32_t offering_of(const char *name);
int32_t level_of(const char *name);
int32_t priority_of(const char *name);

/** The ticket names its offering. */
void about(const char *offering);

/** Adds facts. What is returned can be changed until the request is started anew. */
ofp_entitlement *entitle(const char *offering, const char *level);
ofp_migration *migrate(const char *id, const char *to, const char *level, const char *target_date,
                       ofp_migration_status status);
void carry_tag(const char *tag);
void carry_org_tag(const char *tag);

/** The ticket carries these tags, and no others. @param tags ended by NULL */
void carry_tags(const char *const *tags);
#define CARRY(...) carry_tags((const char *const[]){__VA_ARGS__, NULL})

/** The ticket has this value in this field. */
void set_field(const char *field, const char *value);

/** Decides; that must work. */
const ofp_decision *decide(void);

/** Deciding is refused with this code and JSON pointer. */
void expect_refused(ofp_code code, const char *pointer);

/** The decision's actions as words, such as "-desk_s +cloud_s reply note". */
const char *actions(void);

/** Decides, and expects a verdict and a level. */
#define expect_verdict(wanted, level) \
    do { \
        decide(); \
        ck_assert_str_eq(ofp_verdict_name(ofp_decision_verdict(decision)), wanted); \
        ck_assert_str_eq(ofp_policy_level_name(policy, ofp_decision_level(decision)), level); \
    } while (0)

/** Decides, and expects these actions. */
#define expect_actions(wanted) \
    do { \
        decide(); \
        ck_assert_str_eq(actions(), wanted); \
    } while (0)

/** The decision's first reason with this code; there must be one. */
ofp_reason reason_of(ofp_reason_code code);

/** How many reasons of the decision have this code. */
size_t reason_count(ofp_reason_code code);

/** Has any test since the program's start had a reason with this code? */
bool reason_was_seen(ofp_reason_code code);

/** What a reason may carry, as the registry calls it; ended by NULL. */
extern const char *const fact_names[];

/** Has any of them carried this fact? @param fact index among the names */
bool reason_had_fact(ofp_reason_code code, size_t fact);

#endif
