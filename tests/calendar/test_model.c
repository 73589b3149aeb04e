/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "made_zone.h"
#include "random.h"
#include "sample.h"
#include "slow.h"

enum { MINUTE = 60 };

/* Where clocks are changed, in whole minutes. The slow calendar's first day is the one before. */
static const struct {
    const char *zone, *change;
} places[] = {
    {"Europe/Amsterdam", "2026-03-29T01:00:00Z"},    {"Europe/Amsterdam", "2026-10-25T01:00:00Z"},
    {"Pacific/Apia", "2011-12-30T10:00:00Z"},        {"Pacific/Kwajalein", "1993-08-21T12:00:00Z"},
    {"Australia/Lord_Howe", "2026-10-03T15:30:00Z"}, {"Antarctica/Troll", "2150-10-25T01:00:00Z"},
    {"America/Sao_Paulo", "2018-11-04T03:00:00Z"},   {"America/Havana", "2025-11-02T05:00:00Z"},
    {"Africa/Casablanca", "2026-02-15T02:00:00Z"},   {"Asia/Gaza", "2040-10-20T00:00:00Z"},
    {"America/St_Johns", "2006-10-29T02:31:00Z"},    {"Asia/Kathmandu", "1985-12-31T18:30:00Z"},
};

static ofp_shift random_shift(random_source *random)
{
    const int32_t from = (int32_t)random_below(random, 1440);
    const int32_t length = 1 + (int32_t)random_below(random, random_below(random, 3) ? 600 : 1440);
    return (ofp_shift){from * MINUTE, (from + length) * MINUTE};
}

static ofp_day random_day(random_source *random, test_calendar *sample, int64_t date, uint32_t most)
{
    const uint32_t count = random_below(random, most + 1);
    ofp_shift *shifts = ofp_arena_alloc(&sample->arena, count, sizeof *shifts);
    ck_assert_ptr_nonnull(shifts);
    for (uint32_t i = 0; i < count; i++)
        shifts[i] = random_shift(random);
    return (ofp_day){.date = (int32_t)date, .shift_count = count, .shifts = shifts};
}

/* Hours and exceptions near a date; each date may get any of these. */
static void fill_randomly(random_source *random, test_calendar *sample, int64_t date)
{
    ofp_hours *hours = &sample->hours;
    hours->always_open = random_below(random, 8) == 0;
    for (int day = 0; day < 7; day++)
        hours->week[day] = random_day(random, sample, 0, 3);
    for (int64_t near = date - 3; near < date + 6; near++) {
        if (random_below(random, 5) == 0)
            sample->days[hours->day_count++] = random_day(random, sample, near, 2);
        if (random_below(random, 5) == 0)
            sample->breaks[hours->break_count++] = random_day(random, sample, near, 2);
        if (random_below(random, 8) == 0)
            sample->holidays[hours->holiday_count++] = (int32_t)near;
        if (random_below(random, 8) == 0) {
            const int64_t from = near * OFP_DAY_SECONDS + random_below(random, 1440) * MINUTE;
            const int64_t to = from + (1 + random_below(random, 2000)) * MINUTE;
            sample->closures[hours->closure_count++] = (ofp_period){from, to};
        }
    }
}

/* An answer that the model does not have in its part of time must not be in it either. */
static void expect_answer(const slow_calendar *slow, int64_t got, int64_t wanted)
{
    const int64_t end = slow->start + (int64_t)SLOW_MINUTES * MINUTE;
    if (wanted != OFP_INSTANT_NONE)
        ck_assert_int_eq(got, wanted);
    else
        ck_assert(got == OFP_INSTANT_NONE || got < slow->start || got >= end);
}

static void compare_at(const ofp_calendar *calendar, const slow_calendar *slow, int64_t at,
                       int64_t seconds)
{
    ck_assert_int_eq(is_open(calendar, at), slow_is_open(slow, at));
    expect_answer(slow, next_open(calendar, at), slow_next_open(slow, at));
    expect_answer(slow, due(calendar, at, seconds), slow_due(slow, at, seconds));
    if (slow_prev_open(slow, at) > slow->start)
        ck_assert_int_eq(prev_open(calendar, at), slow_prev_open(slow, at));
    expect_answer(slow, due_back(calendar, at, seconds), slow_due_back(slow, at, seconds));
    ck_assert_int_eq(elapsed(calendar, at, at + seconds), slow_elapsed(slow, at, at + seconds));
}

static void expect_same_minutes(const ofp_calendar *calendar, const slow_calendar *slow)
{
    for (int i = 0; i < SLOW_MINUTES; i++) {
        bool open = false;
        ofp_calendar_is_open(calendar, slow->start + (int64_t)i * MINUTE, &open, NULL);
        /* Check's own assertions take much longer than the question. */
        if (open != slow->open[i])
            ck_abort_msg("minute %d", i);
    }
}

static void compare(random_source *random, test_calendar *sample, int64_t start)
{
    static slow_calendar slow;
    const ofp_calendar *calendar = sample_calendar(sample);
    slow_calendar_make(&sample->hours, start, &slow);
    expect_same_minutes(calendar, &slow);
    for (int i = 0; i < 40; i++) {
        const int64_t at = start + 3 * OFP_DAY_SECONDS + random_below(random, 12 * OFP_DAY_SECONDS);
        const uint32_t most = random_below(random, 2) ? 7200 : 4 * OFP_DAY_SECONDS;
        compare_at(calendar, &slow, at, random_below(random, most));
    }
}

START_TEST(agrees_with_stepping_through_time)
{
    random_source random = random_start("calendars");
    for (size_t round = 0; round < 3 * sizeof places / sizeof *places; round++) {
        const size_t place = round % (sizeof places / sizeof *places);
        test_calendar sample;
        sample_start(&sample, places[place].zone);
        const int64_t change = instant_of(places[place].change);
        fill_randomly(&random, &sample, change / OFP_DAY_SECONDS);
        compare(&random, &sample, change - 8 * OFP_DAY_SECONDS);
        sample_end(&sample);
    }
}
END_TEST

enum { CHANGES = 6 };

/* A zone that nobody has: clocks are changed by hours, now and then, within days. */
static ofp_zone *random_zone(random_source *random, int64_t first, bool always_back)
{
    int64_t times[CHANGES];
    int32_t offsets[CHANGES + 1] = {always_back ? 1440 * MINUTE : 0};
    for (int i = 0; i < CHANGES; i++) {
        const uint32_t most = always_back ? 300 : 4000;
        times[i] = i ? times[i - 1] + (60 + random_below(random, most)) * MINUTE : first;
        if (always_back)
            offsets[i + 1] = offsets[i] - (int32_t)random_below(random, 480) * MINUTE;
        else
            offsets[i + 1] = ((int32_t)random_below(random, 2880) - 1440) * MINUTE;
    }
    return zone_of_changes(times, offsets, CHANGES + 1);
}

START_TEST(agrees_in_zones_with_close_changes)
{
    random_source random = random_start("close changes");
    const int64_t first = 1700000040 / MINUTE * MINUTE;
    for (int round = 0; round < 24; round++) {
        test_calendar sample;
        sample_start(&sample, "UTC");
        ofp_zone_free(sample.zone);
        sample.hours.zone = sample.zone = random_zone(&random, first, round % 2);
        fill_randomly(&random, &sample, first / OFP_DAY_SECONDS);
        compare(&random, &sample, first - 8 * OFP_DAY_SECONDS);
        sample_end(&sample);
    }
}
END_TEST

TCase *model_case(void)
{
    TCase *tests = tcase_create("model");
    tcase_add_test(tests, agrees_with_stepping_through_time);
    tcase_add_test(tests, agrees_in_zones_with_close_changes);
    tcase_set_timeout(tests, 120);
    return tests;
}
