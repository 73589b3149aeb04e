/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "made_zone.h"
#include "sample.h"
#include "timeline.h"

/* Timelines stay small: what clocks do while nobody works needs no stretch of its own. */
static size_t stretches_of(const char *zone, const char *spans)
{
    test_calendar sample;
    sample_start(&sample, zone);
    sample_week(&sample, 0, 6, spans);
    ofp_timeline *timeline = ofp_timeline_new(&sample.hours);
    ck_assert_ptr_nonnull(timeline);
    const size_t count = timeline->count;
    ofp_timeline_free(timeline);
    sample_end(&sample);
    return count;
}

START_TEST(needs_few_stretches)
{
    ck_assert_uint_eq(stretches_of("UTC", "09:00-17:00"), 1);
    ck_assert_uint_eq(stretches_of("UTC", "00:00-24:00"), 1);
    ck_assert_uint_eq(stretches_of("UTC", ""), 1);
    ck_assert_uint_eq(stretches_of("America/New_York", "00:00-24:00"), 1);
    ck_assert_uint_eq(stretches_of("America/New_York", ""), 1);
    /* One for each half of a year, from 1957 to 2213. */
    ck_assert_uint_le(stretches_of("America/New_York", "09:00-17:00"), 2 * 257);
    ck_assert_uint_le(stretches_of("America/New_York", "22:00-06:00"), 2 * 257);
    ck_assert_uint_le(stretches_of("America/New_York", "02:30-03:30"), 6 * 257);
}
END_TEST

START_TEST(covers_all_time)
{
    test_calendar sample;
    sample_start(&sample, "America/New_York");
    sample_week(&sample, 0, 4, "09:00-17:00");
    ofp_timeline *timeline = ofp_timeline_new(&sample.hours);
    ck_assert_ptr_nonnull(timeline);
    const int64_t last = timeline->opened.values[timeline->count];
    ck_assert_int_eq(ofp_timeline_measure(timeline, OFP_TIMELINE_START), 0);
    ck_assert_int_eq(ofp_timeline_measure(timeline, OFP_TIMELINE_END - 1), last);
    ck_assert_int_eq(ofp_timeline_second(timeline, -1), OFP_INSTANT_NONE);
    ck_assert_int_eq(ofp_timeline_second(timeline, last), OFP_INSTANT_NONE);
    ck_assert_int_ge(ofp_timeline_second(timeline, 0), OFP_TIMELINE_START);
    ck_assert_int_lt(ofp_timeline_second(timeline, last - 1), OFP_TIMELINE_END);
    ofp_timeline_free(timeline);
    sample_end(&sample);
    ck_assert_ptr_null(ofp_timeline_free(NULL));
}
END_TEST

/* Clocks go back an hour before the timeline starts: what comes again there was open before. */
START_TEST(knows_changes_shortly_before_its_start)
{
    static const int32_t offsets[] = {10 * 3600, 0};
    const int64_t change = OFP_TIMELINE_START - 3600;
    test_calendar sample;
    sample_start(&sample, "UTC");
    ofp_zone_free(sample.zone);
    sample.hours.zone = sample.zone = zone_of_changes(&change, offsets, 2);
    sample_week(&sample, 0, 6, "00:00-06:00 20:00-21:00");
    ofp_timeline *timeline = ofp_timeline_new(&sample.hours);
    ck_assert_ptr_nonnull(timeline);
    ck_assert_int_eq(ofp_timeline_second(timeline, 0), OFP_TIMELINE_START + 20 * 3600);
    ofp_timeline_free(timeline);
    sample_end(&sample);
}
END_TEST

/*
 * Clocks go on by an hour late in a day of 1957, when a shift of the day before still goes on: its
 * end falls into the gap.
 */
static void expect_change_in_shift(int64_t week)
{
    static const int32_t offsets[] = {0, 3600};
    const int64_t monday = OFP_TIMELINE_START + week * 7 * OFP_DAY_SECONDS;
    const int64_t change = monday + 2 * OFP_DAY_SECONDS - 70 * 60; /* Tuesday, 22:50 */
    test_calendar sample;
    sample_start(&sample, "UTC");
    ofp_zone_free(sample.zone);
    sample.hours.zone = sample.zone = zone_of_changes(&change, offsets, 2);
    sample_week(&sample, 0, 0, "23:45-23:30");
    ofp_timeline *timeline = ofp_timeline_new(&sample.hours);
    ck_assert_ptr_nonnull(timeline);
    const int64_t opening = monday + OFP_DAY_SECONDS - 15 * 60;
    ck_assert_int_eq(ofp_timeline_closing(timeline, opening - 1, INT64_MAX), opening - 1);
    ck_assert_int_eq(ofp_timeline_closing(timeline, opening, INT64_MAX), change + 40 * 60);
    ofp_timeline_free(timeline);
    sample_end(&sample);
}

START_TEST(knows_changes_shortly_after_its_start)
{
    expect_change_in_shift(0);
    expect_change_in_shift(1);
}
END_TEST

/* Walks a calendar's periods; they must be open inside, closed outside, and add up. */
static void walk(test_calendar *sample, const char *start)
{
    enum { COUNT = 300 };
    static ofp_period periods[COUNT];
    size_t count;
    int64_t sum = 0;
    const ofp_calendar *calendar = sample_calendar(sample);
    const int64_t first = instant_of(start);
    expect_ok(ofp_calendar_periods(calendar, first, COUNT, periods, &count, &error));
    ck_assert_uint_eq(count, COUNT);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_lt(periods[i].from, periods[i].to);
        ck_assert(i == 0 || periods[i].from > periods[i - 1].to);
        ck_assert(is_open(calendar, periods[i].from) && is_open(calendar, periods[i].to - 1));
        ck_assert(!is_open(calendar, periods[i].to));
        ck_assert_int_eq(due(calendar, first, sum + 1), periods[i].from + 1);
        sum += periods[i].to - periods[i].from;
        ck_assert_int_eq(due(calendar, first, sum), periods[i].to);
        ck_assert_int_eq(due_back(calendar, periods[i].to, sum), periods[0].from);
        ck_assert_int_eq(elapsed(calendar, first, periods[i].to), sum);
    }
}

START_TEST(periods_and_sums_agree)
{
    static const char *const zones[] = {"UTC", "Europe/Amsterdam", "Africa/Casablanca",
                                        "Australia/Lord_Howe"};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        test_calendar sample;
        sample_start(&sample, zones[i]);
        sample_week(&sample, 0, 4, "01:30-02:30 09:00-17:00 22:00-01:00");
        sample_day(&sample, "2026-10-25", "02:00-02:30 12:00-13:00");
        sample_holiday(&sample, "2026-12-25");
        walk(&sample, "2026-09-20T00:00:00Z");
        walk(&sample, "2199-09-20T00:00:00Z");
        sample_end(&sample);
    }
}
END_TEST

/* An hour on, half an hour later two hours back: an hour's label comes three times. */
START_TEST(copes_with_changes_within_an_hour)
{
    const int64_t noon = instant_of("2026-11-20T12:00:00Z");
    const int64_t times[] = {noon, noon + 1800};
    static const int32_t offsets[] = {0, 3600, -3600};
    test_calendar sample;
    sample_start(&sample, "UTC");
    ofp_zone_free(sample.zone);
    sample.hours.zone = sample.zone = zone_of_changes(times, offsets, 3);
    sample_week(&sample, 0, 6, "11:00-11:45 13:10-13:20");
    /* 13:10 comes ten minutes after the first change; 11:45 was before, and so were the 45 minutes
     * that clocks show again; 13:20 follows. */
    static const char *const wanted[][2] = {{"2026-11-20T11:00:00Z", "2026-11-20T11:45:00Z"},
                                            {"2026-11-20T12:10:00Z", "2026-11-20T12:20:00Z"},
                                            {"2026-11-21T12:00:00Z", "2026-11-21T12:45:00Z"},
                                            {"2026-11-21T14:10:00Z", "2026-11-21T14:20:00Z"}};
    expect_periods(sample_calendar(&sample), "2026-11-20T00:00:00Z", 4, wanted, 4);
    sample_end(&sample);
}
END_TEST

/*
 * Clocks go back by more than a day, as they did in Manila in 1844. Two days later comes a date
 * with hours of its own; the night shift of the date before it still goes on into it.
 */
START_TEST(finds_the_dates_after_a_day_that_comes_twice)
{
    static const int32_t offsets[] = {13 * 3600, -13 * 3600};
    const int64_t date = instant_of("2026-03-10T13:00:00Z");
    const int64_t change = date - 2 * OFP_DAY_SECONDS;
    test_calendar sample;
    sample_start(&sample, "UTC");
    ofp_zone_free(sample.zone);
    sample.hours.zone = sample.zone = zone_of_changes(&change, offsets, 2);
    sample_week(&sample, 0, 6, "22:00-06:00");
    sample_day(&sample, "2026-03-10", "10:00-12:00");
    expect_periods(sample_calendar(&sample), "2026-03-10T13:00:00Z", 3,
                   (const char *const[][2]){{"2026-03-10T13:00:00Z", "2026-03-10T19:00:00Z"},
                                            {"2026-03-10T23:00:00Z", "2026-03-11T01:00:00Z"},
                                            {"2026-03-12T11:00:00Z", "2026-03-12T19:00:00Z"}},
                   3);
    sample_end(&sample);
}
END_TEST

/* The same the other way round: the date comes two days before clocks go back. */
START_TEST(finds_the_dates_before_a_day_that_comes_twice)
{
    static const int32_t offsets[] = {13 * 3600, -13 * 3600};
    const int64_t date = instant_of("2026-03-09T11:00:00Z");
    const int64_t change = date + 2 * OFP_DAY_SECONDS;
    test_calendar sample;
    sample_start(&sample, "UTC");
    ofp_zone_free(sample.zone);
    sample.hours.zone = sample.zone = zone_of_changes(&change, offsets, 2);
    sample_day(&sample, "2026-03-10", "10:00-12:00");
    expect_periods(sample_calendar(&sample), "2026-03-01T00:00:00Z", 2,
                   (const char *const[][2]){{"2026-03-09T21:00:00Z", "2026-03-09T23:00:00Z"}}, 1);
    sample_end(&sample);
}
END_TEST

/* Clocks go forward by an hour, and the last second in which that matters is a date's first. */
START_TEST(finds_the_date_of_a_single_second)
{
    static const int32_t offsets[] = {0, 3600};
    const int64_t midnight = instant_of("2026-03-10T23:00:00Z");
    const int64_t change = midnight - 3600 + 1;
    test_calendar sample;
    sample_start(&sample, "UTC");
    ofp_zone_free(sample.zone);
    sample.hours.zone = sample.zone = zone_of_changes(&change, offsets, 2);
    sample_week(&sample, 0, 6, "00:00-01:00");
    expect_at(next_open(sample_calendar(&sample), midnight - 7200), "2026-03-10T23:00:00Z");
    sample_end(&sample);
}
END_TEST

TCase *changes_case(void)
{
    TCase *tests = tcase_create("changes");
    tcase_add_test(tests, needs_few_stretches);
    tcase_add_test(tests, covers_all_time);
    tcase_add_test(tests, knows_changes_shortly_before_its_start);
    tcase_add_test(tests, knows_changes_shortly_after_its_start);
    tcase_add_test(tests, periods_and_sums_agree);
    tcase_add_test(tests, copes_with_changes_within_an_hour);
    tcase_add_test(tests, finds_the_dates_after_a_day_that_comes_twice);
    tcase_add_test(tests, finds_the_dates_before_a_day_that_comes_twice);
    tcase_add_test(tests, finds_the_date_of_a_single_second);
    return tests;
}
