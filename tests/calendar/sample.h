/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Zones and calendars to test with. What goes wrong on the way fails the test.
 */
#ifndef OFP_TEST_SAMPLE_H
#define OFP_TEST_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/instant.h>

#include "arena.h"
#include "hours.h"
#include "label.h"

/** Where the pinned zone files are, in both forms. */
extern const char *const zone_folders[2];

/** Loads a zone of the pinned data, which the caller frees. */
ofp_zone *sample_zone(const char *name);

/** An instant, from "2026-11-20T18:00:00Z". */
int64_t instant_of(const char *text);

/** Days since 1970-01-01, from "2026-11-20". */
int32_t date_of(const char *text);

/** A label, from "2026-11-20T18:00:00" as a wall clock shows it. */
int64_t label_of(const char *text);

enum { SAMPLE_LIMIT = 64 };

/** A calendar in the making. */
typedef struct test_calendar {
    ofp_arena arena;
    ofp_zone *zone;
    ofp_hours hours;
    ofp_day days[SAMPLE_LIMIT], breaks[SAMPLE_LIMIT];
    int32_t holidays[SAMPLE_LIMIT];
    ofp_period closures[SAMPLE_LIMIT];
    ofp_calendar *calendar;
} test_calendar;

/** Starts a calendar without hours. @param zone of the pinned data */
void sample_start(test_calendar *sample, const char *zone);

/**
 * Gives weekdays their hours.
 * @param first to `last`: 0 for Monday to 6 for Sunday
 * @param spans such as "08:00-12:30 13:00-18:00"
 */
void sample_week(test_calendar *sample, int first, int last, const char *spans);

/** The following add to the exceptions; dates must come in order. */
void sample_day(test_calendar *sample, const char *date, const char *spans);
void sample_break(test_calendar *sample, const char *date, const char *spans);
void sample_holiday(test_calendar *sample, const char *date);
void sample_closure(test_calendar *sample, const char *from, const char *to);

/** The calendar, made at the first call; it lives until sample_end(). */
const ofp_calendar *sample_calendar(test_calendar *sample);

/** Frees everything. */
void sample_end(test_calendar *sample);

/** What a calendar answers; any failure fails the test. */
int64_t due(const ofp_calendar *calendar, int64_t start, int64_t seconds);
int64_t due_back(const ofp_calendar *calendar, int64_t start, int64_t seconds);
int64_t elapsed(const ofp_calendar *calendar, int64_t start, int64_t end);
int64_t next_open(const ofp_calendar *calendar, int64_t start);
int64_t prev_open(const ofp_calendar *calendar, int64_t start);
bool is_open(const ofp_calendar *calendar, int64_t instant);

/** An answer is this instant as text, or "none". */
void expect_at(int64_t got, const char *wanted);

/** Of the periods from `start` on, `count` are asked for and these come. */
void expect_periods(const ofp_calendar *calendar, const char *start, size_t count,
                    const char *const wanted[][2], size_t wanted_count);

#endif
