/* SPDX-License-Identifier: MIT */
#include "duration_text.h"

#include <stdbool.h>

#include <offerpolicy/calendar.h>

#include "cursor.h"

static const struct {
    char letter;
    int64_t seconds;
} units[] = {{'h', 3600}, {'m', 60}, {'s', 1}};

enum { UNIT_COUNT = sizeof units / sizeof *units, MOST_DIGITS = 9 };

/* The unit that comes next, not one before `first`; UNIT_COUNT: none of them. */
static int take_unit(ofp_cursor *cursor, int first)
{
    int unit = first;
    while (unit < UNIT_COUNT && !ofp_cursor_take(cursor, units[unit].letter))
        unit++;
    return unit;
}

static const char *explain_unit(const ofp_cursor *cursor)
{
    switch (ofp_cursor_peek(cursor)) {
    case '\0':
        return "has no unit: write it like 90s, 30m or 4h";
    case 'd':
    case 'w':
        return "is not in hours: a day of business time has no fixed length, write 24h";
    case '.':
    case ',':
        return "has a fraction: write it like 1h30m";
    default:
        return "is no duration: write it like 90s, 30m, 4h or 1h30m";
    }
}

const char *ofp_duration_scan(ofp_text text, int64_t *ret)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    int64_t total = 0;
    int unit = -1;
    do {
        int64_t number;
        if (!ofp_cursor_take_number(&cursor, 1, MOST_DIGITS, &number))
            return "is no duration: write it like 90s, 30m, 4h or 1h30m";
        unit = take_unit(&cursor, unit + 1);
        if (unit == UNIT_COUNT)
            return explain_unit(&cursor);
        total += number * units[unit].seconds;
    } while (!ofp_cursor_at_end(&cursor));
    if (total == 0)
        return "is no time at all: a duration is more than 0";
    if (total > OFP_CALENDAR_HORIZON)
        return "is too long: a duration is at most 4,392 days (105408h)";
    *ret = total;
    return NULL;
}

const char *ofp_days_scan(ofp_text text, int32_t *ret)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    int64_t days;
    if (!ofp_cursor_take_number(&cursor, 1, 18, &days))
        return "is no number of days: write it like 14d";
    if (ofp_cursor_at_end(&cursor))
        return "has no unit: write it like 14d";
    if (!ofp_cursor_take(&cursor, 'd') || !ofp_cursor_at_end(&cursor))
        return "is not in whole days: write it like 14d";
    if (days < 1 || days > OFP_MOST_DAYS)
        return "is out of range: from 1d to 3650d are allowed";
    *ret = (int32_t)days;
    return NULL;
}
