/* SPDX-License-Identifier: MIT */
#include "civil.h"

/*
 * Years are counted from March, so that the day that leap years add is the last one, in cycles
 * of 400 years, which all have the same number of days.
 */
enum { CYCLE_YEARS = 400, CYCLE_DAYS = 146097, DAYS_TO_1970 = 719468 };

int64_t ofp_days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    const int64_t cycle = ofp_floor_div(year, CYCLE_YEARS);
    const int64_t year_of_cycle = year - cycle * CYCLE_YEARS;
    const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int64_t day_of_cycle =
        year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return cycle * CYCLE_DAYS + day_of_cycle - DAYS_TO_1970;
}

ofp_civil ofp_civil_from_days(int64_t days)
{
    days += DAYS_TO_1970;
    const int64_t cycle = ofp_floor_div(days, CYCLE_DAYS);
    /* Small and without a sign: divisions then cost half. */
    const uint32_t day_of_cycle = (uint32_t)(days - cycle * CYCLE_DAYS);
    const uint32_t year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 -
                                    day_of_cycle / (CYCLE_DAYS - 1)) /
                                   365;
    const uint32_t day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const uint32_t month_from_march = (5 * day_of_year + 2) / 153;
    ofp_civil civil = {
        .year = year_of_cycle + cycle * CYCLE_YEARS,
        .month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9),
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
    civil.year += civil.month <= 2;
    return civil;
}

int ofp_days_in_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

int ofp_weekday(int64_t days)
{
    /* 1970-01-01 was a Thursday. */
    return (int)ofp_floor_mod(days + 3, 7);
}
