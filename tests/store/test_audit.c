/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>

#include "audit_chain.h"
#include "cases.h"
#include "expect.h"
#include "hasher.h"
#include "place.h"
#include "query.h"

static ofp_store *store;

/* Five events: of the making, and of two migrations. */
static void start(void)
{
    place_start();
    store = place_open(OFP_STORE_CREATE);
    ofp_migration_record record = sample_migration("acme");
    put_migration(store, &record);
    record.reason = ofp_text_of("because");
    put_migration(store, &record);
    record.id = ofp_text_of("M-1");
    record.owner = ofp_text_of("otto");
    put_migration(store, &record);
    record.owner = ofp_text_of("oda");
    put_migration(store, &record);
}

static void stop(void)
{
    store = ofp_store_close(store);
    place_stop();
}

START_TEST(verifies_what_is_whole)
{
    int64_t count = 0;
    char head[OFP_HASH_SIZE];
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, &count, &error));
    ck_assert_int_eq(count, 5);
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, NULL, &error));
    expect_ok(ofp_audit_head(store, head, &error));
    ck_assert_uint_eq(strlen(head), 64);
    expect_ok(ofp_audit_verify(store, ofp_text_of(head), NULL, &error));
    for (char *at = head; *at; at++)
        *at = (char)toupper(*at);
    expect_ok(ofp_audit_verify(store, ofp_text_of(head), NULL, &error));
}
END_TEST

START_TEST(a_hash_of_once_is_expected_for_ever)
{
    char head[OFP_HASH_SIZE], later[OFP_HASH_SIZE];
    expect_ok(ofp_audit_head(store, head, &error));
    const ofp_migration_record record = sample_migration("acme");
    put_migration(store, &record);
    expect_ok(ofp_audit_head(store, later, &error));
    ck_assert_str_ne(head, later);
    expect_ok(ofp_audit_verify(store, ofp_text_of(head), NULL, &error));
}
END_TEST

START_TEST(replacing_by_a_key_is_refused)
{
    ofp_event_draft draft = sample_event(1, "acme", "key");
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_append(store, &draft, NULL, &error));
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_int_eq(
        sqlite3_exec(store->db,
                     "REPLACE INTO audit (seq, at, kind, key, command, previous, hash) "
                     "SELECT 7, at, 'create', key, command, previous, hash FROM audit "
                     "WHERE key = 'key'",
                     NULL, NULL, NULL),
        SQLITE_CONSTRAINT_TRIGGER);
}
END_TEST

START_TEST(expects_hashes_only)
{
    static const char *const others[] = {
        "", "abc", "zz00000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_failure(ofp_audit_verify(store, ofp_text_of(others[i]), NULL, &error),
                       OFP_CODE_MISUSE);
    static const char nobody[] = "0000000000000000000000000000000000000000000000000000000000000000";
    expect_failure(ofp_audit_verify(store, ofp_text_of(nobody), NULL, &error),
                   OFP_CODE_AUDIT_HEAD_MISSING);
}
END_TEST

/* The chain of doc/store.md, made by hand. */
START_TEST(hashes_as_documented)
{
    static const char first[] =
        "64:0000000000000000000000000000000000000000000000000000000000000000,"
        "1:1,10:1780315200,6:create,-,-,-,-,-,-,-,-,-,-,-,-,18:made with layout 1,";
    SHA2_CTX context;
    uint8_t hash[32];
    char hex[65];
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)first, sizeof first - 1);
    SHA256Final(hash, &context);
    ofp_hex(hash, sizeof hash, hex);
    const ofp_event_filter filter = {.size = sizeof filter, .since = OFP_INSTANT_NONE, .limit = 1};
    ofp_records *records;
    size_t count;
    expect_ok(ofp_store_events(store, &filter, &records, &error));
    ck_assert_str_eq(ofp_records_events(records, &count)->hash, hex);
    ofp_records_free(records);
}
END_TEST

START_TEST(the_log_refuses_changes)
{
    static const char *const attempts[] = {
        "UPDATE audit SET actor = 'x' WHERE seq = 2",
        "UPDATE audit SET seq = 9 WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit",
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
        "INSERT INTO audit (seq, at, kind, previous, hash) "
        "VALUES (7, 0, 'create', zeroblob(32), zeroblob(32))",
        "INSERT INTO audit (at, kind, previous, hash) "
        "VALUES (0, 'create', zeroblob(32), zeroblob(32))",
    };
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        const int result = sqlite3_exec(store->db, attempts[i], NULL, NULL, NULL);
        ck_assert_msg(result == SQLITE_CONSTRAINT_TRIGGER, "%s: %d", attempts[i], result);
    }
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, NULL, &error));
}
END_TEST

/* Does harm, past the triggers. */
static void tamper(const char *sql)
{
    sqlite3 *db = place_open_raw();
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    const int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    ck_assert_msg(result == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* Verifying fails with these words. */
static void expect_words(const char *wanted)
{
    ofp_error *error = NULL;
    int64_t count = -1;
    ck_assert_int_eq(ofp_audit_verify(store, (ofp_text){0}, &count, &error), OFP_STATUS_CORRUPT);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_AUDIT_CHANGED);
    ck_assert_str_eq(ofp_error_message(error), wanted);
    ck_assert_int_eq(count, -1);
    ofp_error_free(error);
}

/* Each column of an event, but those of the chain itself. */
static const char *const changes[] = {
    "at = at + 1",
    "kind = 'approve'",
    "migration = 2",
    "org = 'other'",
    "actor = 'somebody'",
    "actor = NULL",
    "actor = ''",
    "role = 'manager'",
    "role = ''",
    "reason = 'x'",
    "key = 'k', command = x'00'",
    "policy = 'p'",
    "policy_revision = 'r'",
    "policy_digest = 'd'",
    "previous_date = 0",
    "record = replace(record, 'otto', 'anna')",
    "detail = 'd'",
    "actor = substr(actor, 1, 1), role = substr(actor, 2)",
};

START_TEST(finds_a_changed_column)
{
    char sql[200];
    snprintf(sql, sizeof sql, "UPDATE audit SET %s WHERE seq = 4", changes[_i]);
    tamper(sql);
    expect_words("event 4 of the audit log is not what was written: it was changed, or moved "
                 "there");
}
END_TEST

START_TEST(finds_changes_of_the_chain)
{
    tamper("UPDATE audit SET hash = zeroblob(32) WHERE seq = 5");
    expect_words("event 5 of the audit log is not what was written: it was changed, or moved "
                 "there");
}
END_TEST

START_TEST(finds_what_was_removed)
{
    tamper("DELETE FROM audit WHERE seq = 3");
    expect_words("event 3 of the audit log is missing");
    tamper("DELETE FROM audit WHERE seq = 1");
    expect_words("event 1 of the audit log is missing");
    tamper("DELETE FROM audit");
    expect_words("event 1 of the audit log is missing");
    char head[OFP_HASH_SIZE];
    expect_failure(ofp_audit_head(store, head, &error), OFP_CODE_AUDIT_CHANGED);
}
END_TEST

START_TEST(finds_what_was_moved)
{
    tamper("UPDATE audit SET seq = 9 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4;"
           "UPDATE audit SET seq = 4 WHERE seq = 9");
    expect_words("event 3 of the audit log is not what was written: it was changed, or moved "
                 "there");
}
END_TEST

START_TEST(finds_a_closed_gap)
{
    tamper("DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3");
    expect_words("event 3 of the audit log is not what was written: it was changed, or moved "
                 "there");
}
END_TEST

/* Gives an event the hash that it should have, as somebody does who knows how. */
static void seal(int64_t seq)
{
    ofp_query query;
    bool row;
    uint8_t hash[32];
    char hex[65], sql[200];
    int64_t at = 0;
    expect_ok(ofp_query_start(store, OFP_STATEMENT_READ_AUDIT, &query, &error));
    while (at < seq) {
        expect_ok(ofp_query_next(&query, &row, &error));
        ck_assert(row);
        at = ofp_query_integer(&query, OFP_AUDIT_SEQ);
    }
    ofp_audit_hash(query.statement, hash);
    ofp_query_end(&query);
    ofp_hex(hash, sizeof hash, hex);
    snprintf(sql, sizeof sql, "UPDATE audit SET hash = x'%s' WHERE seq = %d", hex, (int)seq);
    tamper(sql);
}

START_TEST(finds_an_event_that_was_sealed_again)
{
    tamper("UPDATE audit SET actor = 'somebody' WHERE seq = 3");
    seal(3);
    expect_words("event 4 of the audit log does not follow the one before it: one of them was put "
                 "there later");
}
END_TEST

START_TEST(finds_a_chain_made_anew_by_its_head)
{
    char head[OFP_HASH_SIZE];
    expect_ok(ofp_audit_head(store, head, &error));
    tamper("UPDATE audit SET actor = 'somebody' WHERE seq = 3");
    seal(3);
    for (int seq = 4; seq <= 5; seq++) {
        char sql[200];
        snprintf(sql, sizeof sql,
                 "UPDATE audit SET previous = (SELECT hash FROM audit WHERE seq = %d) "
                 "WHERE seq = %d",
                 seq - 1, seq);
        tamper(sql);
        seal(seq);
    }
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, NULL, &error));
    expect_failure(ofp_audit_verify(store, ofp_text_of(head), NULL, &error),
                   OFP_CODE_AUDIT_HEAD_MISSING);
}
END_TEST

START_TEST(finds_a_cut_end_by_its_head)
{
    char head[OFP_HASH_SIZE];
    int64_t count;
    expect_ok(ofp_audit_head(store, head, &error));
    tamper("DELETE FROM audit WHERE seq = 5");
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, &count, &error));
    ck_assert_int_eq(count, 4);
    expect_failure(ofp_audit_verify(store, ofp_text_of(head), NULL, &error),
                   OFP_CODE_AUDIT_HEAD_MISSING);
}
END_TEST

START_TEST(tells_long_blobs_apart)
{
    sqlite3_stmt *rows;
    uint8_t first[32], second[32];
    static const char sql[] =
        "WITH c (command) AS (SELECT zeroblob(32) UNION ALL SELECT zeroblob(33) || x'' UNION ALL "
        "SELECT CAST(hex(zeroblob(32)) AS BLOB))"
        "SELECT 1, 2, 'k', 3, 'o', NULL, NULL, NULL, 'key', command, NULL, NULL, NULL, NULL, '{}',"
        " NULL, zeroblob(32), NULL FROM c";
    ck_assert_int_eq(sqlite3_prepare_v2(store->db, sql, -1, &rows, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
    ofp_audit_hash(rows, first);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        ofp_audit_hash(rows, second);
        ck_assert_mem_ne(first, second, sizeof first);
    }
    sqlite3_finalize(rows);
}
END_TEST

TCase *audit_case(void)
{
    TCase *tcase = tcase_create("audit");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, verifies_what_is_whole);
    tcase_add_test(tcase, a_hash_of_once_is_expected_for_ever);
    tcase_add_test(tcase, expects_hashes_only);
    tcase_add_test(tcase, hashes_as_documented);
    tcase_add_test(tcase, the_log_refuses_changes);
    tcase_add_test(tcase, replacing_by_a_key_is_refused);
    tcase_add_loop_test(tcase, finds_a_changed_column, 0, sizeof changes / sizeof *changes);
    tcase_add_test(tcase, finds_changes_of_the_chain);
    tcase_add_test(tcase, finds_what_was_removed);
    tcase_add_test(tcase, finds_what_was_moved);
    tcase_add_test(tcase, finds_a_closed_gap);
    tcase_add_test(tcase, finds_an_event_that_was_sealed_again);
    tcase_add_test(tcase, finds_a_chain_made_anew_by_its_head);
    tcase_add_test(tcase, finds_a_cut_end_by_its_head);
    tcase_add_test(tcase, tells_long_blobs_apart);
    return tcase;
}
