/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What every test of this folder stands on: a folder for its files, a policy, facts about orgs.
 * Each function ends the program if it fails.
 */
#ifndef OFP_TEST_RIG_H
#define OFP_TEST_RIG_H

#include <stdbool.h>

#include <offerpolicy/desk.h>
#include <offerpolicy/migration.h>
#include <offerpolicy/offerpolicy.h>
#include <offerpolicy/store.h>

enum {
    RIG_PATH = 256, /* bytes of a path */
    RIG_ORGS = 8,
    RIG_MAX_LIVE = 4, /* the policy's max_live; less than there are orgs */
    RIG_MAX_DAYS = 30,
    RIG_DAY = 86400,
};

/** 2026-12-01T00:00:00Z */
#define RIG_START INT64_C(1796083200)

/** The policy, which lives as long as the program. */
const ofp_policy *rig_policy(void);

/** The id of an org, from 0 to RIG_ORGS - 1. */
ofp_text rig_org(unsigned number);

/** Facts about all orgs: each has bought self_managed at the level premium, for ever. */
ofp_facts *rig_facts(void);

/** Fills in a request to decide about a ticket of an org. */
void rig_ask(ofp_request *request, int64_t at, unsigned org, ofp_entitlement *entitlement);

/** Makes a new folder for files, in memory if the machine has a place for that. */
void rig_make_folder(char ret[RIG_PATH]);

/** Deletes the files in a folder, and with `all` the folder. */
void rig_clear_folder(const char *folder, bool all);

/** A path in a folder, in a static buffer that serves again after three further calls. */
const char *rig_path(const char *folder, const char *name);

/** Copies a file; does nothing if there is none. */
void rig_copy(const char *from, const char *to);

/** Opens a store that must open. */
ofp_store *rig_open(const char *path, ofp_store_mode mode);

/** Is the test to take its time? (OFP_TEST_SIZE=full) */
bool rig_is_full(void);

#endif
