/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Calendars and labels the slow way: by stepping through time and asking nothing of the library
 * but what clocks show at an instant. Times are whole half minutes, those of calendars minutes.
 */
#ifndef OFP_TEST_SLOW_H
#define OFP_TEST_SLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/instant.h>

#include "hours.h"

/** The instant of a label, as ofp_zone_instant() should find it. */
int64_t slow_instant(const ofp_zone *zone, int64_t label);

enum { SLOW_DAYS = 40, SLOW_MINUTES = SLOW_DAYS * 1440 };

/** Which minutes are open, in a part of time. */
typedef struct slow_calendar {
    int64_t start; /* an instant, the start of a minute */
    bool open[SLOW_MINUTES];
} slow_calendar;

/** Works out which minutes are open from `start` on. */
void slow_calendar_make(const ofp_hours *hours, int64_t start, slow_calendar *ret);

/** The questions, for instants in the calendar; OFP_INSTANT_NONE: the answer is not in it. */
int64_t slow_due(const slow_calendar *calendar, int64_t start, int64_t seconds);
int64_t slow_due_back(const slow_calendar *calendar, int64_t start, int64_t seconds);
int64_t slow_elapsed(const slow_calendar *calendar, int64_t start, int64_t end);
int64_t slow_next_open(const slow_calendar *calendar, int64_t start);
int64_t slow_prev_open(const slow_calendar *calendar, int64_t start);
bool slow_is_open(const slow_calendar *calendar, int64_t instant);

#endif
