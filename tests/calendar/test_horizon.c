/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "sample.h"

static const int64_t horizon = OFP_CALENDAR_HORIZON;

START_TEST(looks_just_so_far_in_open_time)
{
    test_calendar always;
    sample_start(&always, "UTC");
    always.hours.always_open = true;
    const ofp_calendar *calendar = sample_calendar(&always);
    static const int64_t starts[] = {0, 1795197600, OFP_INSTANT_END - 1};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const int64_t start = starts[i];
        ck_assert_int_eq(due(calendar, start, horizon), start + horizon);
        ck_assert_int_eq(due(calendar, start, horizon + 1), OFP_INSTANT_NONE);
        ck_assert_int_eq(due(calendar, start, INT64_MAX), OFP_INSTANT_NONE);
        ck_assert_int_eq(due_back(calendar, start, horizon), start - horizon);
        ck_assert_int_eq(due_back(calendar, start, horizon + 1), OFP_INSTANT_NONE);
        ck_assert_int_eq(due_back(calendar, start, INT64_MAX), OFP_INSTANT_NONE);
    }
    sample_end(&always);
}
END_TEST

/* One open hour in all time, at noon of a date. */
static void start_one_hour(test_calendar *hour)
{
    sample_start(hour, "UTC");
    sample_day(hour, "2026-11-20", "12:00-13:00");
}

START_TEST(looks_just_so_far_for_an_hour)
{
    test_calendar hour;
    start_one_hour(&hour);
    const ofp_calendar *calendar = sample_calendar(&hour);
    const int64_t open = instant_of("2026-11-20T12:00:00Z"), closed = open + 3600;
    ck_assert_int_eq(next_open(calendar, open - horizon + 1), open);
    ck_assert_int_eq(next_open(calendar, open - horizon), OFP_INSTANT_NONE);
    ck_assert_int_eq(prev_open(calendar, closed + horizon - 1), closed);
    ck_assert_int_eq(prev_open(calendar, closed + horizon), OFP_INSTANT_NONE);
    ck_assert_int_eq(due(calendar, closed - horizon, 3600), closed);
    ck_assert_int_eq(due(calendar, closed - horizon - 1, 3600), OFP_INSTANT_NONE);
    ck_assert_int_eq(due(calendar, open, 3601), OFP_INSTANT_NONE);
    ck_assert_int_eq(due_back(calendar, open + horizon, 3600), open);
    ck_assert_int_eq(due_back(calendar, open + horizon + 1, 3600), OFP_INSTANT_NONE);
    ck_assert_int_eq(due_back(calendar, closed, 3601), OFP_INSTANT_NONE);
    ck_assert_int_eq(elapsed(calendar, 0, OFP_INSTANT_END - 1), 3600);
    sample_end(&hour);
}
END_TEST

/* From the first supported instant back to the very second where timelines start. */
START_TEST(reaches_the_first_second)
{
    test_calendar mornings;
    sample_start(&mornings, "UTC");
    sample_week(&mornings, 0, 6, "00:00-12:00");
    const ofp_calendar *calendar = sample_calendar(&mornings);
    ck_assert_int_eq(due_back(calendar, 0, horizon / 2), -horizon);
    ck_assert_int_eq(due_back(calendar, 0, horizon / 2 + 1), OFP_INSTANT_NONE);
    ck_assert_int_eq(due_back(calendar, 0, horizon / 2 - 1), 1 - horizon);
    sample_end(&mornings);
}
END_TEST

START_TEST(cuts_the_last_period_off)
{
    test_calendar hour;
    ofp_period period;
    size_t count;
    start_one_hour(&hour);
    const ofp_calendar *calendar = sample_calendar(&hour);
    const int64_t open = instant_of("2026-11-20T12:00:00Z"), closed = open + 3600;
    static const struct {
        int64_t before_closing;
        size_t count;
        bool ends;
    } cases[] = {{0, 1, true}, {1, 1, false}, {3599, 1, false}, {3600, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t start = closed - horizon - cases[i].before_closing;
        expect_ok(ofp_calendar_periods(calendar, start, 1, &period, &count, &error));
        ck_assert_uint_eq(count, cases[i].count);
        if (!count)
            continue;
        ck_assert_int_eq(period.from, open);
        ck_assert_int_eq(period.to, cases[i].ends ? closed : OFP_INSTANT_NONE);
    }
    sample_end(&hour);
}
END_TEST

/* The horizon falls on a midnight at which the hours of a special date go over into usual ones. */
START_TEST(goes_on_beyond_the_horizon)
{
    enum { MOST = 700 };
    static ofp_period periods[MOST];
    size_t count;
    test_calendar desk;
    sample_start(&desk, "UTC");
    sample_week(&desk, 0, 5, "00:00-24:00");
    sample_day(&desk, "2026-11-18", "10:00-24:00");
    const int64_t start = instant_of("2026-11-19T00:00:00Z") - horizon;
    expect_ok(ofp_calendar_periods(sample_calendar(&desk), start, MOST, periods, &count, &error));
    ck_assert_uint_gt(count, 600);
    ck_assert_int_eq(periods[count - 1].from, instant_of("2026-11-18T10:00:00Z"));
    ck_assert_int_eq(periods[count - 1].to, OFP_INSTANT_NONE);
    sample_end(&desk);
}
END_TEST

START_TEST(answers_at_both_ends_of_time)
{
    test_calendar office;
    sample_start(&office, "America/New_York");
    sample_week(&office, 0, 4, "09:00-17:00");
    const ofp_calendar *calendar = sample_calendar(&office);
    const int64_t last = OFP_INSTANT_END - 1;
    expect_at(due(calendar, last, 8 * 3600), "2201-01-01T22:00:00Z");
    expect_at(due_back(calendar, 0, 8 * 3600), "1969-12-31T14:00:00Z");
    /* 2,000 hours are 50 weeks. */
    expect_at(due(calendar, last, (int64_t)2000 * 3600), "2201-12-16T22:00:00Z");
    expect_at(due_back(calendar, 0, (int64_t)2000 * 3600), "1969-01-16T14:00:00Z");
    ck_assert_int_eq(elapsed(calendar, last, last), 0);
    ck_assert_int_eq(elapsed(calendar, last, 0), 0);
    sample_end(&office);
}
END_TEST

START_TEST(refuses_instants_out_of_range)
{
    static const int64_t wrong[] = {-1, INT64_MIN, OFP_INSTANT_END, INT64_MAX};
    test_calendar office;
    sample_start(&office, "UTC");
    const ofp_calendar *calendar = sample_calendar(&office);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t answer = 77;
        bool open = true;
        size_t count = 77;
        ofp_period period;
        const ofp_code code = OFP_CODE_INSTANT_RANGE;
        expect_failure(ofp_calendar_due(calendar, wrong[i], 1, &answer, &error), code);
        expect_failure(ofp_calendar_due_back(calendar, wrong[i], 1, &answer, &error), code);
        expect_failure(ofp_calendar_elapsed(calendar, wrong[i], 0, &answer, &error), code);
        expect_failure(ofp_calendar_elapsed(calendar, 0, wrong[i], &answer, &error), code);
        expect_failure(ofp_calendar_next_open(calendar, wrong[i], &answer, &error), code);
        expect_failure(ofp_calendar_prev_open(calendar, wrong[i], &answer, &error), code);
        expect_failure(ofp_calendar_is_open(calendar, wrong[i], &open, &error), code);
        expect_failure(ofp_calendar_periods(calendar, wrong[i], 1, &period, &count, &error), code);
        ck_assert_int_ne(ofp_calendar_due(calendar, wrong[i], 1, &answer, NULL), OFP_STATUS_OK);
        ck_assert_int_eq(answer, 77);
        ck_assert(open);
        ck_assert_uint_eq(count, 77);
    }
    sample_end(&office);
}
END_TEST

START_TEST(refuses_negative_seconds)
{
    test_calendar office;
    int64_t answer = 77;
    ofp_error *shown = NULL;
    sample_start(&office, "UTC");
    const ofp_calendar *calendar = sample_calendar(&office);
    expect_failure(ofp_calendar_due(calendar, 0, -1, &answer, &error), OFP_CODE_NUMBER_RANGE);
    expect_failure(ofp_calendar_due(calendar, 0, INT64_MIN, &answer, &error),
                   OFP_CODE_NUMBER_RANGE);
    expect_failure(ofp_calendar_due_back(calendar, 0, -1, &answer, &error), OFP_CODE_NUMBER_RANGE);
    ofp_calendar_due(calendar, 0, -5, &answer, &shown);
    ck_assert_ptr_nonnull(strstr(ofp_error_message(shown), "-5 seconds"));
    ofp_error_free(shown);
    ck_assert_int_eq(answer, 77);
    sample_end(&office);
}
END_TEST

TCase *horizon_case(void)
{
    TCase *tests = tcase_create("horizon");
    tcase_add_test(tests, looks_just_so_far_in_open_time);
    tcase_add_test(tests, looks_just_so_far_for_an_hour);
    tcase_add_test(tests, reaches_the_first_second);
    tcase_add_test(tests, cuts_the_last_period_off);
    tcase_add_test(tests, goes_on_beyond_the_horizon);
    tcase_add_test(tests, answers_at_both_ends_of_time);
    tcase_add_test(tests, refuses_instants_out_of_range);
    tcase_add_test(tests, refuses_negative_seconds);
    return tests;
}
