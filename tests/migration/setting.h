/* SPDX-License-Identifier: MIT */
/**
 * @file
 * One policy, one store in a folder of its own, one step and what is known of orgs, for tests that
 * change a thing or two, take the step and look at the answer.
 */
#ifndef OFP_TEST_MIGRATION_SETTING_H
#define OFP_TEST_MIGRATION_SETTING_H

#include <check.h>

#include <offerpolicy/migration.h>

#include "expect.h"

/** What every policy of these tests begins with; in Amsterdam, which is UTC+1 in winter. */
#define SHOP \
    "policy: shop\n" \
    "revision: seven\n" \
    "time_zone: Europe/Amsterdam\n" \
    "levels: [free, standard, premium, ultimate]\n" \
    "unpaid: [free]\n" \
    "priorities: [normal]\n" \
    "default_priority: normal\n" \
    "offerings:\n" \
    "  desk:\n" \
    "    title: The Desk\n" \
    "    level_tags: {standard: desk_s, premium: desk_p, ultimate: desk_u}\n" \
    "  cloud:\n" \
    "    title: The Cloud\n" \
    "    level_tags: {standard: cloud_s, premium: cloud_p, ultimate: shared_u}\n" \
    "  edge: {level_tags: {premium: cloud_p, ultimate: shared_u}}\n"

/** The migration section of most tests. */
#define PLAIN \
    "migration:\n" \
    "  max_days: 90\n" \
    "  max_extensions: 2\n" \
    "  memory_days: 30\n" \
    "  approvers: [manager, director]\n" \
    "  remind: [14d, 3d]\n" \
    "  messages: {ops_request: 'ops {migration}', org_note: 'note {target_date}'," \
    " reminder: 'remind {owner}'}\n"

/** 2026-11-20, 12:00 in Amsterdam, when most tests begin. */
#define NOON INT64_C(1795172400)

enum { HOUR = 3600, DAY = 86400 };

extern ofp_policy *policy;
extern ofp_store *store;
extern ofp_facts *facts;
extern ofp_step step;
/** The answer of the last step or sweep; NULL: it was refused. */
extern ofp_records *answer;

/** Fixture of every test case: the policy SHOP PLAIN, an empty store, nothing known. */
void start_setting(void);
void stop_setting(void);
/** Closes the store, before its time. */
void stop_store(void);
/** Opens it anew. */
void reopen_store(ofp_store_mode mode);

/** Goes on with another policy (and forgets the facts, which were made with the first one). */
void use_policy(const char *yaml);

/** The date "2026-11-20" as a number, and the instant at which it begins in UTC. */
int32_t date_of(const char *text);
int64_t instant_of(const char *text);

/** What an org has is known from now on; nothing at first. */
void know(const char *org);
/** Adds an entitlement to it, which can be changed until know_it() is called. */
ofp_entitlement *entitle(const char *offering, const char *level);
void know_it(void);

/** Starts a step of the manager mia at an instant. @param id NULL: of no migration */
void start_step(ofp_step_kind kind, const char *id, int64_t at);

/**
 * Starts a request of bo for the org acme, which has the desk at level premium: to the cloud at
 * level premium until 2026-12-31.
 */
void start_request(int64_t at);

/** Takes the step, which must work. @return the migration afterwards */
const ofp_migration_record *take(void);

/** The step must be refused with a code and a message; nothing may be written. */
void refused(ofp_code code, const char *message);

/** Shorthands: the step that they name, which must work. */
const ofp_migration_record *request(int64_t at);
const ofp_migration_record *approve(const char *id, int64_t at);
const ofp_migration_record *extend(const char *id, const char *date, int64_t at);
const ofp_migration_record *end(const char *id, int64_t at);
const ofp_migration_record *complete(const char *id, int64_t at);

/** Sweeps at an instant, with the facts if there are some. @param limit 0: as many as usual */
void sweep_some(int64_t at, size_t limit);
void sweep(int64_t at);

/** A migration as it is in the store. */
const ofp_migration_record *look_up(const char *id);
/** The same with all its events and actions, as it was looked up last. */
const ofp_records *seen(void);

/** The actions of the answer in words, such as "+cloud_p note; -note". */
const char *actions(void);
/** The events of the answer in words, such as "expire M-1, remind M-2". */
const char *events(void);
/** The actions that wait for the host at an instant, in words. */
const char *outbox(int64_t at);
/** How many events the audit log has. */
int64_t event_count(void);

#define expect_actions(wanted) ck_assert_str_eq(actions(), wanted)
#define expect_events(wanted) ck_assert_str_eq(events(), wanted)

#endif
