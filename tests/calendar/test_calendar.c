/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "sample.h"

enum { HOUR = 3600 };

/* Amsterdam, Monday to Friday with a lunch break; winter time is UTC+1. */
static void start_office(test_calendar *office)
{
    sample_start(office, "Europe/Amsterdam");
    sample_week(office, 0, 4, "08:00-12:30 13:00-18:00");
}

START_TEST(adds_open_time)
{
    test_calendar office;
    start_office(&office);
    const ofp_calendar *calendar = sample_calendar(&office);
    const int64_t friday = instant_of("2026-11-20T16:00:00Z"); /* 17:00 there */
    expect_at(due(calendar, friday, 0), "2026-11-20T16:00:00Z");
    expect_at(due(calendar, friday, 1), "2026-11-20T16:00:01Z");
    /* Used up exactly at closing time. */
    expect_at(due(calendar, friday, HOUR), "2026-11-20T17:00:00Z");
    expect_at(due(calendar, friday, HOUR + 1), "2026-11-23T07:00:01Z");
    /* Over the lunch break. */
    expect_at(due(calendar, friday, 6 * HOUR), "2026-11-23T12:30:00Z");
    expect_at(due(calendar, friday, 95 * HOUR / 2), "2026-11-27T16:00:00Z");
    /* From closed time. */
    const int64_t sunday = instant_of("2026-11-22T12:00:00Z");
    expect_at(due(calendar, sunday, 0), "2026-11-22T12:00:00Z");
    expect_at(due(calendar, sunday, 1), "2026-11-23T07:00:01Z");
    sample_end(&office);
}
END_TEST

START_TEST(takes_open_time_back)
{
    test_calendar office;
    start_office(&office);
    const ofp_calendar *calendar = sample_calendar(&office);
    const int64_t monday = instant_of("2026-11-23T08:00:00Z"); /* 09:00 there */
    expect_at(due_back(calendar, monday, 0), "2026-11-23T08:00:00Z");
    expect_at(due_back(calendar, monday, 1), "2026-11-23T07:59:59Z");
    expect_at(due_back(calendar, monday, HOUR), "2026-11-23T07:00:00Z");
    expect_at(due_back(calendar, monday, HOUR + 1), "2026-11-20T16:59:59Z");
    expect_at(due_back(calendar, monday, 6 * HOUR), "2026-11-20T12:00:00Z");
    expect_at(due_back(calendar, monday, 6 * HOUR + 1), "2026-11-20T11:29:59Z");
    const int64_t sunday = instant_of("2026-11-22T12:00:00Z");
    expect_at(due_back(calendar, sunday, 0), "2026-11-22T12:00:00Z");
    expect_at(due_back(calendar, sunday, 1), "2026-11-20T16:59:59Z");
    sample_end(&office);
}
END_TEST

START_TEST(measures_open_time)
{
    test_calendar office;
    start_office(&office);
    const ofp_calendar *calendar = sample_calendar(&office);
    const int64_t friday = instant_of("2026-11-20T16:00:00Z");
    ck_assert_int_eq(elapsed(calendar, friday, friday), 0);
    ck_assert_int_eq(elapsed(calendar, friday, friday - 1), 0);
    ck_assert_int_eq(elapsed(calendar, friday, friday + 1), 1);
    ck_assert_int_eq(elapsed(calendar, friday, friday + 5 * HOUR), HOUR);
    ck_assert_int_eq(elapsed(calendar, friday, friday + OFP_WEEK_SECONDS), 5 * 9 * HOUR + 5 * 1800);
    /* No limit holds here. */
    const int64_t weeks = OFP_INSTANT_END / OFP_WEEK_SECONDS - 1;
    ck_assert_int_eq(elapsed(calendar, 0, weeks * OFP_WEEK_SECONDS),
                     weeks * 47 * HOUR + weeks * 1800);
    sample_end(&office);
}
END_TEST

START_TEST(finds_openings_and_closings)
{
    test_calendar office;
    start_office(&office);
    const ofp_calendar *calendar = sample_calendar(&office);
    static const struct {
        const char *at, *next, *prev;
        bool open;
    } cases[] = {
        {"2026-11-20T06:59:59Z", "2026-11-20T07:00:00Z", "2026-11-19T17:00:00Z", false},
        {"2026-11-20T07:00:00Z", "2026-11-20T07:00:00Z", "2026-11-19T17:00:00Z", true},
        {"2026-11-20T07:00:01Z", "2026-11-20T07:00:01Z", "2026-11-20T07:00:01Z", true},
        {"2026-11-20T11:29:59Z", "2026-11-20T11:29:59Z", "2026-11-20T11:29:59Z", true},
        {"2026-11-20T11:30:00Z", "2026-11-20T12:00:00Z", "2026-11-20T11:30:00Z", false},
        {"2026-11-20T11:59:59Z", "2026-11-20T12:00:00Z", "2026-11-20T11:30:00Z", false},
        {"2026-11-20T17:00:00Z", "2026-11-23T07:00:00Z", "2026-11-20T17:00:00Z", false},
        {"2026-11-22T00:00:00Z", "2026-11-23T07:00:00Z", "2026-11-20T17:00:00Z", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t at = instant_of(cases[i].at);
        expect_at(next_open(calendar, at), cases[i].next);
        expect_at(prev_open(calendar, at), cases[i].prev);
        ck_assert_msg(is_open(calendar, at) == cases[i].open, "%s", cases[i].at);
    }
    sample_end(&office);
}
END_TEST

START_TEST(lists_periods)
{
    test_calendar office;
    start_office(&office);
    const ofp_calendar *calendar = sample_calendar(&office);
    static const char *const wanted[][2] = {{"2026-11-20T16:00:00Z", "2026-11-20T17:00:00Z"},
                                            {"2026-11-23T07:00:00Z", "2026-11-23T11:30:00Z"},
                                            {"2026-11-23T12:00:00Z", "2026-11-23T17:00:00Z"}};
    expect_periods(calendar, "2026-11-20T16:00:00Z", 3, wanted, 3);
    expect_periods(calendar, "2026-11-20T16:00:00Z", 1, wanted, 1);
    expect_periods(calendar, "2026-11-20T16:00:00Z", 0, NULL, 0);
    expect_periods(calendar, "2026-11-20T17:00:00Z", 2, wanted + 1, 2);
    sample_end(&office);
}
END_TEST

START_TEST(unites_shifts_that_touch_or_overlap)
{
    test_calendar desk;
    sample_start(&desk, "UTC");
    sample_week(&desk, 0, 0, "12:00-14:00 08:00-12:00 13:00-15:00 22:00-24:00");
    sample_week(&desk, 1, 1, "00:00-01:00");
    sample_week(&desk, 6, 6, "20:00-02:00");
    static const char *const wanted[][2] = {{"2026-11-22T20:00:00Z", "2026-11-23T02:00:00Z"},
                                            {"2026-11-23T08:00:00Z", "2026-11-23T15:00:00Z"},
                                            {"2026-11-23T22:00:00Z", "2026-11-24T01:00:00Z"},
                                            {"2026-11-29T20:00:00Z", "2026-11-30T02:00:00Z"}};
    expect_periods(sample_calendar(&desk), "2026-11-22T00:00:00Z", 4, wanted, 4);
    ck_assert_int_eq(elapsed(sample_calendar(&desk), instant_of("2026-11-23T00:00:00Z"),
                             instant_of("2026-11-30T00:00:00Z")),
                     (2 + 7 + 3 + 4) * HOUR);
    sample_end(&desk);
}
END_TEST

START_TEST(follows_summer_time)
{
    test_calendar sunday;
    sample_start(&sunday, "Europe/Amsterdam");
    sample_week(&sunday, 6, 6, "01:00-04:00");
    const ofp_calendar *calendar = sample_calendar(&sunday);
    static const char *const spring[][2] = {{"2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"}};
    static const char *const autumn[][2] = {{"2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"}};
    static const char *const far[][2] = {{"2199-10-26T23:00:00Z", "2199-10-27T03:00:00Z"}};
    expect_periods(calendar, "2026-03-28T00:00:00Z", 1, spring, 1);
    expect_periods(calendar, "2026-10-24T00:00:00Z", 1, autumn, 1);
    expect_periods(calendar, "2199-10-26T00:00:00Z", 1, far, 1);
    sample_end(&sunday);
}
END_TEST

START_TEST(moves_labels_out_of_a_gap)
{
    test_calendar sunday;
    sample_start(&sunday, "Europe/Amsterdam");
    /* On 2026-03-29 the first of these moves on, the second becomes empty. */
    sample_week(&sunday, 6, 6, "02:15-02:45 02:30-03:30");
    static const char *const wanted[][2] = {{"2026-03-29T01:15:00Z", "2026-03-29T01:45:00Z"},
                                            {"2026-04-05T00:15:00Z", "2026-04-05T01:30:00Z"}};
    expect_periods(sample_calendar(&sunday), "2026-03-28T00:00:00Z", 2, wanted, 2);
    sample_end(&sunday);
}
END_TEST

START_TEST(moves_a_skipped_date)
{
    test_calendar friday;
    sample_start(&friday, "Pacific/Apia");
    sample_week(&friday, 4, 4, "09:00-17:00 00:00-24:00");
    sample_week(&friday, 5, 5, "10:00-11:00");
    /* Friday 2011-12-30 did not exist: its whole day is empty, its office hours move on. */
    static const char *const wanted[][2] = {{"2011-12-30T19:00:00Z", "2011-12-31T03:00:00Z"},
                                            {"2012-01-05T10:00:00Z", "2012-01-06T10:00:00Z"}};
    expect_periods(sample_calendar(&friday), "2011-12-29T00:00:00Z", 2, wanted, 2);
    sample_end(&friday);
}
END_TEST

START_TEST(is_open_all_the_time)
{
    static const char *const forever[][2] = {{"2026-11-20T00:00:00Z", "none"}};
    for (int way = 0; way < 2; way++) {
        test_calendar always;
        sample_start(&always, "America/Los_Angeles");
        always.hours.always_open = way == 0;
        if (way == 1)
            sample_week(&always, 0, 6, "00:00-24:00");
        const ofp_calendar *calendar = sample_calendar(&always);
        ck_assert_int_eq(due(calendar, 1795197600, 1800), 1795199400);
        ck_assert_int_eq(due_back(calendar, 1795197600, 1800), 1795195800);
        ck_assert_int_eq(next_open(calendar, 1795197600), 1795197600);
        ck_assert_int_eq(prev_open(calendar, 1795197600), 1795197600);
        ck_assert_int_eq(elapsed(calendar, 0, OFP_INSTANT_END - 1), OFP_INSTANT_END - 1);
        expect_periods(calendar, "2026-11-20T00:00:00Z", 3, forever, 1);
        sample_end(&always);
    }
}
END_TEST

START_TEST(is_closed_all_the_time)
{
    test_calendar never;
    sample_start(&never, "America/Los_Angeles");
    const ofp_calendar *calendar = sample_calendar(&never);
    expect_at(due(calendar, 1795197600, 0), "2026-11-20T18:00:00Z");
    expect_at(due(calendar, 1795197600, 1), "none");
    expect_at(due_back(calendar, 1795197600, 1), "none");
    expect_at(next_open(calendar, 0), "none");
    expect_at(prev_open(calendar, OFP_INSTANT_END - 1), "none");
    ck_assert(!is_open(calendar, 1795197600));
    ck_assert_int_eq(elapsed(calendar, 0, OFP_INSTANT_END - 1), 0);
    expect_periods(calendar, "2026-11-20T00:00:00Z", 3, NULL, 0);
    sample_end(&never);
}
END_TEST

START_TEST(has_a_name)
{
    test_calendar office;
    start_office(&office);
    ck_assert_str_eq(ofp_calendar_name(sample_calendar(&office)), "sample");
    sample_end(&office);
}
END_TEST

TCase *calendar_case(void)
{
    TCase *tests = tcase_create("calendar");
    tcase_add_test(tests, adds_open_time);
    tcase_add_test(tests, takes_open_time_back);
    tcase_add_test(tests, measures_open_time);
    tcase_add_test(tests, finds_openings_and_closings);
    tcase_add_test(tests, lists_periods);
    tcase_add_test(tests, unites_shifts_that_touch_or_overlap);
    tcase_add_test(tests, follows_summer_time);
    tcase_add_test(tests, moves_labels_out_of_a_gap);
    tcase_add_test(tests, moves_a_skipped_date);
    tcase_add_test(tests, is_open_all_the_time);
    tcase_add_test(tests, is_closed_all_the_time);
    tcase_add_test(tests, has_a_name);
    return tests;
}
