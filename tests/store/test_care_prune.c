/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/migration.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"

static ofp_store *store;

static void start(void)
{
    care_start();
    store = care_open("s");
    care_fill(store);
}

static void stop(void)
{
    ofp_store_close(store);
    care_stop();
}

static const ofp_deed deed = {
    .at = START + 5 * (int64_t)DAY,
    .actor = {"cron", 4},
    .role = {"admin", 5},
    .reason = {"kept for\n90 days", 16},
};

static void expect_log(size_t count, const char *first)
{
    ofp_log_filter filter = OFP_LOG_FILTER_INIT;
    ofp_records *records = NULL;
    expect_ok(ofp_store_log(store, &filter, &records, &error));
    size_t got;
    const ofp_logged_decision *decisions = ofp_records_decisions(records, &got);
    ck_assert_uint_eq(got, count);
    if (first)
        expect_text(decisions[0].ticket, "T-2");
    ofp_records_free(records);
}

START_TEST(forgets_what_is_older)
{
    int64_t count = -1;
    expect_ok(ofp_store_prune_log(store, START + 1, &deed, &count, &error));
    ck_assert_int_eq(count, 1);
    expect_log(1, "T-2");
    expect_ok(ofp_store_check(store, &error));
    expect_ok(ofp_store_prune_log(store, START + 2 * (int64_t)DAY, &deed, NULL, &error));
    expect_log(0, NULL);
}
END_TEST

START_TEST(says_so_in_the_audit_log)
{
    ofp_event_filter filter = OFP_EVENT_FILTER_INIT;
    ofp_records *records = NULL;
    size_t count;
    filter.after = 26;
    expect_ok(ofp_store_prune_log(store, START + 1, &deed, NULL, &error));
    expect_ok(ofp_store_events(store, &filter, &records, &error));
    const ofp_event *event = ofp_records_events(records, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(event->kind, OFP_EVENT_PRUNE_LOG);
    ck_assert_int_eq(event->at, deed.at);
    expect_text(event->actor, "cron");
    expect_text(event->role, "admin");
    expect_text(event->reason, "kept for\n90 days");
    expect_text(event->detail, "forgot 1 logged decision from before 2026-01-01T00:00:01Z");
    ck_assert_ptr_null(event->migration);
    ofp_records_free(records);
}
END_TEST

/* Nothing to forget is nothing to tell: cron may come every night. */
START_TEST(writes_nothing_if_there_is_nothing_to_forget)
{
    int64_t count = -1;
    ofp_store_stats stats = {.size = sizeof stats};
    expect_ok(ofp_store_prune_log(store, START, &deed, &count, &error));
    ck_assert_int_eq(count, 0);
    expect_ok(ofp_store_get_stats(store, START, &stats, &error));
    ck_assert_int_eq(stats.events, 26);
    ck_assert_int_eq(stats.decisions, 2);
}
END_TEST

static bool contains(const char *name, const char *text)
{
    size_t size;
    char *bytes = care_read(care_path(name), &size);
    const bool found = memmem(bytes, size, text, strlen(text)) != NULL;
    free(bytes);
    return found;
}

/* Not even the file has it any more. */
START_TEST(leaves_no_trace_in_the_files)
{
    static const char secret[] = "4711-is-a-number-of-nobody-else";
    const ofp_logged_decision logged = {
        .at = START,
        .ticket = ofp_text_of(secret),
        .request = ofp_text_of("{}"),
        .decision = ofp_text_of("{}"),
        .policy_digest = ofp_text_of("sha256:00"),
        .tzdata = ofp_text_of("2026a"),
    };
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_log(store, &logged, 1, &error));
    expect_ok(ofp_store_commit(store, &error));
    ck_assert(contains("s", secret) || contains("s-wal", secret));
    expect_ok(ofp_store_prune_log(store, START + 1, &deed, NULL, &error));
    ck_assert(!contains("s", secret) && !contains("s-wal", secret));
}
END_TEST

START_TEST(checks_the_deed)
{
    static char long_text[OFP_REASON_LIMIT + 2];
    memset(long_text, 'x', sizeof long_text - 1);
    const ofp_text person = {long_text, OFP_PERSON_LIMIT}, too_long = {long_text, 256};
    const ofp_text reason = {long_text, OFP_REASON_LIMIT};
    const ofp_text endless = {long_text, OFP_REASON_LIMIT + 1};
    const struct {
        ofp_deed deed;
        ofp_code code;
    } list[] = {
        {{.at = -1, .actor = deed.actor}, OFP_CODE_INSTANT_RANGE},
        {{.at = OFP_INSTANT_NONE, .actor = deed.actor}, OFP_CODE_INSTANT_RANGE},
        {{.at = OFP_INSTANT_END, .actor = deed.actor}, OFP_CODE_INSTANT_RANGE},
        {{.at = 1}, OFP_CODE_STEP_INCOMPLETE},
        {{.at = 1, .actor = {"", 0}}, OFP_CODE_STEP_INCOMPLETE},
        {{.at = 1, .actor = too_long}, OFP_CODE_STEP_TEXT_TOO_LONG},
        {{.at = 1, .actor = person, .role = too_long}, OFP_CODE_STEP_TEXT_TOO_LONG},
        {{.at = 1, .actor = person, .reason = endless}, OFP_CODE_STEP_TEXT_TOO_LONG},
        {{.at = 1, .actor = {"a\nb", 3}}, OFP_CODE_STEP_TEXT_INVALID},
        {{.at = 1, .actor = {"a\xFF", 2}}, OFP_CODE_STEP_TEXT_INVALID},
        {{.at = 1, .actor = {"a\0", 2}}, OFP_CODE_STEP_TEXT_INVALID},
        {{.at = 1, .actor = person, .role = {"\x1b[1m", 4}}, OFP_CODE_STEP_TEXT_INVALID},
        {{.at = 1, .actor = person, .reason = {"a\x07", 2}}, OFP_CODE_STEP_TEXT_INVALID},
        {{.at = 1, .actor = person, .reason = {"\xE2\x80\xAE", 3}}, OFP_CODE_STEP_TEXT_INVALID},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        expect_failure(ofp_store_prune_log(store, START + 1, &list[i].deed, NULL, &error),
                       list[i].code);
    expect_log(2, NULL);
    const ofp_deed longest = {.at = 0, .actor = person, .role = person, .reason = reason};
    expect_ok(ofp_store_prune_log(store, START + 1, &longest, NULL, &error));
    expect_log(1, "T-2");
}
END_TEST

START_TEST(needs_a_store_that_can_be_written)
{
    ofp_store *reader = care_open_as("s", OFP_STORE_READ);
    expect_failure(ofp_store_prune_log(reader, START + 1, &deed, NULL, &error),
                   OFP_CODE_STORE_READ_ONLY);
    ofp_store_close(reader);
    expect_log(2, NULL);
}
END_TEST

TCase *care_prune_case(void)
{
    TCase *tests = tcase_create("care: prune");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, forgets_what_is_older);
    tcase_add_test(tests, says_so_in_the_audit_log);
    tcase_add_test(tests, writes_nothing_if_there_is_nothing_to_forget);
    tcase_add_test(tests, leaves_no_trace_in_the_files);
    tcase_add_test(tests, checks_the_deed);
    tcase_add_test(tests, needs_a_store_that_can_be_written);
    return tests;
}
