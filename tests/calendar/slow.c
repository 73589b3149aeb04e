/* SPDX-License-Identifier: MIT */
#include "slow.h"

#include <string.h>

#include "civil.h"

enum { STEP = 30, MINUTE = 60, WIDEST = 26 * 3600 };

static int64_t label_at(const ofp_zone *zone, int64_t instant)
{
    const ofp_local_time local = ofp_zone_local(zone, instant);
    return (int64_t)local.date * OFP_DAY_SECONDS + local.second;
}

int64_t slow_instant(const ofp_zone *zone, int64_t label)
{
    for (int64_t at = label - WIDEST; at <= label + WIDEST; at += STEP)
        if (label_at(zone, at) == label)
            return at;
    /* No clock shows it: it is counted on by the clock of before the gap. */
    int64_t at = label - WIDEST;
    while (label_at(zone, at + STEP) < label)
        at += STEP;
    return label - ofp_zone_local(zone, at).offset;
}

static void mark(slow_calendar *calendar, int64_t from, int64_t to, bool open)
{
    for (int64_t at = from; at < to; at += MINUTE) {
        const int64_t minute = ofp_floor_div(at - calendar->start, MINUTE);
        if (minute >= 0 && minute < SLOW_MINUTES)
            calendar->open[minute] = open;
    }
}

static void mark_labels(slow_calendar *calendar, const ofp_zone *zone, int64_t date, int from,
                        int to, bool open)
{
    const int64_t midnight = date * OFP_DAY_SECONDS;
    mark(calendar, slow_instant(zone, midnight + from), slow_instant(zone, midnight + to), open);
}

static void mark_day(slow_calendar *calendar, const ofp_zone *zone, int64_t date,
                     const ofp_day *day, bool open)
{
    for (uint32_t i = 0; i < day->shift_count; i++)
        mark_labels(calendar, zone, date, day->shifts[i].from, day->shifts[i].to, open);
}

/* The shifts that start on a date: those of its own, or those of the weekday. */
static const ofp_day *shifts_of(const ofp_hours *hours, int64_t date)
{
    for (size_t i = 0; i < hours->day_count; i++)
        if (hours->days[i].date == date)
            return &hours->days[i];
    return &hours->week[ofp_weekday(date)];
}

void slow_calendar_make(const ofp_hours *hours, int64_t start, slow_calendar *ret)
{
    const int64_t first = start / OFP_DAY_SECONDS - 4, last = first + SLOW_DAYS + 8;
    memset(ret, 0, sizeof *ret);
    ret->start = start;
    if (hours->always_open)
        memset(ret->open, 1, sizeof ret->open);
    for (int64_t date = first; date <= last && !hours->always_open; date++)
        mark_day(ret, hours->zone, date, shifts_of(hours, date), true);
    for (size_t i = 0; i < hours->break_count; i++)
        mark_day(ret, hours->zone, hours->breaks[i].date, &hours->breaks[i], false);
    for (size_t i = 0; i < hours->holiday_count; i++)
        mark_labels(ret, hours->zone, hours->holidays[i], 0, OFP_DAY_SECONDS, false);
    for (size_t i = 0; i < hours->closure_count; i++)
        mark(ret, hours->closures[i].from, hours->closures[i].to, false);
}

bool slow_is_open(const slow_calendar *calendar, int64_t instant)
{
    return calendar->open[(instant - calendar->start) / MINUTE];
}

int64_t slow_due(const slow_calendar *calendar, int64_t start, int64_t seconds)
{
    const int64_t end = calendar->start + (int64_t)SLOW_MINUTES * MINUTE;
    for (int64_t at = start; seconds > 0; at++) {
        if (at >= end)
            return OFP_INSTANT_NONE;
        seconds -= slow_is_open(calendar, at);
        if (seconds == 0)
            return at + 1;
    }
    return start;
}

int64_t slow_due_back(const slow_calendar *calendar, int64_t start, int64_t seconds)
{
    for (int64_t at = start; seconds > 0; at--) {
        if (at <= calendar->start)
            return OFP_INSTANT_NONE;
        seconds -= slow_is_open(calendar, at - 1);
        if (seconds == 0)
            return at - 1;
    }
    return start;
}

int64_t slow_elapsed(const slow_calendar *calendar, int64_t start, int64_t end)
{
    int64_t seconds = 0;
    for (int64_t at = start; at < end; at++)
        seconds += slow_is_open(calendar, at);
    return seconds;
}

int64_t slow_next_open(const slow_calendar *calendar, int64_t start)
{
    const int64_t last = slow_due(calendar, start, 1);
    return last == OFP_INSTANT_NONE ? OFP_INSTANT_NONE : last - 1;
}

int64_t slow_prev_open(const slow_calendar *calendar, int64_t start)
{
    const int64_t first = slow_due_back(calendar, start, 1);
    return first == OFP_INSTANT_NONE ? OFP_INSTANT_NONE : first + 1;
}
