/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"
#include "expect.h"
#include "place.h"

#define refuse(path, mode, code) \
    do { \
        ofp_store *refused = (ofp_store *)-1; \
        expect_failure(place_try(path, mode, &refused, &error), code); \
        ck_assert_ptr_eq(refused, (ofp_store *)-1); \
    } while (0)

static void make_store(void)
{
    ofp_store_close(place_open(OFP_STORE_CREATE));
}

static mode_t rights_of(const char *path)
{
    struct stat about;
    ck_assert_int_eq(stat(path, &about), 0);
    return about.st_mode & 0777;
}

START_TEST(makes_a_store_for_its_owner_only)
{
    const mode_t before = umask(0);
    ofp_store *store = place_open(OFP_STORE_CREATE);
    umask(before);
    ck_assert_int_eq(rights_of("store.db"), 0600);
    ck_assert_int_eq(rights_of("store.db-wal"), 0600);
    ck_assert_int_eq(rights_of("store.db-shm"), 0600);
    ofp_store_close(store);
    ck_assert_int_eq(place_number("PRAGMA application_id"), OFP_STORE_APPLICATION);
    ck_assert_int_eq(place_number("PRAGMA user_version"), OFP_STORE_SCHEMA);
}
END_TEST

START_TEST(notes_its_making)
{
    ofp_store *store = place_open(OFP_STORE_CREATE);
    const ofp_event_filter all = OFP_EVENT_FILTER_INIT;
    ofp_records *records;
    size_t count;
    expect_ok(ofp_store_events(store, &all, &records, &error));
    const ofp_event *events = ofp_records_events(records, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(events[0].seq, 1);
    ck_assert_int_eq(events[0].kind, OFP_EVENT_CREATE);
    ck_assert_int_eq(events[0].at, NOON);
    ck_assert_ptr_null(events[0].actor.data);
    ck_assert_ptr_null(events[0].migration);
    expect_text(events[0].detail, "made with layout 1");
    ofp_records_free(records);
    ofp_store_close(store);
}
END_TEST

START_TEST(opens_again_without_a_trace)
{
    make_store();
    for (int mode = OFP_STORE_READ; mode <= OFP_STORE_CREATE; mode++)
        ofp_store_close(place_open((ofp_store_mode)mode));
    ck_assert_int_eq(place_number("SELECT count(*) FROM audit"), 1);
}
END_TEST

START_TEST(sets_up_the_connection)
{
    static const struct {
        const char *pragma;
        int wanted;
    } settings[] = {
        {"PRAGMA synchronous", 2},
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA trusted_schema", 0},
        {"PRAGMA cell_size_check", 1},
        {"PRAGMA secure_delete", 1},
        {"SELECT count(*) FROM pragma_journal_mode "
         "WHERE journal_mode = 'wal'",
         1},
    };
    ofp_store *store = place_open(OFP_STORE_CREATE);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        sqlite3_stmt *statement;
        ck_assert_int_eq(sqlite3_prepare_v2(store->db, settings[i].pragma, -1, &statement, NULL),
                         SQLITE_OK);
        ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
        ck_assert_msg(sqlite3_column_int(statement, 0) == settings[i].wanted, "%s is %d",
                      settings[i].pragma, sqlite3_column_int(statement, 0));
        sqlite3_finalize(statement);
    }
    int defensive;
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
    ck_assert_int_eq(defensive, 1);
    ofp_store_close(store);
}
END_TEST

START_TEST(does_not_make_one_unasked)
{
    refuse("store.db", OFP_STORE_READ, OFP_CODE_STORE_MISSING);
    refuse("store.db", OFP_STORE_WRITE, OFP_CODE_STORE_MISSING);
    refuse("nowhere/store.db", OFP_STORE_READ, OFP_CODE_STORE_MISSING);
    ck_assert_int_ne(access("store.db", F_OK), 0);
}
END_TEST

START_TEST(needs_a_folder_to_make_one)
{
    refuse("nowhere/store.db", OFP_STORE_CREATE, OFP_CODE_STORE_UNOPENED);
    place_write("file", "", 0);
    refuse("file/store.db", OFP_STORE_CREATE, OFP_CODE_STORE_UNOPENED);
    refuse("file/store.db", OFP_STORE_READ, OFP_CODE_STORE_MISSING);
}
END_TEST

START_TEST(takes_names_as_names)
{
    static const char *const names[] = {":memory:", "file:memory?mode=memory", "a?vfs=none", "%41"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ofp_store *store;
        expect_ok(place_try(names[i], OFP_STORE_CREATE, &store, &error));
        ofp_store_close(store);
        ck_assert_int_eq(access(names[i], F_OK), 0);
    }
}
END_TEST

START_TEST(follows_links_to_folders_only)
{
    make_store();
    ck_assert_int_eq(symlink("store.db", "link.db"), 0);
    ck_assert_int_eq(symlink("away.db", "dangling.db"), 0);
    ck_assert_int_eq(symlink(".", "folder"), 0);
    refuse("link.db", OFP_STORE_READ, OFP_CODE_STORE_UNOPENED);
    refuse("dangling.db", OFP_STORE_CREATE, OFP_CODE_STORE_UNOPENED);
    ck_assert_int_ne(access("away.db", F_OK), 0);
    ofp_store *store;
    expect_ok(place_try("folder/store.db", OFP_STORE_WRITE, &store, &error));
    ofp_store_close(store);
}
END_TEST

START_TEST(opens_regular_files_only)
{
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    refuse("folder", OFP_STORE_WRITE, OFP_CODE_STORE_UNOPENED);
    refuse("folder/", OFP_STORE_CREATE, OFP_CODE_STORE_UNOPENED);
    refuse("pipe", OFP_STORE_READ, OFP_CODE_STORE_UNOPENED);
    refuse("/dev/null", OFP_STORE_WRITE, OFP_CODE_STORE_UNOPENED);
}
END_TEST

START_TEST(refuses_misuse)
{
    ofp_store *store;
    expect_failure(ofp_store_open(NULL, NULL, &store, &error), OFP_CODE_MISUSE);
    expect_failure(ofp_store_open("", NULL, &store, &error), OFP_CODE_MISUSE);
    ofp_store_options options = {.size = 0};
    expect_failure(ofp_store_open("store.db", &options, &store, &error), OFP_CODE_MISUSE);
    options = (ofp_store_options){.size = sizeof options, .mode = (ofp_store_mode)3};
    expect_failure(ofp_store_open("store.db", &options, &store, &error), OFP_CODE_MISUSE);
    ck_assert_ptr_null(ofp_store_close(NULL));
}
END_TEST

START_TEST(reads_unless_told_otherwise)
{
    make_store();
    ofp_store *store;
    expect_ok(ofp_store_open("store.db", NULL, &store, &error));
    expect_failure(ofp_store_begin_write(store, &error), OFP_CODE_STORE_READ_ONLY);
    ck_assert_uint_eq(store->busy_ms, OFP_STORE_BUSY_MS);
    ofp_store_close(store);
    /* A program that was built with the first version of the struct. */
    const ofp_store_options old = {.size = offsetof(ofp_store_options, at), .at = -1};
    expect_ok(ofp_store_open("store.db", &old, &store, &error));
    ofp_store_close(store);
}
END_TEST

START_TEST(refuses_what_is_no_store)
{
    char noise[5000];
    memset(noise, 'x', sizeof noise);
    place_write("store.db", noise, sizeof noise);
    for (int mode = OFP_STORE_READ; mode <= OFP_STORE_CREATE; mode++)
        refuse("store.db", (ofp_store_mode)mode, OFP_CODE_STORE_FOREIGN);
    place_write("store.db", "hello", 5);
    refuse("store.db", OFP_STORE_CREATE, OFP_CODE_STORE_FOREIGN);
    struct stat about;
    ck_assert_int_eq(stat("store.db", &about), 0);
    ck_assert_int_eq(about.st_size, 5);
}
END_TEST

START_TEST(refuses_databases_of_others)
{
    static const char *const foreign[] = {
        "CREATE TABLE t (x)",
        "PRAGMA application_id = 77",
        "PRAGMA user_version = 1",
        "PRAGMA application_id = 1330008147; PRAGMA user_version = -1",
    };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        unlink("store.db");
        place_run_raw(foreign[i]);
        for (int mode = OFP_STORE_READ; mode <= OFP_STORE_CREATE; mode++)
            refuse("store.db", (ofp_store_mode)mode, OFP_CODE_STORE_FOREIGN);
        /* It was not touched: not even its journal mode. */
        ck_assert_int_eq(place_number("SELECT count(*) FROM pragma_journal_mode "
                                      "WHERE journal_mode = 'delete'"),
                         1);
    }
}
END_TEST

START_TEST(refuses_newer_stores)
{
    make_store();
    place_run_raw("PRAGMA user_version = 2");
    for (int mode = OFP_STORE_READ; mode <= OFP_STORE_CREATE; mode++)
        refuse("store.db", (ofp_store_mode)mode, OFP_CODE_STORE_NEWER);
    ck_assert_int_eq(place_number("PRAGMA user_version"), 2);
}
END_TEST

/* What a crash while making a store may leave behind. */
static const char *const unfinished[] = {"", "PRAGMA journal_mode = WAL",
                                         "PRAGMA application_id = 1330008147",
                                         "CREATE TABLE t (x); DROP TABLE t"};

START_TEST(finishes_what_a_crash_left)
{
    place_write("store.db", "", 0);
    place_run_raw(unfinished[_i]);
    /* A store that was cut off by accident must not come back as an empty one. */
    refuse("store.db", OFP_STORE_READ, OFP_CODE_STORE_FOREIGN);
    refuse("store.db", OFP_STORE_WRITE, OFP_CODE_STORE_FOREIGN);
    ofp_store *store = place_open(OFP_STORE_CREATE);
    int64_t count;
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, &count, &error));
    ck_assert_int_eq(count, 1);
    ofp_store_close(store);
    ofp_store_close(place_open(OFP_STORE_READ));
}
END_TEST

START_TEST(turns_to_wal_if_a_crash_came_between)
{
    make_store();
    place_run_raw("PRAGMA journal_mode = DELETE");
    ofp_store_close(place_open(OFP_STORE_READ));
    ofp_store_close(place_open(OFP_STORE_WRITE));
    ck_assert_int_eq(
        place_number("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
}
END_TEST

/* The layout is not what this version makes. */
static const char *const damages[] = {
    "DROP TABLE decisions",
    "DROP INDEX actions_pending",
    "DROP TRIGGER audit_is_never_changed",
    "CREATE TABLE more (x)",
    "CREATE VIEW more AS SELECT 1",
    "CREATE TRIGGER more AFTER INSERT ON audit BEGIN DELETE FROM migrations; END",
    "ALTER TABLE migrations ADD COLUMN more TEXT",
    "PRAGMA user_version = 0",
};
enum { AS_VERSION_0 = 7 };

START_TEST(refuses_another_layout)
{
    make_store();
    place_run_raw(damages[_i]);
    refuse("store.db", OFP_STORE_WRITE, OFP_CODE_STORE_CORRUPT);
    refuse("store.db", OFP_STORE_READ,
           _i == AS_VERSION_0 ? OFP_CODE_STORE_OLDER : OFP_CODE_STORE_CORRUPT);
}
END_TEST

START_TEST(refuses_a_cut_file)
{
    ofp_store *store = place_open(OFP_STORE_CREATE);
    const ofp_migration_record record = sample_migration("acme");
    put_migration(store, &record);
    ofp_store_close(store);
    struct stat about;
    ck_assert_int_eq(stat("store.db", &about), 0);
    /* From a whole page on: less may be what was zero anyway. */
    for (off_t size = about.st_size - 4096; size > 0; size -= 1021) {
        ck_assert_int_eq(truncate("store.db", size), 0);
        ofp_store *cut = NULL;
        ofp_error *error = NULL;
        ofp_status status = place_try("store.db", OFP_STORE_READ, &cut, &error);
        if (!status)
            status = ofp_store_check(cut, &error);
        ck_assert_msg(status == OFP_STATUS_CORRUPT || status == OFP_STATUS_BAD_STORE,
                      "%ld bytes: %s", (long)size, ofp_status_name(status));
        ofp_error_free(error);
        ofp_store_close(cut);
    }
}
END_TEST

/* The code with which opening fails for somebody who may do nothing special; 0: it works. */
static int code_for_others(const char *path, ofp_store_mode mode)
{
    const pid_t child = fork();
    if (child == 0) {
        ofp_store *store;
        ofp_error *error = NULL;
        if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
            _exit(255);
        _exit(place_try(path, mode, &store, &error) ? (int)ofp_error_first(error)->code - 400 : 0);
    }
    int result;
    ck_assert_int_eq(waitpid(child, &result, 0), child);
    ck_assert(WIFEXITED(result));
    return WEXITSTATUS(result) ? WEXITSTATUS(result) + 400 : 0;
}

START_TEST(tells_what_the_system_forbids)
{
    make_store();
    ck_assert_int_eq(chmod("store.db", 0444), 0);
    ck_assert_int_eq(chmod(".", 0755), 0);
    ck_assert_int_eq(code_for_others("store.db", OFP_STORE_WRITE), OFP_CODE_STORE_READ_ONLY);
    /* Not even to be read, where SQLite can't make its files. */
    ck_assert_int_eq(code_for_others("store.db", OFP_STORE_READ), OFP_CODE_STORE_UNOPENED);
    ck_assert_int_eq(chmod("store.db", 0), 0);
    ck_assert_int_eq(code_for_others("store.db", OFP_STORE_READ), OFP_CODE_STORE_UNOPENED);
    ck_assert_int_eq(chmod(".", 0555), 0);
    ck_assert_int_eq(code_for_others("other.db", OFP_STORE_CREATE), OFP_CODE_STORE_UNOPENED);
    ck_assert_int_eq(code_for_others("other.db", OFP_STORE_WRITE), OFP_CODE_STORE_MISSING);
    ck_assert_int_eq(chmod(".", 0755), 0);
}
END_TEST

/* Waits until its pipe is closed, so that all begin at once; then makes the store. */
static int make_at_once(int pipe_end)
{
    char byte;
    ofp_store *store;
    ofp_store_options options = {.size = sizeof options, .mode = OFP_STORE_CREATE};
    if (read(pipe_end, &byte, 1) != 0 || ofp_store_open("store.db", &options, &store, NULL))
        return 1;
    const ofp_migration_record record = sample_migration("acme");
    int64_t number;
    const ofp_event_draft draft = {.kind = OFP_EVENT_PRUNE_LOG, .previous_date = OFP_DATE_NONE};
    const bool wrote = !ofp_store_begin_write(store, NULL) &&
                       !ofp_ledger_write(store, &record, record.ends_at, &number, NULL) &&
                       !ofp_ledger_append(store, &draft, NULL, NULL) &&
                       !ofp_store_commit(store, NULL);
    ofp_store_close(store);
    return !wrote;
}

START_TEST(many_make_it_at_once)
{
    enum { MAKERS = 8, ROUNDS = 10 };
    for (int round = 0; round < ROUNDS; round++) {
        int ends[2], failed = 0;
        unlink("store.db");
        ck_assert_int_eq(pipe(ends), 0);
        for (int i = 0; i < MAKERS; i++) {
            if (fork() == 0) {
                close(ends[1]);
                _exit(make_at_once(ends[0]));
            }
        }
        close(ends[1]);
        for (int i = 0; i < MAKERS; i++) {
            int result;
            ck_assert_int_gt(wait(&result), 0);
            failed += result != 0;
        }
        close(ends[0]);
        ck_assert_int_eq(failed, 0);
        ofp_store *store = place_open(OFP_STORE_READ);
        int64_t count;
        expect_ok(ofp_audit_verify(store, (ofp_text){0}, &count, &error));
        ck_assert_int_eq(count, 1 + MAKERS);
        ofp_store_close(store);
    }
}
END_TEST

TCase *open_case(void)
{
    TCase *tcase = tcase_create("open");
    tcase_add_checked_fixture(tcase, place_start, place_stop);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, makes_a_store_for_its_owner_only);
    tcase_add_test(tcase, notes_its_making);
    tcase_add_test(tcase, opens_again_without_a_trace);
    tcase_add_test(tcase, sets_up_the_connection);
    tcase_add_test(tcase, does_not_make_one_unasked);
    tcase_add_test(tcase, needs_a_folder_to_make_one);
    tcase_add_test(tcase, takes_names_as_names);
    tcase_add_test(tcase, follows_links_to_folders_only);
    tcase_add_test(tcase, opens_regular_files_only);
    tcase_add_test(tcase, refuses_misuse);
    tcase_add_test(tcase, reads_unless_told_otherwise);
    tcase_add_test(tcase, refuses_what_is_no_store);
    tcase_add_test(tcase, refuses_databases_of_others);
    tcase_add_test(tcase, refuses_newer_stores);
    tcase_add_loop_test(tcase, finishes_what_a_crash_left, 0,
                        sizeof unfinished / sizeof *unfinished);
    tcase_add_test(tcase, turns_to_wal_if_a_crash_came_between);
    tcase_add_loop_test(tcase, refuses_another_layout, 0, sizeof damages / sizeof *damages);
    tcase_add_test(tcase, refuses_a_cut_file);
    tcase_add_test(tcase, tells_what_the_system_forbids);
    tcase_add_test(tcase, many_make_it_at_once);
    return tcase;
}
