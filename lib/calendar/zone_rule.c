/* SPDX-License-Identifier: MIT */
#include "zone_rule.h"

#include "civil.h"
#include "cursor.h"

enum { HOUR = 3600, MOST_OFFSET_HOURS = 24, MOST_TIME_HOURS = 167 };

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_quotable(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-';
}

/* Three letters or more, or between < and > also digits and signs. */
static bool take_abbreviation(ofp_cursor *cursor, ofp_text *ret)
{
    const bool quoted = ofp_cursor_take(cursor, '<');
    const char *start = cursor->at;
    while (!ofp_cursor_at_end(cursor) &&
           (quoted ? is_quotable(*cursor->at) : is_letter(*cursor->at)))
        cursor->at++;
    *ret = (ofp_text){start, (size_t)(cursor->at - start)};
    return ret->size >= 3 && (!quoted || ofp_cursor_take(cursor, '>'));
}

static bool take_sign(ofp_cursor *cursor)
{
    const bool negative = ofp_cursor_take(cursor, '-');
    if (!negative)
        ofp_cursor_take(cursor, '+');
    return negative;
}

/* [+-]hh[:mm[:ss]], in seconds. */
static bool take_time(ofp_cursor *cursor, int64_t most_hours, int64_t *ret)
{
    const bool negative = take_sign(cursor);
    int64_t hours, minutes = 0, seconds = 0;
    if (!ofp_cursor_take_number(cursor, 1, 3, &hours) || hours > most_hours)
        return false;
    if (ofp_cursor_take(cursor, ':')) {
        if (!ofp_cursor_take_number(cursor, 2, 2, &minutes) || minutes > 59)
            return false;
        if (ofp_cursor_take(cursor, ':') &&
            (!ofp_cursor_take_number(cursor, 2, 2, &seconds) || seconds > 59))
            return false;
    }
    const int64_t time = hours * HOUR + minutes * 60 + seconds;
    *ret = negative ? -time : time;
    return true;
}

/* An offset, which POSIX counts westward. */
static bool take_offset(ofp_cursor *cursor, int32_t *ret)
{
    int64_t west;
    if (!take_time(cursor, MOST_OFFSET_HOURS, &west))
        return false;
    *ret = (int32_t)-west;
    return true;
}

static bool take_int(ofp_cursor *cursor, int least, int most, int *ret)
{
    int64_t number;
    if (!ofp_cursor_take_number(cursor, 1, 3, &number) || number < least || number > most)
        return false;
    *ret = (int)number;
    return true;
}

static bool take_month_day(ofp_cursor *cursor, ofp_rule_change *ret)
{
    return take_int(cursor, 1, 12, &ret->month) && ofp_cursor_take(cursor, '.') &&
           take_int(cursor, 1, 5, &ret->week) && ofp_cursor_take(cursor, '.') &&
           take_int(cursor, 0, 6, &ret->day);
}

static bool take_day(ofp_cursor *cursor, ofp_rule_change *ret)
{
    if (ofp_cursor_take(cursor, 'M')) {
        ret->kind = OFP_RULE_DAY_OF_MONTH;
        return take_month_day(cursor, ret);
    }
    if (ofp_cursor_take(cursor, 'J')) {
        ret->kind = OFP_RULE_DAY_JULIAN;
        return take_int(cursor, 1, 365, &ret->day);
    }
    ret->kind = OFP_RULE_DAY_OF_YEAR;
    return take_int(cursor, 0, 365, &ret->day);
}

/* ,day[/time] */
static bool take_change(ofp_cursor *cursor, ofp_rule_change *ret)
{
    *ret = (ofp_rule_change){.time = 2 * HOUR};
    if (!ofp_cursor_take(cursor, ',') || !take_day(cursor, ret))
        return false;
    return !ofp_cursor_take(cursor, '/') || take_time(cursor, MOST_TIME_HOURS, &ret->time);
}

const char *ofp_zone_rule_parse(ofp_text text, ofp_zone_rule *ret)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    *ret = (ofp_zone_rule){0};
    if (!take_abbreviation(&cursor, &ret->standard.abbreviation) ||
        !take_offset(&cursor, &ret->standard.offset))
        return "its rule for the future does not start with a name and an offset";
    if (ofp_cursor_at_end(&cursor))
        return NULL;
    ret->has_summer = true;
    ret->summer.offset = ret->standard.offset + HOUR;
    if (!take_abbreviation(&cursor, &ret->summer.abbreviation) ||
        (ofp_cursor_peek(&cursor) != ',' && !take_offset(&cursor, &ret->summer.offset)))
        return "its rule for the future has a wrong name or offset for summer time";
    if (!take_change(&cursor, &ret->start) || !take_change(&cursor, &ret->end) ||
        !ofp_cursor_at_end(&cursor))
        return "its rule for the future does not say well when summer time starts and ends";
    return NULL;
}

static int64_t month_day(const ofp_rule_change *change, int64_t year)
{
    const int64_t first = ofp_days_from_civil(year, change->month, 1);
    const int first_weekday = (ofp_weekday(first) + 1) % 7; /* 0 for Sunday */
    const int to_weekday = (change->day - first_weekday + 7) % 7;
    int day = to_weekday + (change->week - 1) * 7;
    if (day >= ofp_days_in_month(year, change->month))
        day -= 7;
    return first + day;
}

static int64_t change_day(const ofp_rule_change *change, int64_t year)
{
    const int64_t new_year = ofp_days_from_civil(year, 1, 1);
    switch (change->kind) {
    case OFP_RULE_DAY_JULIAN: {
        const bool after_leap_day = change->day > 59 && ofp_days_in_month(year, 2) == 29;
        return new_year + change->day - 1 + after_leap_day;
    }
    case OFP_RULE_DAY_OF_YEAR:
        return new_year + change->day;
    default:
        return month_day(change, year);
    }
}

/* Clocks show the time of a change as they did before it. */
static int64_t change_instant(const ofp_rule_change *change, int64_t year, int32_t offset_before)
{
    return change_day(change, year) * OFP_DAY_SECONDS + change->time - offset_before;
}

ofp_period ofp_zone_rule_summer(const ofp_zone_rule *rule, int64_t year)
{
    ofp_period summer = {
        .from = change_instant(&rule->start, year, rule->standard.offset),
        .to = change_instant(&rule->end, year, rule->summer.offset),
    };
    /* South of the equator it goes on over the new year. */
    if (summer.to < summer.from)
        summer.to = change_instant(&rule->end, year + 1, rule->summer.offset);
    return summer;
}
