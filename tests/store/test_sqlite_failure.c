/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "expect.h"
#include "place.h"

static const struct {
    int result;
    ofp_code code;
} results[] = {
    {SQLITE_BUSY, OFP_CODE_STORE_BUSY},
    {SQLITE_BUSY_SNAPSHOT, OFP_CODE_STORE_BUSY},
    {SQLITE_BUSY_RECOVERY, OFP_CODE_STORE_BUSY},
    {SQLITE_LOCKED, OFP_CODE_STORE_BUSY},
    {SQLITE_LOCKED_SHAREDCACHE, OFP_CODE_STORE_BUSY},
    {SQLITE_PROTOCOL, OFP_CODE_STORE_BUSY},
    {SQLITE_FULL, OFP_CODE_STORE_FULL},
    {SQLITE_READONLY, OFP_CODE_STORE_READ_ONLY},
    {SQLITE_READONLY_CANTINIT, OFP_CODE_STORE_READ_ONLY},
    {SQLITE_READONLY_DIRECTORY, OFP_CODE_STORE_READ_ONLY},
    {SQLITE_READONLY_DBMOVED, OFP_CODE_STORE_IO},
    {SQLITE_CANTOPEN, OFP_CODE_STORE_UNOPENED},
    {SQLITE_CANTOPEN_SYMLINK, OFP_CODE_STORE_UNOPENED},
    {SQLITE_PERM, OFP_CODE_STORE_UNOPENED},
    {SQLITE_CORRUPT, OFP_CODE_STORE_CORRUPT},
    {SQLITE_CORRUPT_INDEX, OFP_CODE_STORE_CORRUPT},
    {SQLITE_NOTADB, OFP_CODE_STORE_CORRUPT},
    {SQLITE_IOERR, OFP_CODE_STORE_IO},
    {SQLITE_IOERR_FSYNC, OFP_CODE_STORE_IO},
    {SQLITE_IOERR_NOMEM, OFP_CODE_NO_MEMORY},
    {SQLITE_NOMEM, OFP_CODE_NO_MEMORY},
    {SQLITE_ERROR, OFP_CODE_STORE_CORRUPT},
    {SQLITE_CONSTRAINT_TRIGGER, OFP_CODE_STORE_CORRUPT},
    {SQLITE_MISMATCH, OFP_CODE_STORE_CORRUPT},
    {SQLITE_TOOBIG, OFP_CODE_STORE_CORRUPT},
    {SQLITE_MISUSE, OFP_CODE_MISUSE},
};

START_TEST(each_result_has_its_code)
{
    expect_failure(ofp_sqlite_fail(NULL, results[_i].result, &error), results[_i].code);
    /* Even if the connection has nothing, or something else, to say. */
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    expect_failure(ofp_sqlite_fail(db, results[_i].result, &error), results[_i].code);
    sqlite3_exec(db, "nonsense", NULL, NULL, NULL);
    expect_failure(ofp_sqlite_fail(db, results[_i].result, &error), results[_i].code);
    sqlite3_close(db);
}
END_TEST

static void expect_words(sqlite3 *db, int result, const char *wanted)
{
    ofp_error *error = NULL;
    ofp_sqlite_fail(db, result, &error);
    ck_assert_str_eq(ofp_error_message(error), wanted);
    ofp_error_free(error);
}

START_TEST(says_what_sqlite_says)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    const int result = sqlite3_exec(db, "SELECT * FROM missing", NULL, NULL, NULL);
    expect_words(db, result, "the store is damaged: no such table: missing");
    ck_assert_int_eq(sqlite3_exec(db, "SELECT * FROM \"\x1B[31m\xAD\"", NULL, NULL, NULL), result);
    expect_words(db, result, "the store is damaged: no such table: \xEF\xBF\xBD[31m\xEF\xBF\xBD");
    expect_words(db, SQLITE_FULL, "the store's disk is full: database or disk is full");
    expect_words(NULL, SQLITE_BUSY,
                 "another connection has used the store for too long: database is locked");
    expect_words(NULL, SQLITE_READONLY_DBMOVED,
                 "reading or writing the store's file failed: the file was moved or removed while "
                 "it was open");
    sqlite3_close(db);
}
END_TEST

START_TEST(says_what_the_system_says)
{
    sqlite3 *db;
    const int result = sqlite3_open_v2("/nowhere/at/all", &db, SQLITE_OPEN_READONLY, NULL);
    expect_words(db, result,
                 "a file of the store can't be opened or made: No such file or directory");
    sqlite3_close(db);
}
END_TEST

TCase *sqlite_failure_case(void)
{
    TCase *tcase = tcase_create("sqlite_failure");
    tcase_add_loop_test(tcase, each_result_has_its_code, 0, sizeof results / sizeof *results);
    tcase_add_test(tcase, says_what_sqlite_says);
    tcase_add_test(tcase, says_what_the_system_says);
    return tcase;
}
