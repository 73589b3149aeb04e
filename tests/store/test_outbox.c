/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <offerpolicy/migration.h>

#include "cases.h"
#include "expect.h"
#include "place.h"

static ofp_store *store;

static void start(void)
{
    place_start();
    store = place_open(OFP_STORE_CREATE);
    const ofp_migration_record record = sample_migration("acme");
    put_migration(store, &record);
    put_migration(store, &record);
}

static void stop(void)
{
    store = ofp_store_close(store);
    place_stop();
}

static void put(const char *migration, const char *key, int64_t not_before)
{
    ofp_host_action action = sample_action(migration, key);
    action.not_before = not_before;
    put_action(store, &action);
}

/* The keys of the actions that are listed at an instant, and "+" if there are more. */
static const char *keys_after(int64_t at, int64_t after, size_t limit)
{
    static char found[200];
    size_t count;
    ofp_records *records;
    found[0] = '\0';
    expect_ok(ofp_store_actions(store, at, after, limit, &records, &error));
    const ofp_host_action *actions = ofp_records_actions(records, &count);
    for (size_t i = 0; i < count; i++)
        strcat(found, actions[i].key.data);
    strcat(found, ofp_records_more(records) ? "+" : "");
    ofp_records_free(records);
    return found;
}

static const char *keys(int64_t at)
{
    return keys_after(at, 0, 0);
}

static void note_failure(const char *key, int64_t at, int64_t retry_after)
{
    expect_ok(
        ofp_store_fail(store, ofp_text_of(key), at, retry_after, ofp_text_of("no answer"), &error));
}

/* The action as it is now. */
static ofp_host_action look_up(const char *id, size_t index, ofp_records **ret)
{
    size_t count;
    expect_ok(ofp_store_find(store, ofp_text_of(id), ret, &error));
    const ofp_host_action *actions = ofp_records_actions(*ret, &count);
    ck_assert_uint_lt(index, count);
    return actions[index];
}

START_TEST(actions_come_back_as_they_were)
{
    ofp_records *records;
    ofp_host_action full = sample_action("M-2", "k");
    full.text = ofp_text_of("a\ntext");
    full.owner = ofp_text_of("olga");
    full.unless_offering = ofp_text_of("saas");
    full.unless_level = ofp_text_of("premium");
    full.not_before = NOON + 7;
    put_action(store, &full);
    const ofp_host_action read = look_up("M-2", 0, &records);
    ck_assert_int_eq(read.seq, 1);
    expect_text(read.key, "k");
    ck_assert_int_eq(read.kind, OFP_HOST_ADD_TAG);
    expect_text(read.migration, "M-2");
    expect_text(read.org, "acme");
    expect_text(read.tag, "sub_saas_ultimate");
    expect_text(read.text, "a\ntext");
    expect_text(read.owner, "olga");
    expect_text(read.unless_offering, "saas");
    expect_text(read.unless_level, "premium");
    ck_assert_int_eq(read.not_before, NOON + 7);
    ck_assert_int_eq(read.created_at, NOON);
    ck_assert_int_eq(read.state, OFP_HOST_PENDING);
    ck_assert_int_eq(read.attempts, 0);
    ck_assert_int_eq(read.retry_at, OFP_INSTANT_NONE);
    ck_assert_ptr_null(read.problem.data);
    ck_assert_int_eq(read.settled_at, OFP_INSTANT_NONE);
    ofp_records_free(records);
}
END_TEST

START_TEST(lists_the_oldest_first)
{
    put("M-2", "a", OFP_INSTANT_NONE);
    put("M-1", "b", NOON + 10);
    put("M-1", "c", OFP_INSTANT_NONE);
    ck_assert_str_eq(keys(NOON), "ac");
    ck_assert_str_eq(keys(NOON + 9), "ac");
    ck_assert_str_eq(keys(NOON + 10), "abc");
    ck_assert_str_eq(keys_after(NOON + 10, 0, 2), "ab+");
    ck_assert_str_eq(keys_after(NOON + 10, 2, 2), "c");
    ck_assert_str_eq(keys_after(NOON + 10, 0, 3), "abc");
    ck_assert_str_eq(keys_after(NOON + 10, 3, 3), "");
}
END_TEST

START_TEST(a_failure_holds_up_its_own_migration)
{
    put("M-1", "a", OFP_INSTANT_NONE);
    put("M-1", "b", OFP_INSTANT_NONE);
    put("M-2", "c", OFP_INSTANT_NONE);
    put("M-1", "d", OFP_INSTANT_NONE);
    note_failure("b", NOON, 60);
    ck_assert_str_eq(keys(NOON), "ac");
    ck_assert_str_eq(keys(NOON + 59), "ac");
    ck_assert_str_eq(keys(NOON + 60), "abcd");
    note_failure("b", NOON + 60, 0);
    ck_assert_str_eq(keys(NOON + 60), "abcd");
    note_failure("b", NOON + 60, 60);
    expect_ok(ofp_store_ack(store, ofp_text_of("b"), NOON + 61, &error));
    ck_assert_str_eq(keys(NOON + 61), "acd");
}
END_TEST

START_TEST(notes_what_failed)
{
    ofp_records *records;
    put("M-1", "a", OFP_INSTANT_NONE);
    note_failure("a", NOON + 5, 60);
    expect_ok(ofp_store_fail(store, ofp_text_of("a"), NOON + 70, 30, (ofp_text){0}, &error));
    note_failure("a", NOON + 100, 600);
    const ofp_host_action action = look_up("M-1", 0, &records);
    ck_assert_int_eq(action.attempts, 3);
    ck_assert_int_eq(action.retry_at, NOON + 700);
    expect_text(action.problem, "no answer");
    ck_assert_int_eq(action.state, OFP_HOST_PENDING);
    ofp_records_free(records);
}
END_TEST

START_TEST(acknowledging_settles_once)
{
    ofp_records *records;
    const ofp_text key = ofp_text_of("a");
    put("M-1", "a", OFP_INSTANT_NONE);
    expect_ok(ofp_store_ack(store, key, NOON + 5, &error));
    expect_ok(ofp_store_ack(store, key, NOON + 9, &error));
    ck_assert_str_eq(keys(NOON + 10), "");
    const ofp_host_action action = look_up("M-1", 0, &records);
    ck_assert_int_eq(action.state, OFP_HOST_DONE);
    ck_assert_int_eq(action.settled_at, NOON + 5);
    ofp_records_free(records);
    expect_failure(ofp_store_fail(store, key, NOON, 0, (ofp_text){0}, &error),
                   OFP_CODE_ACTION_SETTLED);
}
END_TEST

START_TEST(withdraws_what_is_pending)
{
    ofp_records *records;
    const ofp_text tag = ofp_text_of("sub_saas_ultimate");
    ofp_host_action remove = sample_action("M-1", "a"), other = sample_action("M-1", "b");
    remove.kind = OFP_HOST_REMOVE_TAG;
    other.kind = OFP_HOST_REMOVE_TAG;
    other.tag = ofp_text_of("another");
    put_action(store, &remove);
    put_action(store, &other);
    put("M-1", "c", OFP_INSTANT_NONE);
    remove.key = ofp_text_of("d");
    remove.org = ofp_text_of("others");
    put_action(store, &remove);
    remove.key = ofp_text_of("e");
    remove.org = ofp_text_of("acme");
    put_action(store, &remove);
    expect_ok(ofp_store_ack(store, ofp_text_of("e"), NOON, &error));
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_withdraw(store, ofp_text_of("acme"), OFP_HOST_REMOVE_TAG, tag, NOON + 3,
                                  &error));
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_str_eq(keys(NOON), "bcd");
    const ofp_host_action action = look_up("M-1", 0, &records);
    ck_assert_int_eq(action.state, OFP_HOST_WITHDRAWN);
    ck_assert_int_eq(action.settled_at, NOON + 3);
    ofp_records_free(records);
    /* A host that carried it out before it knew has nothing left to do. */
    expect_ok(ofp_store_ack(store, ofp_text_of("a"), NOON + 9, &error));
    expect_failure(ofp_store_fail(store, ofp_text_of("a"), NOON, 0, (ofp_text){0}, &error),
                   OFP_CODE_ACTION_SETTLED);
    ck_assert_int_eq(place_number("SELECT count(*) FROM actions WHERE state = 'withdrawn'"), 1);
}
END_TEST

START_TEST(refuses_wrong_input)
{
    ofp_records *records;
    const ofp_text key = ofp_text_of("a"), none = {0};
    put("M-1", "a", OFP_INSTANT_NONE);
    expect_failure(ofp_store_actions(store, -1, 0, 0, &records, &error), OFP_CODE_INSTANT_RANGE);
    expect_failure(ofp_store_ack(store, key, OFP_INSTANT_NONE, &error), OFP_CODE_INSTANT_RANGE);
    expect_failure(ofp_store_ack(store, ofp_text_of("b"), NOON, &error), OFP_CODE_UNKNOWN_ACTION);
    expect_failure(ofp_store_ack(store, OFP_LITERAL("a\0"), NOON, &error), OFP_CODE_UNKNOWN_ACTION);
    expect_failure(ofp_store_ack(store, none, NOON, &error), OFP_CODE_UNKNOWN_ACTION);
    expect_failure(ofp_store_fail(store, ofp_text_of("b"), NOON, 0, none, &error),
                   OFP_CODE_UNKNOWN_ACTION);
    expect_failure(ofp_store_fail(store, key, OFP_INSTANT_END, 0, none, &error),
                   OFP_CODE_INSTANT_RANGE);
    expect_failure(ofp_store_fail(store, key, NOON, -1, none, &error), OFP_CODE_MISUSE);
    expect_failure(ofp_store_fail(store, key, NOON, INT64_MAX, none, &error), OFP_CODE_MISUSE);
    expect_failure(ofp_store_fail(store, key, NOON, 0, OFP_LITERAL("\xFF"), &error),
                   OFP_CODE_STEP_TEXT_INVALID);
    expect_failure(ofp_store_fail(store, key, NOON, 0, OFP_LITERAL("a\0b"), &error),
                   OFP_CODE_STEP_TEXT_INVALID);
    ofp_text longest = {calloc(1, OFP_REASON_LIMIT + 1), OFP_REASON_LIMIT + 1};
    memset((char *)longest.data, 'x', longest.size);
    expect_failure(ofp_store_fail(store, key, NOON, 0, longest, &error),
                   OFP_CODE_STEP_TEXT_TOO_LONG);
    longest.size--;
    expect_ok(ofp_store_fail(store, key, NOON, 0, longest, &error));
    free((char *)longest.data);
    ck_assert_int_eq(place_number("SELECT attempts FROM actions"), 1);
    ck_assert_int_eq(place_number("SELECT length(problem) FROM actions"), OFP_REASON_LIMIT);
}
END_TEST

TCase *outbox_case(void)
{
    TCase *tcase = tcase_create("outbox");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, actions_come_back_as_they_were);
    tcase_add_test(tcase, lists_the_oldest_first);
    tcase_add_test(tcase, a_failure_holds_up_its_own_migration);
    tcase_add_test(tcase, notes_what_failed);
    tcase_add_test(tcase, acknowledging_settles_once);
    tcase_add_test(tcase, withdraws_what_is_pending);
    tcase_add_test(tcase, refuses_wrong_input);
    return tcase;
}
