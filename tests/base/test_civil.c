/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "civil.h"
#include "expect.h"

/* What the rooms compute is held against a walk over every day of 800 years, as a child would
 * count them. */
enum { FIRST_YEAR = 1600, LAST_YEAR = 2400, FIRST_DAY = -135140 };

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int64_t year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static ofp_civil next_day(ofp_civil date)
{
    if (date.day < month_length(date.year, date.month))
        return (ofp_civil){date.year, date.month, date.day + 1};
    if (date.month < 12)
        return (ofp_civil){date.year, date.month + 1, 1};
    return (ofp_civil){date.year + 1, 1, 1};
}

START_TEST(agrees_with_a_walk_over_all_days)
{
    ofp_civil date = {FIRST_YEAR, 1, 1};
    int weekday = 5; /* 1600-01-01 was a Saturday */
    for (int64_t days = FIRST_DAY; date.year <= LAST_YEAR; days++) {
        const ofp_civil got = ofp_civil_from_days(days);
        expect_each(got.year == date.year && got.month == date.month && got.day == date.day,
                    "day %lld", (long long)days);
        expect_each(ofp_days_from_civil(date.year, date.month, date.day) == days, "day %lld",
                    (long long)days);
        expect_each(ofp_weekday(days) == weekday, "day %lld", (long long)days);
        date = next_day(date);
        weekday = (weekday + 1) % 7;
    }
}
END_TEST

START_TEST(knows_some_famous_days)
{
    ck_assert_int_eq(ofp_days_from_civil(1970, 1, 1), 0);
    ck_assert_int_eq(ofp_weekday(0), 3); /* a Thursday */
    ck_assert_int_eq(ofp_days_from_civil(2000, 2, 29), 11016);
    ck_assert_int_eq(ofp_days_from_civil(2200, 12, 31), OFP_DATE_MAX);
    ck_assert_int_eq(ofp_days_from_civil(1970, 1, 1), OFP_DATE_MIN);
    ck_assert_int_eq(ofp_days_from_civil(0, 3, 1), -719468);
    ck_assert_int_eq(ofp_days_from_civil(9999, 12, 31), 2932896);
    ck_assert_int_eq(ofp_days_from_civil(-1, 12, 31), -719529);
}
END_TEST

START_TEST(knows_the_lengths_of_months)
{
    for (int64_t year = FIRST_YEAR; year <= LAST_YEAR; year++)
        for (int month = 1; month <= 12; month++)
            expect_each(ofp_days_in_month(year, month) == month_length(year, month), "%d-%d",
                        (int)year, month);
}
END_TEST

START_TEST(divides_downwards)
{
    static const struct {
        int64_t value, divisor, quotient, rest;
    } cases[] = {
        {7, 3, 2, 1},
        {6, 3, 2, 0},
        {0, 3, 0, 0},
        {-1, 3, -1, 2},
        {-3, 3, -1, 0},
        {-4, 3, -2, 2},
        {5, 1, 5, 0},
        {-5, 1, -5, 0},
        {INT64_MAX, 86400, 106751991167300, 55807},
        {INT64_MIN, 86400, -106751991167301, 30592},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(ofp_floor_div(cases[i].value, cases[i].divisor), cases[i].quotient);
        ck_assert_int_eq(ofp_floor_mod(cases[i].value, cases[i].divisor), cases[i].rest);
    }
}
END_TEST

TCase *civil_case(void)
{
    TCase *tests = tcase_create("civil");
    tcase_add_test(tests, agrees_with_a_walk_over_all_days);
    tcase_add_test(tests, knows_some_famous_days);
    tcase_add_test(tests, knows_the_lengths_of_months);
    tcase_add_test(tests, divides_downwards);
    return tests;
}
