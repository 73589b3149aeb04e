/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"

/* A full store, closed, under the name "s". Numbers of events below are those of care_fill(). */
static void start(void)
{
    care_start();
    ofp_store *store = care_open("s");
    care_fill(store);
    ofp_store_close(store);
}

/* A copy of the store, "t", that was changed. @param chained the chain is made to fit again */
static void change_copy(const char *sql, bool chained)
{
    size_t size;
    char *bytes = care_read(care_path("s"), &size);
    care_write(care_path("t"), bytes, size);
    free(bytes);
    care_tamper(care_path("t"), sql);
    if (chained)
        care_rechain(care_path("t"));
}

/* What a check of the copy says. @return the caller frees it; NULL: nothing */
static ofp_error *check_copy(void)
{
    ofp_error *error = NULL;
    /* Where it can't write, SQLite does not look at CHECK constraints. */
    ofp_store *store = care_open_as("t", OFP_STORE_WRITE);
    const ofp_status status = ofp_store_check(store, &error);
    ck_assert_int_eq(status, error ? ofp_error_status(error) : OFP_STATUS_OK);
    ofp_store_close(store);
    return error;
}

/* Something that is changed in the file, and what a check then says first. */
typedef struct tampering {
    const char *sql;
    const char *message;
    size_t others; /* how many things more it says */
} tampering;

static void expect_finding(const tampering *done, bool chained, ofp_code code)
{
    change_copy(done->sql, chained);
    ofp_error *error = check_copy();
    ck_assert_msg(error != NULL, "%s: nothing was found", done->sql);
    const ofp_diagnostic *first = ofp_error_first(error), *more = ofp_error_diagnostic(error, 1);
    ck_assert_int_eq(ofp_error_status(error), OFP_STATUS_CORRUPT);
    ck_assert_msg(strcmp(first->message, done->message) == 0 && first->code == code, "%s: %s %s",
                  done->sql, ofp_code_name(first->code), first->message);
    ck_assert_msg(ofp_error_count(error) == 1 + done->others, "%s: %zu, also %s", done->sql,
                  ofp_error_count(error), more ? more->message : "nothing");
    ck_assert_str_eq(first->source, care_path("t"));
    ofp_error_free(error);
}

#define EXPECT_FINDINGS(list, chained, code) \
    do { \
        for (size_t i_ = 0; i_ < sizeof(list) / sizeof *(list); i_++) \
            expect_finding(&(list)[i_], chained, code); \
    } while (0)

START_TEST(finds_nothing_wrong_with_a_sound_store)
{
    static const ofp_store_mode modes[] = {OFP_STORE_READ, OFP_STORE_WRITE};
    for (size_t i = 0; i < 2; i++) {
        ofp_store *store = care_open_as("s", modes[i]);
        expect_ok(ofp_store_check(store, &error));
        ck_assert_int_eq(ofp_store_check(store, NULL), OFP_STATUS_OK);
        ofp_store_close(store);
    }
    ofp_store *store = care_open("empty");
    expect_ok(ofp_store_check(store, &error));
    ofp_store_close(store);
}
END_TEST

START_TEST(finds_changed_events)
{
    static const tampering list[] = {
        {"UPDATE audit SET reason = 'x' WHERE seq = 6",
         "event 6 of the audit log is not what was written"},
        {"UPDATE audit SET at = at + 1 WHERE seq = 1",
         "event 1 of the audit log is not what was written"},
        {"UPDATE audit SET role = 'x' WHERE seq = 26; UPDATE audit SET policy = '' WHERE seq = 9",
         "event 9 of the audit log is not what was written", .others = 1},
        {"UPDATE audit SET hash = zeroblob(32) WHERE seq = 26",
         "event 26 of the audit log is not what was written"},
        {"UPDATE audit SET hash = zeroblob(32) WHERE seq = 7",
         "event 7 of the audit log is not what was written", .others = 1},
        {"UPDATE audit SET previous = zeroblob(32) WHERE seq = 7",
         "event 7 of the audit log does not follow the one before it", .others = 1},
    };
    EXPECT_FINDINGS(list, false, OFP_CODE_AUDIT_CHANGED);
}
END_TEST

/* What depends on an event's number is made to fit. */
START_TEST(finds_events_that_were_removed_added_or_moved)
{
    static const tampering list[] = {
        {"PRAGMA foreign_keys = OFF; DELETE FROM actions WHERE event = 10;"
         "DELETE FROM audit WHERE seq = 10",
         "the audit log has no event 10: after 9 comes 11"},
        {"DELETE FROM decisions; DELETE FROM actions; DELETE FROM audit; DELETE FROM migrations",
         "the audit log is empty"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM audit WHERE seq = 1",
         "the audit log has no event 1: after 0 comes 2"},
        {"PRAGMA foreign_keys = OFF; CREATE TEMP TABLE two AS SELECT * FROM audit WHERE seq IN (7, "
         "9);"
         "UPDATE audit SET (at, reason, actor) = ('1', '', '') WHERE seq = 0;"
         "UPDATE audit SET key = NULL, command = NULL WHERE seq = 7;",
         "event 7 of the audit log is not what was written"},
    };
    EXPECT_FINDINGS(list, false, OFP_CODE_AUDIT_CHANGED);
}
END_TEST

/* Somebody who knows how changes a record and makes the chain fit: its life does not. */
START_TEST(finds_lives_that_can_not_be)
{
#define RECORD(seq, member, value) \
    "UPDATE audit SET record = json_set(record, '$." member "', " value ") WHERE seq = " #seq
    static const tampering list[] = {
        {RECORD(11, "revision", "3"), "event 11 (approve) of M-5: its revision does not follow",
         .others = 1},
        {RECORD(11, "status", "'refused'"),
         "event 11 (approve) of M-5: its status is not what this leads to", .others = 1},
        {RECORD(15, "settled", "1"), "event 15 (approve) of M-6: it must not be settled",
         .others = 1},
        {RECORD(11, "due_at", "NULL"),
         "event 11 (approve) of M-5: due_at does not fit to whether it is settled"},
        {RECORD(11, "due_at", "1"),
         "event 11 (approve) of M-5: due_at does not lie between this and its end"},
        {RECORD(11, "org_name", "'Other'"),
         "event 11 (approve) of M-5: something has changed that a request fixes", .others = 1},
        {RECORD(11, "owner", "'nobody'"),
         "event 11 (approve) of M-5: something has changed that a request fixes", .others = 1},
        {RECORD(11, "org", "'other'"),
         "event 11 (approve) of M-5: it tells of another migration or org", .others = 1},
        {RECORD(11, "number", "7"),
         "event 11 (approve) of M-5: it tells of another migration or org"},
        {RECORD(11, "target_date", "1"),
         "event 11 (approve) of M-5: its target date does not follow", .others = 1},
        {RECORD(11, "extensions", "1"),
         "event 11 (approve) of M-5: its number of extensions does not follow", .others = 1},
        {RECORD(11, "changed_at", "1"),
         "event 11 (approve) of M-5: changed_at is not when its last step was taken"},
        {RECORD(11, "decided_by", "'bob'"), "event 11 (approve) of M-5: it was not decided so",
         .others = 1},
        {RECORD(11, "closed_by", "'bob'"), "event 11 (approve) of M-5: it was not closed so",
         .others = 1},
        {RECORD(9, "requested_by", "'bob'"), "event 9 (request) of M-5: it was not requested so",
         .others = 1},
        {RECORD(12, "ends_at", "1"),
         "event 12 (extend) of M-5: due_at does not lie between this and its end", .others = 1},
        {RECORD(20, "ends_at", "1"), "event 20 (end) of M-7: ends_at does not follow", .others = 1},
        {RECORD(17, "ends_at", "1"), "event 17 (complete) of M-6: ends_at does not follow",
         .others = 1},
        {"UPDATE audit SET role = CAST(x'ff' AS TEXT) WHERE seq = 12",
         "event 12 has a text that is not valid UTF-8, or has a zero byte", .others = 1},
        {RECORD(12, "policy", "json('\"\\ud800\"')"),
         "the record of event 12 has a text that is not valid UTF-8, or has a zero byte"},
        {"UPDATE audit SET previous_date = 3 WHERE seq = 12",
         "event 12 (extend) of M-5: previous_date is not the date before"},
        {"UPDATE audit SET previous_date = 3 WHERE seq = 11",
         "event 11 (approve) of M-5: previous_date is not the date before"},
        {"UPDATE audit SET kind = 'cancel' WHERE seq = 6",
         "event 6 (cancel) of M-3: its status is not what this leads to"},
        {"UPDATE audit SET kind = 'request' WHERE seq = 6",
         "event 6 (request) of M-3: the migration was there already"},
        {"UPDATE audit SET kind = 'approve' WHERE seq = 2",
         "event 2 (approve) of M-1: the migration was not there yet", .others = 1},
        {"UPDATE audit SET kind = 'expire' WHERE seq = 16",
         "event 16 (expire) of M-6: this is on the wrong side of its end", .others = 1},
        {"UPDATE audit SET at = at + 8640000 WHERE seq = 20",
         "event 20 (end) of M-7: this is on the wrong side of its end", .others = 2},
        {"UPDATE audit SET at = 1 WHERE seq = 20",
         "event 20 (end) of M-7: this is before its last step", .others = 2},
        {"UPDATE audit SET actor = NULL WHERE seq = 12",
         "event 12 (extend) of M-5: nobody has done it"},
        {"UPDATE audit SET actor = 'bob' WHERE seq = 10",
         "event 10 (remind) of M-5: a sweep is nobody's deed"},
    };
    EXPECT_FINDINGS(list, true, OFP_CODE_STORE_INCONSISTENT);
}
END_TEST

START_TEST(finds_records_that_no_event_tells_of)
{
    static const tampering list[] = {
        {"UPDATE migrations SET owner = 'eve' WHERE number = 2",
         "M-2 is not what its newest event, 4, says: owner"},
        {"UPDATE migrations SET (ends_at, evidence) = (ends_at + 1, 'x') WHERE number = 5",
         "M-5 is not what its newest event, 13, says: ends_at, evidence"},
        {"CREATE TEMP TABLE one AS SELECT * FROM migrations WHERE number = 1;"
         "UPDATE one SET number = 99; INSERT INTO migrations SELECT * FROM one",
         "M-99 is in no event of the audit log"},
        {"UPDATE actions SET event = 3 WHERE seq = 1",
         "action 1 does not belong to event 3, which it names"},
        {"UPDATE actions SET migration = 2 WHERE seq = 1",
         "action 1 does not belong to event 2, which it names"},
        {"UPDATE actions SET org = 'other' WHERE seq = 1",
         "action 1 does not belong to event 2, which it names"},
        {"UPDATE actions SET created_at = 1 WHERE seq = 1",
         "action 1 does not belong to event 2, which it names"},
        {"UPDATE actions SET kind = 'org.add_note' WHERE seq = 1",
         "action 1 does not belong to event 2, which it names"},
        {"UPDATE decisions SET request = '{' WHERE seq = 2", "logged decision 2 is no JSON"},
        {"UPDATE decisions SET decision = '' WHERE seq = 1", "logged decision 1 is no JSON"},
        {"UPDATE actions SET text = CAST(x'ff' AS TEXT) WHERE seq = 1",
         "action 1 has a text that is not valid UTF-8, or has a zero byte"},
        {"UPDATE actions SET problem = CAST(x'6100' AS TEXT) WHERE seq = 1",
         "action 1 has a text that is not valid UTF-8, or has a zero byte"},
        {"UPDATE decisions SET ticket = CAST(x'c3' AS TEXT) WHERE seq = 1",
         "logged decision 1 has a text that is not valid UTF-8, or has a zero byte"},
        {"PRAGMA foreign_keys = OFF; UPDATE actions SET migration = 77 WHERE seq = 1",
         "row 1 of the table \"actions\" names a row of \"migrations\" that is not there"},
    };
    EXPECT_FINDINGS(list, false, OFP_CODE_STORE_INCONSISTENT);
}
END_TEST

/* What can't be read as a record is a finding, too, whoever made the chain fit. */
START_TEST(finds_events_that_can_not_be_read)
{
    static const tampering unreadable[] = {
        {"UPDATE audit SET record = '{' WHERE seq = 2",
         "event 2 of the audit log has no record that can be read"},
        {"UPDATE audit SET kind = 'create' WHERE seq = 2",
         "event 2 is \"create\": the first event of a store is \"create\", and no other one",
         .others = 1},
        {"UPDATE audit SET kind = 'prune_log' WHERE seq = 2",
         "event 2 is \"prune_log\", which is no event of a migration", .others = 1},
        {"UPDATE audit SET (migration, org, record) = (NULL, NULL, NULL) WHERE seq = 12",
         "event 12 is \"extend\", which is no event of the whole store", .others = 3},
        {"UPDATE audit SET kind = 'refuse' WHERE seq = 1",
         "event 1 is \"refuse\": the first event of a store is \"create\", and no other one"},
    };
    static const tampering unknown[] = {
        {"UPDATE audit SET kind = 'bless' WHERE seq = 4",
         "the store is damaged: event 4 is not one that could have been written", .others = 2},
        {"UPDATE audit SET record = '{}' WHERE seq = 11",
         "the store is damaged: event 11 is not one that could have been written", .others = 1},
        {"UPDATE audit SET record = json_set(record, '$.status', 'blessed') WHERE seq = 11",
         "the store is damaged: event 11 is not one that could have been written", .others = 1},
    };
    EXPECT_FINDINGS(unreadable, true, OFP_CODE_STORE_INCONSISTENT);
    EXPECT_FINDINGS(unknown, true, OFP_CODE_STORE_CORRUPT);
}
END_TEST

/* SQLite's own findings come alone: what is in a damaged file means little. */
START_TEST(finds_what_a_table_does_not_allow)
{
    static const tampering list[] = {
        {"PRAGMA ignore_check_constraints = ON;"
         "UPDATE migrations SET revision = -1 WHERE number > 7",
         "the file is damaged: CHECK constraint failed in migrations", .others = 1},
    };
    EXPECT_FINDINGS(list, false, OFP_CODE_STORE_CORRUPT);
}
END_TEST

/* Each page in turn is garbage: a status, whatever is asked for. */
START_TEST(finds_damaged_pages)
{
    enum { PAGE = 4096 };
    size_t size;
    char *bytes = care_read(care_path("s"), &size);
    ck_assert_uint_gt(size, 20 * PAGE);
    for (size_t page = 1; page < size / PAGE; page++) {
        char kept[PAGE];
        memcpy(kept, bytes + page * PAGE, PAGE);
        memset(bytes + page * PAGE, (int)(page * 37), PAGE);
        care_write(care_path("t"), bytes, size);
        memcpy(bytes + page * PAGE, kept, PAGE);
        const ofp_store_options options = {.size = sizeof options};
        ofp_store *store = NULL;
        ofp_status status = ofp_store_open(care_path("t"), &options, &store, NULL);
        if (!status)
            status = ofp_store_check(store, NULL);
        ck_assert_msg(status == OFP_STATUS_CORRUPT, "page %zu: %s", page, ofp_status_name(status));
        ofp_store_close(store);
    }
    free(bytes);
}
END_TEST

START_TEST(keeps_a_thousand_findings)
{
    change_copy("WITH RECURSIVE numbers (n) AS (SELECT 101 UNION ALL SELECT n + 1 FROM numbers "
                "WHERE n < 1700) INSERT INTO actions SELECT n, 'key-' || n, event, migration, "
                "'other', kind, tag, text, owner, unless_offering, unless_level, not_before, "
                "created_at, state, attempts, retry_at, problem, settled_at "
                "FROM numbers, actions WHERE seq = 1",
                false);
    ofp_error *error = check_copy();
    ck_assert_uint_eq(ofp_error_count(error), 1000);
    ck_assert_str_eq(ofp_error_message(error),
                     "action 101 does not belong to event 2, which it names");
    ofp_error_free(error);
}
END_TEST

START_TEST(looks_at_one_moment)
{
    ofp_store *store = care_open("s"), *other = care_open("s");
    expect_ok(ofp_store_hold(store, &error));
    care_request(other, "new", START);
    expect_ok(ofp_store_check(store, &error));
    ofp_store_release(store);
    expect_ok(ofp_store_check(store, &error));
    ofp_store_close(other);
    ofp_store_close(store);
}
END_TEST

TCase *care_check_case(void)
{
    TCase *tests = tcase_create("care: check");
    tcase_add_checked_fixture(tests, start, care_stop);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, finds_nothing_wrong_with_a_sound_store);
    tcase_add_test(tests, finds_changed_events);
    tcase_add_test(tests, finds_events_that_were_removed_added_or_moved);
    tcase_add_test(tests, finds_lives_that_can_not_be);
    tcase_add_test(tests, finds_records_that_no_event_tells_of);
    tcase_add_test(tests, finds_events_that_can_not_be_read);
    tcase_add_test(tests, finds_what_a_table_does_not_allow);
    tcase_add_test(tests, finds_damaged_pages);
    tcase_add_test(tests, keeps_a_thousand_findings);
    tcase_add_test(tests, looks_at_one_moment);
    return tests;
}
