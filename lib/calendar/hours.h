/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a calendar is made of: hours as a policy writes them, before anything is computed.
 */
#ifndef OFP_HOURS_H
#define OFP_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/calendar.h>
#include <offerpolicy/zone.h>

#include "arena.h"

/** A span of wall-clock labels: seconds from the start of the local date that it belongs to. */
typedef struct ofp_shift {
    int32_t from; /* 0 to 86399 */
    int32_t to;   /* after `from`, at most 172800; more than 86400: a label of the next date */
} ofp_shift;

/** The shifts of a weekday or of a date. */
typedef struct ofp_day {
    int32_t date; /* days since 1970-01-01; not used for weekdays */
    uint32_t shift_count;
    const ofp_shift *shifts; /* may overlap, in any order */
} ofp_day;

/** Everything about a calendar. All of it is borrowed and must live as long as the calendar. */
typedef struct ofp_hours {
    const char *name;
    const ofp_zone *zone;
    bool always_open;    /* nothing below then counts but closures, breaks and holidays */
    ofp_day week[7];     /* Monday first */
    const ofp_day *days; /* replace the shifts that start on these dates; sorted, each date once */
    size_t day_count;
    const ofp_day *breaks; /* closed wall-clock spans; sorted, each date once */
    size_t break_count;
    const int32_t *holidays; /* dates that are closed as a whole; sorted */
    size_t holiday_count;
    const ofp_period *closures; /* closed spans of instants, `to` exclusive */
    size_t closure_count;
} ofp_hours;

/**
 * Makes a calendar. Its timeline is computed at the first question.
 * @param arena where it lives; ofp_calendar_release() must come before the arena is freed
 * @return NULL: out of memory
 */
ofp_calendar *ofp_calendar_new(ofp_arena *arena, const ofp_hours *hours);

/** Frees what the calendar has computed. */
void ofp_calendar_release(ofp_calendar *calendar);

/**
 * Can the calendar be open at all (at any instant that the library works with)? Computes the
 * timeline only where the hours alone do not tell.
 */
ofp_status ofp_calendar_ever_opens(const ofp_calendar *calendar, bool *ret, ofp_error **reterr);

#endif
