/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The plain way to compute due times, as one would write it for a few calendars that are known
 * beforehand: every open interval of all supported years in one sorted array.
 */
#ifndef OFP_BENCH_OPEN_TABLE_H
#define OFP_BENCH_OPEN_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/calendar.h>

/** Open intervals, in order. */
typedef struct open_table {
    ofp_period *periods; /* one more follows them, which never comes */
    size_t count;
    uint32_t *hints; /* by about a day and a half: the first interval that may be open then */
} open_table;

/** Asks a calendar for all its intervals. */
open_table open_table_make(const ofp_calendar *calendar);

void open_table_release(open_table *table);

/** The same as ofp_calendar_due(), for instants whose answer lies within the supported years. */
int64_t open_table_due(const open_table *table, int64_t start, int64_t seconds);

#endif
