/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Stores for tests: in a folder of their own, with migrations at every point of their lives. What
 * the life cycle does by a policy is done here by hand, through the ledger.
 */
#ifndef OFP_TEST_CARE_FIXTURE_H
#define OFP_TEST_CARE_FIXTURE_H

#include <offerpolicy/store.h>

#include "ledger.h"

enum { DAY = 86400, START = 1767225600 /* 2026-01-01 */, CARE_PATH = 256 };

/** Makes a folder of its own; all files of a test are in it. */
void care_start(void);
/** Removes the folder and what is in it. */
void care_stop(void);
/** A file's name in it. @return valid until the fourth call after this one */
const char *care_path(const char *name);

/** Opens a store in the folder, and makes it if there is none. */
ofp_store *care_open(const char *name);
ofp_store *care_open_as(const char *name, ofp_store_mode mode);

/** A migration. */
typedef struct care_life {
    ofp_store *store;
    char id[OFP_ID_SIZE];
    ofp_migration_record record; /* as it is now */
    int64_t due_at;
} care_life;

/** Requests a migration of an org, 30 days long. */
care_life care_request(ofp_store *store, const char *org, int64_t at);
/** Lets the next thing happen to it, with its event and actions. */
void care_happen(care_life *life, ofp_event_kind kind, int64_t at);

/** Fills a store with migrations that have had all that can happen, and with decisions. */
void care_fill(ofp_store *store);

/** Runs SQL on a file, as if it came from another program; triggers of the audit log don't. */
void care_tamper(const char *path, const char *sql);
/** Chains the events of a file anew, as somebody would who knows how. */
void care_rechain(const char *path);

/** A file's bytes. @param retsize how many; the caller frees them */
char *care_read(const char *path, size_t *retsize);
void care_write(const char *path, const char *data, size_t size);

/** Exports a store into a file. */
void care_export(ofp_store *store, const char *path);
/** Imports a file; the name in messages is "export". */
ofp_status care_import(ofp_store *store, const char *path, ofp_error **reterr);

#endif
