/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A store in a folder of its own, the contract's policy, a desk and a request, for tests that put
 * a migration or two into the store and decide. What goes wrong on the way fails the test.
 */
#ifndef OFP_TEST_DESK_SETTING_H
#define OFP_TEST_DESK_SETTING_H

#include <check.h>

#include <offerpolicy/desk.h>

#include "expect.h"

enum {
    NOW = 1795197600, /* 2026-11-20T18:00:00Z */
    DAY = 86400,
};

/** The contract's policy. */
extern ofp_policy *policy;

/** Where the test's store is, and two connections to it: the desk's, and somebody else's. */
extern char store_path[64];
extern ofp_store *store, *other;

/** The test's desk: it does not log, unless the test opens another one. */
extern ofp_desk *desk;

/**
 * Ticket "T-1" about "saas" of org "acme", which pays for "self_managed" at level "premium". The
 * texts say what they are: "secret subject", "secret description", "secret name", "secret notes".
 */
extern ofp_request request;

/** What was decided last. */
extern const ofp_decision *decision;

/** Frees what the first test loaded. */
void free_policy(void);

/** Fixture of every test case: an empty store and a desk. */
void start_setting(void);
void stop_setting(void);

/** Opens a connection to the store that is there. */
ofp_store *open_store(ofp_store_mode mode);

/** Opens the test's desk anew. */
void open_desk(bool log, bool log_texts);

/** Parses a policy like the contract's with some texts replaced: pairs of texts, ended by NULL. */
ofp_policy *parse_changed(const char *const *replacements);

/** Decides by another policy from now on, with a new desk. */
void decide_by(ofp_policy *other_policy);

/**
 * A migration of org "acme" to "saas" at level "ultimate" that is approved, and ends with
 * 2026-12-31 by the contract's policy.
 */
ofp_migration_record make_migration(void);

/** Writes a migration into the store, through the other connection. @return its number */
int64_t put(const ofp_migration_record *record);

/** Puts one like make_migration(), with this status. */
int64_t put_status(ofp_migration_status status);

/** Decides; that must work. */
void decide(void);

/** Decides, and expects a verdict and a level. */
void expect_verdict(const char *verdict, const char *level);

/** Deciding fails with this code, pointer (or NULL) and message. */
void expect_refused(ofp_code code, const char *pointer, const char *message);

/** What is in the decision log, read through the other connection; the caller frees it. */
ofp_records *read_log(size_t wanted_count);

/** The first of them. */
const ofp_logged_decision *first_logged(const ofp_records *records);

/* The test cases of this room. */
TCase *desk_compare_case(void);
TCase *desk_decide_case(void);
TCase *desk_hold_case(void);
TCase *desk_log_case(void);
TCase *desk_memory_case(void);

#endif
