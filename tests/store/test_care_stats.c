/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"

START_TEST(counts_an_empty_store)
{
    ofp_store *store = care_open("s");
    ofp_store_stats stats = {.size = sizeof stats};
    expect_ok(ofp_store_get_stats(store, START, &stats, &error));
    const ofp_store_stats wanted = {.size = sizeof stats,
                                    .schema = OFP_STORE_SCHEMA,
                                    .bytes = stats.bytes,
                                    .events = 1,
                                    .oldest_pending = OFP_INSTANT_NONE};
    ck_assert_int_gt(stats.bytes, 0);
    ck_assert_int_eq(stats.bytes % 4096, 0);
    ck_assert_mem_eq(&stats, &wanted, sizeof stats);
    ofp_store_close(store);
}
END_TEST

START_TEST(counts_what_there_is)
{
    ofp_store *store = care_open("s");
    ofp_store_stats stats = {.size = sizeof stats};
    care_fill(store);
    expect_ok(ofp_store_fail(store, ofp_text_of("v1:M-2-3-0"), START, 60, (ofp_text){0}, &error));
    expect_ok(ofp_store_ack(store, ofp_text_of("v1:M-1-2-0"), START, &error));
    expect_ok(ofp_store_get_stats(store, START + 20 * DAY, &stats, &error));
    ck_assert_int_eq(stats.migrations, 9);
    /* M-1 waits, and M-9 as its end has not passed yet; live are M-2, M-5 and M-8. */
    ck_assert_int_eq(stats.open, 2);
    ck_assert_int_eq(stats.live, 3);
    ck_assert_int_eq(stats.overdue, 0);
    ck_assert_int_eq(stats.pending_actions, 32);
    ck_assert_int_eq(stats.failed_actions, 1);
    ck_assert_int_eq(stats.oldest_pending, START + 60);
    ck_assert_int_eq(stats.events, 26);
    ck_assert_int_eq(stats.decisions, 2);
    ofp_store_close(store);
}
END_TEST

/* An end is the first instant after it. */
START_TEST(knows_what_is_overdue)
{
    static const struct {
        int64_t at, open, live, overdue;
    } wanted[] = {{START + 31 * (int64_t)DAY - 1, 2, 3, 0},
                  {START + 31 * (int64_t)DAY, 0, 2, 2},
                  {START + 51 * (int64_t)DAY, 0, 1, 2},
                  {START + 71 * (int64_t)DAY, 0, 0, 3}};
    ofp_store *store = care_open("s");
    care_fill(store);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ofp_store_stats stats = {.size = sizeof stats};
        expect_ok(ofp_store_get_stats(store, wanted[i].at, &stats, &error));
        ck_assert_int_eq(stats.open, wanted[i].open);
        ck_assert_int_eq(stats.live, wanted[i].live);
        ck_assert_int_eq(stats.overdue, wanted[i].overdue);
    }
    ofp_store_close(store);
}
END_TEST

/* A program of an older header gets what it knows, and nothing behind it is touched. */
START_TEST(fills_as_much_as_the_program_knows)
{
    ofp_store *store = care_open("s");
    ofp_store_stats stats;
    memset(&stats, 0x55, sizeof stats);
    stats.size = offsetof(ofp_store_stats, open);
    expect_ok(ofp_store_get_stats(store, START, &stats, &error));
    ck_assert_uint_eq(stats.size, offsetof(ofp_store_stats, open));
    ck_assert_int_eq(stats.migrations, 0);
    ck_assert_int_eq(stats.open, 0x5555555555555555);
    stats.size = 0;
    expect_failure(ofp_store_get_stats(store, START, &stats, &error), OFP_CODE_MISUSE);
    ofp_store_close(store);
}
END_TEST

TCase *care_stats_case(void)
{
    TCase *tests = tcase_create("care: stats");
    tcase_add_checked_fixture(tests, care_start, care_stop);
    tcase_add_test(tests, counts_an_empty_store);
    tcase_add_test(tests, counts_what_there_is);
    tcase_add_test(tests, knows_what_is_overdue);
    tcase_add_test(tests, fills_as_much_as_the_program_knows);
    return tests;
}
