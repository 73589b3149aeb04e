/* SPDX-License-Identifier: MIT */
#include "place.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "expect.h"

static char folder[64];

void place_start(void)
{
    /* In memory, where there is such a place: nothing here needs a disk. */
    snprintf(folder, sizeof folder, "%s/offerpolicy-store-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

void place_stop(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

ofp_status place_try(const char *path, ofp_store_mode mode, ofp_store **ret, ofp_error **reterr)
{
    const ofp_store_options options = {
        .size = sizeof options, .mode = mode, .busy_ms = 50, .at = NOON};
    return ofp_store_open(path, &options, ret, reterr);
}

ofp_store *place_open(ofp_store_mode mode)
{
    ofp_store *store = NULL;
    expect_ok(place_try("store.db", mode, &store, &error));
    return store;
}

void place_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "we");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

sqlite3 *place_open_raw(void)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open("./store.db", &db), SQLITE_OK);
    return db;
}

void place_run_raw(const char *sql)
{
    sqlite3 *db = place_open_raw();
    const int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    ck_assert_msg(result == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

int64_t place_number(const char *sql)
{
    sqlite3 *db = place_open_raw();
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    const int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

ofp_migration_record sample_migration(const char *org)
{
    return (ofp_migration_record){
        .org = ofp_text_of(org),
        .from = ofp_text_of("self_managed"),
        .from_level = ofp_text_of("premium"),
        .to = ofp_text_of("saas"),
        .level = ofp_text_of("ultimate"),
        .target_date = 20635,
        .ends_at = NOON + 30 * DAY,
        .forgotten_at = NOON + 60 * DAY,
        .status = OFP_MIGRATION_REQUESTED,
        .revision = 1,
        .owner = ofp_text_of("olga"),
        .requested_by = ofp_text_of("sam"),
        .requested_at = NOON,
        .decided_at = OFP_INSTANT_NONE,
        .changed_at = NOON,
        .closed_at = OFP_INSTANT_NONE,
    };
}

ofp_event_draft sample_event(int64_t migration, const char *org, const char *key)
{
    static const uint8_t command[32] = {1, 2, 3};
    return (ofp_event_draft){
        .at = NOON,
        .kind = OFP_EVENT_REQUEST,
        .migration = migration,
        .org = ofp_text_of(org),
        .actor = ofp_text_of("sam"),
        .key = ofp_text_of(key),
        .command = key ? command : NULL,
        .previous_date = OFP_DATE_NONE,
    };
}

ofp_host_action sample_action(const char *migration, const char *key)
{
    return (ofp_host_action){
        .key = ofp_text_of(key),
        .kind = OFP_HOST_ADD_TAG,
        .migration = ofp_text_of(migration),
        .org = ofp_text_of("acme"),
        .tag = ofp_text_of("sub_saas_ultimate"),
        .not_before = OFP_INSTANT_NONE,
        .created_at = NOON,
    };
}

int64_t put_migration(ofp_store *store, const ofp_migration_record *record)
{
    int64_t number;
    expect_ok(ofp_store_begin_write(store, &error));
    const int64_t due_at = record->settled ? OFP_INSTANT_NONE : record->ends_at;
    expect_ok(ofp_ledger_write(store, record, due_at, &number, &error));
    ofp_event_draft draft = sample_event(number, NULL, NULL);
    draft.org = record->org;
    expect_ok(ofp_ledger_append(store, &draft, NULL, &error));
    expect_ok(ofp_store_commit(store, &error));
    return number;
}

void put_action(ofp_store *store, const ofp_host_action *action)
{
    ofp_records *records = ofp_records_new();
    const int64_t event = place_number("SELECT max(seq) FROM audit");
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_put_action(store, event, action, records, &error));
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_uint_eq(records->actions.count, 1);
    ofp_records_free(records);
}
