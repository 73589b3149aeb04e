/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the values of options mean.
 */
#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/policy.h>

/** More worker threads than this are not started. */
enum { MOST_JOBS = 256 };

/** A date as people name it: one of the calendar, or so many days from today. */
struct day {
    bool given;
    bool ahead;    /* count from the date of now */
    int32_t count; /* days since 1970-01-01, or ahead; less than 0: ago */
};

/**
 * Reads a value. A mistake is told on standard error.
 * @param name of the option, for messages
 * @param value as it was written; NULL for an option that takes none
 * @param ret what it sets, of the type that stands behind each
 * @return false: there was a mistake
 */
typedef bool value_reader(const char *name, const char *value, void *ret);

value_reader value_read_flag;     /* bool: the option is there */
value_reader value_read_text;     /* const char *: as it is */
value_reader value_read_instant;  /* int64_t: RFC 3339 with an offset, or the word now */
value_reader value_read_moment;   /* int64_t: the same, or a date: the start of that day in UTC */
value_reader value_read_day;      /* struct day: 2027-01-31, +30d or -30d */
value_reader value_read_duration; /* int64_t: seconds, as in 30s, 10m, 2h, 1d */
value_reader value_read_revision; /* int64_t: from 1 */
value_reader value_read_jobs;     /* size_t: from 1 to MOST_JOBS */
value_reader value_read_colour;   /* enum colour_choice: auto, always, never */
value_reader value_read_state;    /* ofp_migration_state: open, live, … */
value_reader value_read_outcome;  /* ofp_outcome: reached, not_reached */

/**
 * The date that is meant; OFP_DATE_NONE if none is given.
 * @param policy in whose zone the day of `at` is looked up
 * @param at the instant from which days are counted
 */
int32_t value_date(const struct day *day, const ofp_policy *policy, int64_t at);

#endif
