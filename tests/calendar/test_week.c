/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "random.h"
#include "week.h"

enum { MINUTE = 60, HOUR = 3600, WEEK_MINUTES = OFP_WEEK_SECONDS / MINUTE };

/* 1969-12-29, the Monday before 1970. */
static const int64_t monday = -3 * OFP_DAY_SECONDS;

/* A week with one list of shifts for a few days, and none on the others. */
static ofp_week make(int first, int last, const ofp_shift *shifts, uint32_t count)
{
    ofp_day days[7] = {0};
    ofp_week week = {0};
    for (int day = first; day <= last; day++)
        days[day] = (ofp_day){.shift_count = count, .shifts = shifts};
    ck_assert(ofp_week_make(days, &week));
    return week;
}

START_TEST(counts_open_seconds)
{
    static const ofp_shift office[] = {{13 * HOUR, 17 * HOUR}, {8 * HOUR, 12 * HOUR}};
    ofp_week week = make(0, 4, office, 2);
    ck_assert_int_eq(week.open, 40 * HOUR);
    ck_assert(ofp_week_varies(&week));
    const int64_t start = ofp_week_measure(&week, monday);
    ck_assert_int_eq(ofp_week_measure(&week, monday + 8 * HOUR) - start, 0);
    ck_assert_int_eq(ofp_week_measure(&week, monday + 8 * HOUR + 1) - start, 1);
    ck_assert_int_eq(ofp_week_measure(&week, monday + 12 * HOUR) - start, 4 * HOUR);
    ck_assert_int_eq(ofp_week_measure(&week, monday + 13 * HOUR) - start, 4 * HOUR);
    ck_assert_int_eq(ofp_week_measure(&week, monday + OFP_WEEK_SECONDS) - start, 40 * HOUR);
    ck_assert_int_eq(ofp_week_measure(&week, monday + 100 * OFP_WEEK_SECONDS) - start, 4000 * HOUR);
    ck_assert_int_eq(ofp_week_second(&week, start), monday + 8 * HOUR);
    ck_assert_int_eq(ofp_week_second(&week, start + 4 * HOUR - 1), monday + 12 * HOUR - 1);
    ck_assert_int_eq(ofp_week_second(&week, start + 4 * HOUR), monday + 13 * HOUR);
    ofp_week_release(&week);
}
END_TEST

START_TEST(goes_round_the_week)
{
    static const ofp_shift night[] = {{22 * HOUR, 30 * HOUR}};
    ofp_week week = make(6, 6, night, 1);
    const int64_t sunday = monday + 6 * OFP_DAY_SECONDS;
    ck_assert_int_eq(week.open, 8 * HOUR);
    ck_assert_int_eq(ofp_week_closing(&week, sunday + 22 * HOUR), sunday + 30 * HOUR);
    ck_assert_int_eq(ofp_week_closing(&week, sunday + 24 * HOUR), sunday + 30 * HOUR);
    ck_assert_int_eq(ofp_week_closing(&week, sunday + 30 * HOUR), sunday + 30 * HOUR);
    ck_assert_int_eq(ofp_week_closing(&week, monday), monday + 6 * HOUR);
    ck_assert_int_eq(ofp_week_closing(&week, monday + 6 * HOUR), monday + 6 * HOUR);
    ofp_week_release(&week);
}
END_TEST

START_TEST(knows_the_weeks_that_do_not_vary)
{
    static const ofp_shift whole[] = {{0, OFP_DAY_SECONDS}}, early[] = {{0, 86399}};
    ofp_week closed = make(0, -1, NULL, 0), open = make(0, 6, whole, 1),
             nearly = make(0, 6, early, 1);
    ck_assert_int_eq(closed.open, 0);
    ck_assert_int_eq(open.open, OFP_WEEK_SECONDS);
    ck_assert_int_eq(nearly.open, OFP_WEEK_SECONDS - 7);
    ck_assert(!ofp_week_varies(&closed) && !ofp_week_varies(&open) && ofp_week_varies(&nearly));
    ofp_week_release(&closed);
    ofp_week_release(&open);
    ofp_week_release(&nearly);
}
END_TEST

static void mark(bool *open, int from, int to)
{
    for (int minute = from; minute < to; minute++)
        open[minute % WEEK_MINUTES] = true;
}

/* Is the pattern right at the start of a minute, and a second before the next one? */
static bool is_right(const ofp_week *week, int64_t label, int64_t measure, bool open)
{
    return ofp_week_measure(week, label) == measure &&
           (!open || ofp_week_second(week, measure) == label) &&
           (ofp_week_closing(week, label) > label) == open &&
           ofp_week_measure(week, label + MINUTE - 1) == measure + (open ? MINUTE - 1 : 0);
}

/* Compares a pattern with the marked minutes of three weeks. */
static void compare(const ofp_week *week, const bool *open)
{
    const int64_t start = monday + (int64_t)2000 * OFP_WEEK_SECONDS;
    int64_t measure = ofp_week_measure(week, start);
    for (int minute = 0; minute < 3 * WEEK_MINUTES; minute++) {
        const bool is_open = open[minute % WEEK_MINUTES];
        /* Check's own assertions take much longer than the question. */
        if (!is_right(week, start + (int64_t)minute * MINUTE, measure, is_open))
            ck_abort_msg("minute %d", minute);
        measure += is_open ? MINUTE : 0;
    }
}

START_TEST(agrees_with_marked_minutes)
{
    random_source random = random_start("week");
    for (int round = 0; round < 40; round++) {
        bool open[WEEK_MINUTES] = {0};
        ofp_shift shifts[7][4];
        ofp_day days[7];
        for (int day = 0; day < 7; day++) {
            const uint32_t count = random_below(&random, 5);
            for (uint32_t i = 0; i < count; i++) {
                const int from = (int)random_below(&random, 1440);
                const int to = from + 1 + (int)random_below(&random, 1440);
                shifts[day][i] = (ofp_shift){from * MINUTE, to * MINUTE};
                mark(open, day * 1440 + from, day * 1440 + to);
            }
            days[day] = (ofp_day){.shift_count = count, .shifts = shifts[day]};
        }
        ofp_week week;
        ck_assert(ofp_week_make(days, &week));
        if (ofp_week_varies(&week))
            compare(&week, open);
        ofp_week_release(&week);
    }
}
END_TEST

TCase *week_case(void)
{
    TCase *tests = tcase_create("week");
    tcase_add_test(tests, counts_open_seconds);
    tcase_add_test(tests, goes_round_the_week);
    tcase_add_test(tests, knows_the_weeks_that_do_not_vary);
    tcase_add_test(tests, agrees_with_marked_minutes);
    return tests;
}
