/* SPDX-License-Identifier: MIT */
#include "explain_time.h"

#include <inttypes.h>
#include <stdlib.h>

#include <offerpolicy/instant.h>

#include "civil.h"

void ofp_clock_put_date(const ofp_clock *clock, int32_t date, ofp_buffer *buffer)
{
    static const char days[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const ofp_civil civil = ofp_civil_from_days(date);
    ofp_buffer_printf(buffer, "%s%s%d%s%s%s%" PRId64, days[ofp_weekday(date)], clock->space,
                      civil.day, clock->space, months[civil.month - 1], clock->space, civil.year);
}

/* "UTC-8", "UTC+5:45"; old local times have seconds. */
static void put_offset(int32_t offset, ofp_buffer *buffer)
{
    const int32_t size = abs(offset);
    ofp_buffer_printf(buffer, "UTC%c%d", offset < 0 ? '-' : '+', size / 3600);
    if (size % 3600)
        ofp_buffer_printf(buffer, ":%02d", size / 60 % 60);
    if (size % 60)
        ofp_buffer_printf(buffer, ":%02d", size % 60);
}

/* The zone's name for its time, and what that is in UTC where it does not go without saying. */
static void put_zone_time(const ofp_clock *clock, const ofp_local_time *local, ofp_buffer *buffer)
{
    const ofp_text name = ofp_text_of(local->abbreviation);
    const bool named = name.size && name.data[0] != '+' && name.data[0] != '-';
    ofp_buffer_puts(buffer, clock->space);
    if (!named) {
        put_offset(local->offset, buffer);
        return;
    }
    ofp_buffer_put_harmless(buffer, name);
    if (local->offset == clock->offset || strcmp(local->abbreviation, "UTC") == 0)
        return;
    ofp_buffer_puts(buffer, clock->space);
    ofp_buffer_puts(buffer, "(");
    put_offset(local->offset, buffer);
    ofp_buffer_puts(buffer, ")");
}

void ofp_clock_put_instant(const ofp_clock *clock, int64_t instant, ofp_buffer *buffer)
{
    const ofp_local_time local = ofp_zone_local(clock->zone, instant);
    ofp_clock_put_date(clock, local.date, buffer);
    ofp_buffer_printf(buffer, " %02d:%02d", local.second / 3600, local.second / 60 % 60);
    if (local.second % 60)
        ofp_buffer_printf(buffer, ":%02d", local.second % 60);
    put_zone_time(clock, &local, buffer);
}

void ofp_clock_put_start(const ofp_clock *clock, int64_t start, ofp_buffer *buffer)
{
    const ofp_local_time local = ofp_zone_local(clock->zone, start);
    if (local.second == 0)
        ofp_clock_put_date(clock, local.date, buffer);
    else
        ofp_clock_put_instant(clock, start, buffer);
}

int32_t ofp_clock_last_date(const ofp_clock *clock, int64_t end)
{
    const ofp_local_time local = ofp_zone_local(clock->zone, end);
    return local.second == 0 ? local.date - 1 : OFP_DATE_NONE;
}

/* An end at midnight by its last date, which is how contracts and policies name it. */
static void put_end(const ofp_clock *clock, int64_t end, const char *with_date,
                    const char *with_instant, ofp_buffer *buffer)
{
    const int32_t last = ofp_clock_last_date(clock, end);
    if (last != OFP_DATE_NONE) {
        ofp_buffer_puts(buffer, with_date);
        ofp_clock_put_date(clock, last, buffer);
    } else {
        ofp_buffer_puts(buffer, with_instant);
        ofp_clock_put_instant(clock, end, buffer);
    }
}

void ofp_clock_put_end(const ofp_clock *clock, int64_t end, ofp_buffer *buffer)
{
    if (end == OFP_INSTANT_NONE)
        ofp_buffer_puts(buffer, "without an end");
    else
        put_end(clock, end, "through ", "until ", buffer);
}

void ofp_clock_put_past_end(const ofp_clock *clock, int64_t end, ofp_buffer *buffer)
{
    put_end(clock, end, "at the end of ", "on ", buffer);
}

static const struct {
    int64_t seconds;
    const char *name;
} units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};

enum { UNIT_COUNT = sizeof units / sizeof *units, DAY = 0, HOUR = 1 };

/* Writes at most `most` units one after the other, from `first` down; what is left is cut off. */
static void put_units(const ofp_clock *clock, int64_t seconds, int first, int most,
                      ofp_buffer *buffer)
{
    bool any = false;
    while (first < UNIT_COUNT - 1 && seconds < units[first].seconds)
        first++;
    for (int i = first; i < UNIT_COUNT && i < first + most; i++) {
        const int64_t count = seconds / units[i].seconds;
        seconds %= units[i].seconds;
        if (count == 0)
            continue;
        ofp_buffer_printf(buffer, "%s%" PRId64 "%s%s", any ? clock->space : "", count, clock->space,
                          units[i].name);
        any = true;
    }
}

void ofp_clock_put_budget(const ofp_clock *clock, int64_t seconds, ofp_buffer *buffer)
{
    put_units(clock, seconds, HOUR, UNIT_COUNT, buffer);
}

void ofp_clock_put_span(const ofp_clock *clock, int64_t seconds, ofp_buffer *buffer)
{
    put_units(clock, seconds, DAY, 2, buffer);
}
