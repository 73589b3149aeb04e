/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "sample.h"

enum { HOUR = 3600 };

/* A desk in UTC, Monday to Friday from 9 to 17 o'clock. 2026-12-21 is a Monday. */
static void start_desk(test_calendar *desk)
{
    sample_start(desk, "UTC");
    sample_week(desk, 0, 4, "09:00-17:00");
}

START_TEST(closes_on_holidays)
{
    test_calendar desk;
    start_desk(&desk);
    sample_holiday(&desk, "2026-12-22");
    sample_holiday(&desk, "2026-12-24");
    sample_holiday(&desk, "2026-12-25");
    static const char *const wanted[][2] = {{"2026-12-21T09:00:00Z", "2026-12-21T17:00:00Z"},
                                            {"2026-12-23T09:00:00Z", "2026-12-23T17:00:00Z"},
                                            {"2026-12-28T09:00:00Z", "2026-12-28T17:00:00Z"}};
    const ofp_calendar *calendar = sample_calendar(&desk);
    expect_periods(calendar, "2026-12-21T00:00:00Z", 3, wanted, 3);
    expect_at(due(calendar, instant_of("2026-12-21T16:00:00Z"), 9 * HOUR + 1),
              "2026-12-28T09:00:01Z");
    expect_at(due_back(calendar, instant_of("2026-12-28T09:00:00Z"), 8 * HOUR + 1),
              "2026-12-21T16:59:59Z");
    sample_end(&desk);
}
END_TEST

START_TEST(cuts_night_shifts_at_a_holiday)
{
    test_calendar night;
    sample_start(&night, "Asia/Kathmandu"); /* UTC+5:45 */
    sample_week(&night, 0, 4, "22:00-06:00");
    sample_holiday(&night, "2026-12-23");
    /* The eve's shift ends at midnight; the holiday's own goes on from the next midnight. */
    static const char *const wanted[][2] = {{"2026-12-22T16:15:00Z", "2026-12-22T18:15:00Z"},
                                            {"2026-12-23T18:15:00Z", "2026-12-24T00:15:00Z"},
                                            {"2026-12-24T16:15:00Z", "2026-12-25T00:15:00Z"}};
    expect_periods(sample_calendar(&night), "2026-12-22T16:00:00Z", 3, wanted, 3);
    sample_end(&night);
}
END_TEST

START_TEST(replaces_the_hours_of_a_date)
{
    test_calendar desk;
    start_desk(&desk);
    sample_day(&desk, "2026-12-22", "08:00-12:00 22:00-02:00");
    sample_day(&desk, "2026-12-23", "");
    sample_day(&desk, "2026-12-26", "10:00-11:00");
    static const char *const wanted[][2] = {{"2026-12-21T09:00:00Z", "2026-12-21T17:00:00Z"},
                                            {"2026-12-22T08:00:00Z", "2026-12-22T12:00:00Z"},
                                            {"2026-12-22T22:00:00Z", "2026-12-23T02:00:00Z"},
                                            {"2026-12-24T09:00:00Z", "2026-12-24T17:00:00Z"},
                                            {"2026-12-25T09:00:00Z", "2026-12-25T17:00:00Z"},
                                            {"2026-12-26T10:00:00Z", "2026-12-26T11:00:00Z"},
                                            {"2026-12-28T09:00:00Z", "2026-12-28T17:00:00Z"}};
    expect_periods(sample_calendar(&desk), "2026-12-21T00:00:00Z", 7, wanted, 7);
    sample_end(&desk);
}
END_TEST

START_TEST(replaces_only_shifts_that_start_on_the_date)
{
    test_calendar night;
    sample_start(&night, "UTC");
    sample_week(&night, 0, 4, "22:00-06:00");
    sample_day(&night, "2026-12-23", "08:00-09:00");
    static const char *const wanted[][2] = {{"2026-12-22T22:00:00Z", "2026-12-23T06:00:00Z"},
                                            {"2026-12-23T08:00:00Z", "2026-12-23T09:00:00Z"},
                                            {"2026-12-24T22:00:00Z", "2026-12-25T06:00:00Z"}};
    expect_periods(sample_calendar(&night), "2026-12-22T12:00:00Z", 3, wanted, 3);
    sample_end(&night);
}
END_TEST

START_TEST(closes_in_breaks_whatever_shift_is_open)
{
    test_calendar night;
    sample_start(&night, "UTC");
    sample_week(&night, 0, 4, "22:00-06:00");
    sample_break(&night, "2026-12-23", "02:00-03:00 23:00-01:00");
    sample_break(&night, "2026-12-26", "00:00-12:00");
    static const char *const wanted[][2] = {{"2026-12-22T22:00:00Z", "2026-12-23T02:00:00Z"},
                                            {"2026-12-23T03:00:00Z", "2026-12-23T06:00:00Z"},
                                            {"2026-12-23T22:00:00Z", "2026-12-23T23:00:00Z"},
                                            {"2026-12-24T01:00:00Z", "2026-12-24T06:00:00Z"},
                                            {"2026-12-24T22:00:00Z", "2026-12-25T06:00:00Z"},
                                            {"2026-12-25T22:00:00Z", "2026-12-26T00:00:00Z"},
                                            {"2026-12-28T22:00:00Z", "2026-12-29T06:00:00Z"}};
    expect_periods(sample_calendar(&night), "2026-12-22T12:00:00Z", 7, wanted, 7);
    sample_end(&night);
}
END_TEST

START_TEST(closes_for_closures)
{
    test_calendar desk;
    start_desk(&desk);
    /* In any order, overlapping, over other closed time. */
    sample_closure(&desk, "2026-12-22T12:00:00Z", "2026-12-23T10:00:00Z");
    sample_closure(&desk, "2026-12-21T10:00:00Z", "2026-12-21T12:00:00Z");
    sample_closure(&desk, "2026-12-22T13:00:00Z", "2026-12-22T14:00:00Z");
    sample_closure(&desk, "2026-12-21T12:00:00Z", "2026-12-21T12:30:01Z");
    static const char *const wanted[][2] = {{"2026-12-21T09:00:00Z", "2026-12-21T10:00:00Z"},
                                            {"2026-12-21T12:30:01Z", "2026-12-21T17:00:00Z"},
                                            {"2026-12-22T09:00:00Z", "2026-12-22T12:00:00Z"},
                                            {"2026-12-23T10:00:00Z", "2026-12-23T17:00:00Z"}};
    expect_periods(sample_calendar(&desk), "2026-12-21T00:00:00Z", 4, wanted, 4);
    sample_end(&desk);
}
END_TEST

START_TEST(lets_holidays_win_over_days)
{
    test_calendar desk;
    start_desk(&desk);
    sample_day(&desk, "2026-12-22", "10:00-12:00 23:00-01:00");
    sample_holiday(&desk, "2026-12-22");
    static const char *const wanted[][2] = {{"2026-12-23T00:00:00Z", "2026-12-23T01:00:00Z"},
                                            {"2026-12-23T09:00:00Z", "2026-12-23T17:00:00Z"}};
    expect_periods(sample_calendar(&desk), "2026-12-22T00:00:00Z", 2, wanted, 2);
    sample_end(&desk);
}
END_TEST

START_TEST(closes_what_is_always_open)
{
    test_calendar always;
    sample_start(&always, "Europe/Amsterdam");
    always.hours.always_open = true;
    sample_week(&always, 0, 6, "09:00-10:00");
    sample_day(&always, "2026-12-21", "11:00-12:00");
    sample_holiday(&always, "2026-12-25");
    sample_break(&always, "2026-12-26", "12:00-13:00");
    sample_closure(&always, "2026-12-27T10:00:00Z", "2026-12-27T10:00:01Z");
    /* Hours and days do not count. */
    static const char *const wanted[][2] = {{"2026-12-20T00:00:00Z", "2026-12-24T23:00:00Z"},
                                            {"2026-12-25T23:00:00Z", "2026-12-26T11:00:00Z"},
                                            {"2026-12-26T12:00:00Z", "2026-12-27T10:00:00Z"},
                                            {"2026-12-27T10:00:01Z", "none"}};
    expect_periods(sample_calendar(&always), "2026-12-20T00:00:00Z", 5, wanted, 4);
    sample_end(&always);
}
END_TEST

START_TEST(closes_a_holiday_with_a_change_of_the_clock)
{
    test_calendar always;
    sample_start(&always, "Europe/Amsterdam");
    always.hours.always_open = true;
    sample_holiday(&always, "2026-03-29"); /* 23 hours */
    sample_holiday(&always, "2026-10-25"); /* 25 hours */
    const ofp_calendar *calendar = sample_calendar(&always);
    const int64_t spring = instant_of("2026-03-28T23:00:00Z"),
                  autumn = instant_of("2026-10-24T22:00:00Z");
    expect_at(next_open(calendar, spring), "2026-03-29T22:00:00Z");
    expect_at(next_open(calendar, autumn), "2026-10-25T23:00:00Z");
    ck_assert(is_open(calendar, spring - 1) && is_open(calendar, autumn - 1));
    sample_end(&always);
}
END_TEST

START_TEST(takes_dates_at_both_ends)
{
    test_calendar desk;
    start_desk(&desk);
    sample_holiday(&desk, "1970-01-01");
    sample_holiday(&desk, "2200-12-31");
    sample_day(&desk, "1970-01-02", "10:00-11:00");
    sample_day(&desk, "2200-12-30", "23:00-24:00");
    sample_closure(&desk, "1970-01-02T10:30:00Z", "1970-01-02T10:45:00Z");
    const ofp_calendar *calendar = sample_calendar(&desk);
    expect_at(next_open(calendar, 0), "1970-01-02T10:00:00Z");
    expect_at(prev_open(calendar, 0), "1969-12-31T17:00:00Z");
    expect_at(due(calendar, 0, 45 * 60), "1970-01-02T11:00:00Z");
    expect_at(prev_open(calendar, OFP_INSTANT_END - 1), "2200-12-31T00:00:00Z");
    expect_at(next_open(calendar, OFP_INSTANT_END - 1), "2201-01-01T09:00:00Z");
    sample_end(&desk);
}
END_TEST

static bool ever_opens(test_calendar *sample)
{
    bool opens = false;
    expect_ok(ofp_calendar_ever_opens(sample_calendar(sample), &opens, &error));
    sample_end(sample);
    return opens;
}

START_TEST(knows_whether_it_ever_opens)
{
    test_calendar desk;
    start_desk(&desk);
    ck_assert(ever_opens(&desk));
    start_desk(&desk);
    sample_holiday(&desk, "2026-12-22");
    sample_closure(&desk, "2026-12-21T10:00:00Z", "2036-12-21T12:00:00Z");
    ck_assert(ever_opens(&desk));
    sample_start(&desk, "UTC");
    ck_assert(!ever_opens(&desk));
    sample_start(&desk, "UTC");
    sample_day(&desk, "2026-12-22", "10:00-11:00");
    ck_assert(ever_opens(&desk));
    sample_start(&desk, "UTC");
    sample_day(&desk, "2026-12-22", "10:00-11:00");
    sample_break(&desk, "2026-12-22", "09:00-12:00");
    ck_assert(!ever_opens(&desk));
    /* A closure over all time; over all but the last hour. */
    start_desk(&desk);
    sample_closure(&desk, "1970-01-01T00:00:00Z", "2201-01-01T00:00:00Z");
    ck_assert(!ever_opens(&desk));
    sample_start(&desk, "UTC");
    desk.hours.always_open = true;
    sample_closure(&desk, "1970-01-01T00:00:00Z", "2200-12-31T23:00:00Z");
    ck_assert(ever_opens(&desk));
    sample_start(&desk, "UTC");
    desk.hours.always_open = true;
    ck_assert(ever_opens(&desk));
    /* All but the first second. */
    sample_start(&desk, "UTC");
    desk.hours.always_open = true;
    sample_closure(&desk, "1970-01-01T00:00:01Z", "2201-01-01T00:00:00Z");
    ck_assert(ever_opens(&desk));
}
END_TEST

/* Open on Mondays, of which none is left by 12,100 exceptions of one kind; and all but one. */
START_TEST(knows_that_nothing_is_left)
{
    enum { MONDAYS = 12100, FIRST = 4 };
    static const ofp_shift morning = {9 * 3600, 10 * 3600};
    static ofp_day breaks[MONDAYS];
    static int32_t holidays[MONDAYS];
    static ofp_period closures[MONDAYS];
    for (int32_t i = 0; i < MONDAYS; i++) {
        const int32_t date = FIRST + 7 * i;
        breaks[i] = (ofp_day){.date = date, .shift_count = 1, .shifts = &morning};
        holidays[i] = date;
        closures[i].from = (int64_t)date * OFP_DAY_SECONDS + morning.from;
        closures[i].to = closures[i].from + 3600;
    }
    for (int kind = 0; kind < 3; kind++)
        for (size_t left = 0; left < 2; left++) {
            test_calendar sample;
            sample_start(&sample, "UTC");
            sample_week(&sample, 0, 0, "09:00-10:00");
            sample.hours.breaks = breaks + left;
            sample.hours.break_count = kind == 0 ? MONDAYS - left : 0;
            sample.hours.holidays = holidays + left;
            sample.hours.holiday_count = kind == 1 ? MONDAYS - left : 0;
            sample.hours.closures = closures + left;
            sample.hours.closure_count = kind == 2 ? MONDAYS - left : 0;
            ck_assert_int_eq(ever_opens(&sample), left);
        }
}
END_TEST

TCase *exceptions_case(void)
{
    TCase *tests = tcase_create("exceptions");
    tcase_add_test(tests, closes_on_holidays);
    tcase_add_test(tests, cuts_night_shifts_at_a_holiday);
    tcase_add_test(tests, replaces_the_hours_of_a_date);
    tcase_add_test(tests, replaces_only_shifts_that_start_on_the_date);
    tcase_add_test(tests, closes_in_breaks_whatever_shift_is_open);
    tcase_add_test(tests, closes_for_closures);
    tcase_add_test(tests, lets_holidays_win_over_days);
    tcase_add_test(tests, closes_what_is_always_open);
    tcase_add_test(tests, closes_a_holiday_with_a_change_of_the_clock);
    tcase_add_test(tests, takes_dates_at_both_ends);
    tcase_add_test(tests, knows_whether_it_ever_opens);
    tcase_add_test(tests, knows_that_nothing_is_left);
    return tests;
}
