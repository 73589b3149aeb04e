/* SPDX-License-Identifier: MIT */
#include "hours_text.h"

#include <string.h>

#include "civil.h"
#include "cursor.h"

static bool take_time(ofp_cursor *cursor, int32_t *ret)
{
    int64_t hour, minute, second = 0;
    if (!ofp_cursor_take_number(cursor, 2, 2, &hour) || !ofp_cursor_take(cursor, ':') ||
        !ofp_cursor_take_number(cursor, 2, 2, &minute))
        return false;
    if (ofp_cursor_take(cursor, ':') && !ofp_cursor_take_number(cursor, 2, 2, &second))
        return false;
    const int64_t time = hour * 3600 + minute * 60 + second;
    *ret = (int32_t)time;
    return minute < 60 && second < 60 && time <= OFP_DAY_SECONDS;
}

ofp_code ofp_shift_scan(ofp_text text, ofp_shift *ret, const char **retproblem)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    int32_t from, to;
    *retproblem = "is no span of hours: write it like 09:00-17:30, from 00:00 to 24:00";
    if (!take_time(&cursor, &from) || !ofp_cursor_take(&cursor, '-') || !take_time(&cursor, &to) ||
        !ofp_cursor_at_end(&cursor))
        return OFP_CODE_INVALID_HOURS;
    if (from == to) {
        *retproblem = "is empty: its end is its start; the whole day is 00:00-24:00";
        return OFP_CODE_EMPTY_INTERVAL;
    }
    if (from == OFP_DAY_SECONDS) {
        *retproblem = "starts at 24:00: let it start at 00:00 of the next day";
        return OFP_CODE_INVALID_HOURS;
    }
    *ret = (ofp_shift){from, to < from ? to + OFP_DAY_SECONDS : to};
    return OFP_CODE_NONE;
}

static const char weekdays[7][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

const char *ofp_weekday_name(int day)
{
    return weekdays[day];
}

static bool take_weekday(ofp_cursor *cursor, int *ret)
{
    for (int day = 0; day < 7; day++) {
        if (cursor->end - cursor->at >= 3 && memcmp(cursor->at, weekdays[day], 3) == 0) {
            cursor->at += 3;
            *ret = day;
            return true;
        }
    }
    return false;
}

const char *ofp_weekdays_scan(ofp_text text, unsigned *retdays)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    int first, last;
    bool valid = take_weekday(&cursor, &first);
    last = first;
    const bool range = valid && ofp_cursor_take(&cursor, '-');
    if (range)
        valid = take_weekday(&cursor, &last);
    if (!valid || !ofp_cursor_at_end(&cursor))
        return "is no day of the week: write mon, tue, wed, thu, fri, sat, sun or a range such as "
               "mon-thu";
    if (range && first == last)
        return "names the same day twice: write it once, or mon-sun for all of them";
    unsigned days = 1u << last;
    for (int day = first; day != last; day = (day + 1) % 7)
        days |= 1u << day;
    *retdays = days;
    return NULL;
}
