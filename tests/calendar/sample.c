/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include <stdio.h>
#include <string.h>

#include "civil.h"
#include "expect.h"

const char *const zone_folders[2] = {ZONEINFO_FAT, ZONEINFO_SLIM};

ofp_zone *sample_zone(const char *name)
{
    ofp_zone *zone = NULL;
    expect_ok(ofp_zone_load(zone_folders[0], ofp_text_of(name), &zone, &error));
    return zone;
}

int64_t instant_of(const char *text)
{
    int year, month, day, hour, minute, second;
    const int read =
        sscanf(text, "%d-%d-%dT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second);
    ck_assert_msg(read == 6, "%s", text);
    return ofp_days_from_civil(year, month, day) * OFP_DAY_SECONDS + hour * 3600 + minute * 60 +
           second;
}

int32_t date_of(const char *text)
{
    int year, month, day;
    ck_assert_msg(sscanf(text, "%d-%d-%d", &year, &month, &day) == 3, "%s", text);
    return (int32_t)ofp_days_from_civil(year, month, day);
}

int64_t label_of(const char *text)
{
    return instant_of(text);
}

void sample_start(test_calendar *sample, const char *zone)
{
    memset(sample, 0, sizeof *sample);
    sample->zone = sample_zone(zone);
    sample->hours = (ofp_hours){
        .name = "sample",
        .zone = sample->zone,
        .days = sample->days,
        .breaks = sample->breaks,
        .holidays = sample->holidays,
        .closures = sample->closures,
    };
}

static int32_t read_time(const char **at)
{
    int hour, minute, second = 0, size = 0;
    ck_assert_msg(sscanf(*at, "%d:%d%n", &hour, &minute, &size) == 2, "%s", *at);
    *at += size;
    if (**at == ':') {
        ck_assert_msg(sscanf(*at, ":%d%n", &second, &size) == 1, "%s", *at);
        *at += size;
    }
    return hour * 3600 + minute * 60 + second;
}

static ofp_day read_day(test_calendar *sample, const char *spans)
{
    ofp_shift *shifts = ofp_arena_alloc(&sample->arena, strlen(spans) + 1, sizeof *shifts);
    ck_assert_ptr_nonnull(shifts);
    uint32_t count = 0;
    for (const char *at = spans; *at;) {
        shifts[count].from = read_time(&at);
        ck_assert_msg(*at++ == '-', "%s", spans);
        shifts[count].to = read_time(&at);
        if (shifts[count].to <= shifts[count].from)
            shifts[count].to += OFP_DAY_SECONDS;
        count++;
        while (*at == ' ')
            at++;
    }
    return (ofp_day){.shift_count = count, .shifts = shifts};
}

void sample_week(test_calendar *sample, int first, int last, const char *spans)
{
    for (int day = first; day <= last; day++)
        sample->hours.week[day] = read_day(sample, spans);
}

void sample_day(test_calendar *sample, const char *date, const char *spans)
{
    ofp_day *day = &sample->days[sample->hours.day_count++];
    *day = read_day(sample, spans);
    day->date = date_of(date);
}

void sample_break(test_calendar *sample, const char *date, const char *spans)
{
    ofp_day *day = &sample->breaks[sample->hours.break_count++];
    *day = read_day(sample, spans);
    day->date = date_of(date);
}

void sample_holiday(test_calendar *sample, const char *date)
{
    sample->holidays[sample->hours.holiday_count++] = date_of(date);
}

void sample_closure(test_calendar *sample, const char *from, const char *to)
{
    sample->closures[sample->hours.closure_count++] =
        (ofp_period){instant_of(from), instant_of(to)};
}

const ofp_calendar *sample_calendar(test_calendar *sample)
{
    if (!sample->calendar)
        sample->calendar = ofp_calendar_new(&sample->arena, &sample->hours);
    ck_assert_ptr_nonnull(sample->calendar);
    return sample->calendar;
}

void sample_end(test_calendar *sample)
{
    if (sample->calendar)
        ofp_calendar_release(sample->calendar);
    ofp_arena_free(&sample->arena);
    ofp_zone_free(sample->zone);
}

int64_t due(const ofp_calendar *calendar, int64_t start, int64_t seconds)
{
    int64_t answer = -77;
    expect_ok(ofp_calendar_due(calendar, start, seconds, &answer, &error));
    return answer;
}

int64_t due_back(const ofp_calendar *calendar, int64_t start, int64_t seconds)
{
    int64_t answer = -77;
    expect_ok(ofp_calendar_due_back(calendar, start, seconds, &answer, &error));
    return answer;
}

int64_t elapsed(const ofp_calendar *calendar, int64_t start, int64_t end)
{
    int64_t answer = -77;
    expect_ok(ofp_calendar_elapsed(calendar, start, end, &answer, &error));
    return answer;
}

int64_t next_open(const ofp_calendar *calendar, int64_t start)
{
    int64_t answer = -77;
    expect_ok(ofp_calendar_next_open(calendar, start, &answer, &error));
    return answer;
}

int64_t prev_open(const ofp_calendar *calendar, int64_t start)
{
    int64_t answer = -77;
    expect_ok(ofp_calendar_prev_open(calendar, start, &answer, &error));
    return answer;
}

bool is_open(const ofp_calendar *calendar, int64_t instant)
{
    bool answer = false;
    expect_ok(ofp_calendar_is_open(calendar, instant, &answer, &error));
    return answer;
}

void expect_at(int64_t got, const char *wanted)
{
    char text[OFP_INSTANT_SIZE] = "none";
    if (got != OFP_INSTANT_NONE)
        ofp_instant_format(got, text);
    ck_assert_str_eq(text, wanted);
}

void expect_periods(const ofp_calendar *calendar, const char *start, size_t count,
                    const char *const wanted[][2], size_t wanted_count)
{
    ofp_period periods[SAMPLE_LIMIT];
    size_t found = 77;
    ck_assert_uint_le(count, SAMPLE_LIMIT);
    expect_ok(ofp_calendar_periods(calendar, instant_of(start), count, periods, &found, &error));
    for (size_t i = 0; i < found && i < wanted_count; i++) {
        expect_at(periods[i].from, wanted[i][0]);
        expect_at(periods[i].to, wanted[i][1]);
    }
    ck_assert_uint_eq(found, wanted_count);
}
