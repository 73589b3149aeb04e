/* SPDX-License-Identifier: MIT */
#include "moment.h"

#include "civil.h"
#include "cursor.h"
#include "failure.h"

/* Reads a number of exactly so many digits. @return false: there is something else */
static inline bool read_digits(const char *at, int count, int *ret)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        const unsigned digit = (unsigned)(unsigned char)at[i] - '0';
        if (digit > 9)
            return false;
        number = number * 10 + (int)digit;
    }
    *ret = number;
    return true;
}

static ofp_code take_date(ofp_cursor *cursor, int64_t *retdays)
{
    const char *at = cursor->at;
    int year, month, day;
    if (cursor->end - at < OFP_DATE_SIZE - 1 || !read_digits(at, 4, &year) || at[4] != '-' ||
        !read_digits(at + 5, 2, &month) || at[7] != '-' || !read_digits(at + 8, 2, &day))
        return OFP_CODE_INVALID_REQUEST_DATE;
    if (month < 1 || month > 12 || day < 1 || day > ofp_days_in_month(year, month))
        return OFP_CODE_INVALID_REQUEST_DATE;
    cursor->at += OFP_DATE_SIZE - 1;
    *retdays = ofp_days_from_civil(year, month, day);
    return OFP_CODE_NONE;
}

ofp_code ofp_date_scan(ofp_text text, int32_t *ret)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    int64_t days;
    const ofp_code code = take_date(&cursor, &days);
    if (code || !ofp_cursor_at_end(&cursor))
        return OFP_CODE_INVALID_REQUEST_DATE;
    if (days < OFP_DATE_MIN || days > OFP_DATE_MAX)
        return OFP_CODE_INSTANT_RANGE;
    *ret = (int32_t)days;
    return OFP_CODE_NONE;
}

static ofp_code take_time(ofp_cursor *cursor, int64_t *retseconds)
{
    enum { TIME_SIZE = 8 };
    const char *at = cursor->at;
    int hour, minute, second;
    if (cursor->end - at < TIME_SIZE || !read_digits(at, 2, &hour) || at[2] != ':' ||
        !read_digits(at + 3, 2, &minute) || at[5] != ':' || !read_digits(at + 6, 2, &second))
        return OFP_CODE_INVALID_INSTANT;
    cursor->at += TIME_SIZE;
    if (ofp_cursor_take(cursor, '.') && ofp_cursor_skip_digits(cursor) == 0)
        return OFP_CODE_INVALID_INSTANT;
    if (hour > 23 || minute > 59 || second > 60)
        return OFP_CODE_INVALID_INSTANT;
    *retseconds = hour * 3600 + minute * 60 + second;
    return second == 60 ? OFP_CODE_LEAP_SECOND : OFP_CODE_NONE;
}

static ofp_code take_offset(ofp_cursor *cursor, int64_t *retseconds)
{
    int64_t hours, minutes;
    *retseconds = 0;
    if (ofp_cursor_at_end(cursor))
        return OFP_CODE_MISSING_OFFSET;
    if (ofp_cursor_take(cursor, 'Z') || ofp_cursor_take(cursor, 'z'))
        return OFP_CODE_NONE;
    const int sign = ofp_cursor_take(cursor, '-') ? -1 : 1;
    if ((sign > 0 && !ofp_cursor_take(cursor, '+')) ||
        !ofp_cursor_take_number(cursor, 2, 2, &hours) || !ofp_cursor_take(cursor, ':') ||
        !ofp_cursor_take_number(cursor, 2, 2, &minutes) || hours > 23 || minutes > 59)
        return OFP_CODE_INVALID_INSTANT;
    *retseconds = sign * (hours * 3600 + minutes * 60);
    return OFP_CODE_NONE;
}

ofp_code ofp_instant_scan(ofp_text text, int64_t *ret)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    int64_t days, seconds, offset;
    if (take_date(&cursor, &days))
        return OFP_CODE_INVALID_INSTANT;
    if (!ofp_cursor_take(&cursor, 'T') && !ofp_cursor_take(&cursor, 't') &&
        !ofp_cursor_take(&cursor, ' '))
        return OFP_CODE_INVALID_INSTANT;
    const ofp_code time_code = take_time(&cursor, &seconds);
    if (time_code == OFP_CODE_INVALID_INSTANT)
        return time_code;
    const ofp_code offset_code = take_offset(&cursor, &offset);
    if (offset_code)
        return offset_code;
    if (!ofp_cursor_at_end(&cursor))
        return OFP_CODE_INVALID_INSTANT;
    if (time_code)
        return time_code;
    const int64_t instant = days * OFP_DAY_SECONDS + seconds - offset;
    if (!ofp_instant_is_supported(instant))
        return OFP_CODE_INSTANT_RANGE;
    *ret = instant;
    return OFP_CODE_NONE;
}

const char *ofp_moment_problem(ofp_code code)
{
    switch (code) {
    case OFP_CODE_MISSING_OFFSET:
        return "has no offset from UTC: add Z, or one such as +01:00";
    case OFP_CODE_LEAP_SECOND:
        return "names a leap second: name the second before or after it";
    case OFP_CODE_INSTANT_RANGE:
        return "is outside the years 1970 to 2200";
    case OFP_CODE_INVALID_REQUEST_DATE:
        return "is no date: write YYYY-MM-DD";
    default:
        return "is no instant: write it like 2026-11-20T18:00:00Z";
    }
}

static ofp_status fail(ofp_error **reterr, ofp_code code, ofp_text text)
{
    if (code == OFP_CODE_NONE)
        return ofp_succeed(reterr);
    return ofp_fail(reterr, code, "\"%s\" %s", ofp_quote(text).text, ofp_moment_problem(code));
}

ofp_status ofp_instant_parse(ofp_text text, int64_t *ret, ofp_error **reterr)
{
    return fail(reterr, ofp_instant_scan(text, ret), text);
}

ofp_status ofp_date_parse(ofp_text text, int32_t *ret, ofp_error **reterr)
{
    return fail(reterr, ofp_date_scan(text, ret), text);
}

static char *put_two(char *at, uint32_t number)
{
    at[0] = (char)('0' + number / 10);
    at[1] = (char)('0' + number % 10);
    return at + 2;
}

static char *put_date(char *at, int64_t days)
{
    const ofp_civil civil = ofp_civil_from_days(days);
    at = put_two(at, (uint32_t)civil.year / 100);
    at = put_two(at, (uint32_t)civil.year % 100);
    *at++ = '-';
    at = put_two(at, (uint32_t)civil.month);
    *at++ = '-';
    return put_two(at, (uint32_t)civil.day);
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* 0000-01-01 and 9999-12-31 */
enum { FIRST_DAY = -719528, LAST_DAY = 2932896 };

void ofp_date_format(int32_t date, char ret[OFP_DATE_SIZE])
{
    *put_date(ret, clamp(date, FIRST_DAY, LAST_DAY)) = '\0';
}

void ofp_instant_format(int64_t instant, char ret[OFP_INSTANT_SIZE])
{
    instant = clamp(instant, (int64_t)FIRST_DAY * OFP_DAY_SECONDS,
                    (int64_t)LAST_DAY * OFP_DAY_SECONDS + OFP_DAY_SECONDS - 1);
    const int64_t days = ofp_floor_div(instant, OFP_DAY_SECONDS);
    const uint32_t second = (uint32_t)(instant - days * OFP_DAY_SECONDS);
    char *at = put_date(ret, days);
    *at++ = 'T';
    at = put_two(at, second / 3600);
    *at++ = ':';
    at = put_two(at, second / 60 % 60);
    *at++ = ':';
    at = put_two(at, second % 60);
    *at++ = 'Z';
    *at = '\0';
}
