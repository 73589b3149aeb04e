/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A place for the tests of the store: an empty folder of its own, a store in it, and things to
 * write into it. Whatever goes wrong here fails the test.
 */
#ifndef OFP_TEST_STORE_PLACE_H
#define OFP_TEST_STORE_PLACE_H

#include <sqlite3.h>

#include "ledger.h"

/** The clock of all samples: 2026-06-01T12:00:00Z. */
#define NOON INT64_C(1780315200)
#define DAY INT64_C(86400)

/** Makes the folder and makes it the working folder, before each test; removes it after. */
void place_start(void);
void place_stop(void);

/** Opens "store.db". */
ofp_store *place_open(ofp_store_mode mode);

/** Tries to open a file. */
ofp_status place_try(const char *path, ofp_store_mode mode, ofp_store **ret, ofp_error **reterr);

/** Writes a file. */
void place_write(const char *path, const void *bytes, size_t size);

/** Opens "store.db" with nothing but SQLite. */
sqlite3 *place_open_raw(void);

/** Runs SQL on "store.db" with nothing but SQLite, as somebody does who means harm. */
void place_run_raw(const char *sql);

/** The one number that SQL gives for "store.db". */
int64_t place_number(const char *sql);

/** A migration of the org, to "saas", requested, that ends at NOON + 30 days. */
ofp_migration_record sample_migration(const char *org);

/** An event about a migration. */
ofp_event_draft sample_event(int64_t migration, const char *org, const char *key);

/** An action of a migration. @param migration its id */
ofp_host_action sample_action(const char *migration, const char *key);

/** Writes a migration, due at its end, and an event about it, in a transaction. @return number */
int64_t put_migration(ofp_store *store, const ofp_migration_record *record);

/** Writes an action of the newest event, in a transaction. */
void put_action(ofp_store *store, const ofp_host_action *action);

#endif
