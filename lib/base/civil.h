/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The calendar of ISO 8601: dates as days since 1970-01-01 and as year, month, day.
 */
#ifndef OFP_CIVIL_H
#define OFP_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

enum { OFP_DAY_SECONDS = 86400, OFP_WEEK_SECONDS = 7 * 86400 };

/** First and last date that documents may name: 1970-01-01 and 2200-12-31. */
enum { OFP_DATE_MIN = 0, OFP_DATE_MAX = 84370 };

typedef struct ofp_civil {
    int64_t year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
} ofp_civil;

/** Days since 1970-01-01 of a valid date. */
int64_t ofp_days_from_civil(int64_t year, int month, int day);

/** The date of a number of days since 1970-01-01. */
ofp_civil ofp_civil_from_days(int64_t days);

/** How many days the month has. */
int ofp_days_in_month(int64_t year, int month);

/** Day of the week, 0 for Monday to 6 for Sunday. */
int ofp_weekday(int64_t days);

/** Division that rounds down, also below zero. @param divisor more than 0 */
static inline int64_t ofp_floor_div(int64_t value, int64_t divisor)
{
    const int64_t quotient = value / divisor;
    return quotient - (value % divisor < 0);
}

/** What ofp_floor_div() leaves: 0 to divisor - 1. */
static inline int64_t ofp_floor_mod(int64_t value, int64_t divisor)
{
    const int64_t rest = value % divisor;
    return rest < 0 ? rest + divisor : rest;
}

#endif
