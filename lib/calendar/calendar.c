/* SPDX-License-Identifier: MIT */
#include <offerpolicy/calendar.h>

#include <inttypes.h>
#include <stdatomic.h>

#include "civil.h"
#include "failure.h"
#include "moment.h"
#include "timeline.h"

struct ofp_calendar {
    ofp_hours hours;
    /* NULL until the first question. It stands apart, so that a calendar is never written to. */
    _Atomic(ofp_timeline *) *timeline;
};

ofp_calendar *ofp_calendar_new(ofp_arena *arena, const ofp_hours *hours)
{
    ofp_calendar *calendar = ofp_arena_alloc(arena, 1, sizeof *calendar);
    if (!calendar)
        return NULL;
    calendar->hours = *hours;
    calendar->timeline = ofp_arena_alloc(arena, 1, sizeof *calendar->timeline);
    if (!calendar->timeline)
        return NULL;
    atomic_init(calendar->timeline, NULL);
    return calendar;
}

void ofp_calendar_release(ofp_calendar *calendar)
{
    ofp_timeline_free(atomic_exchange(calendar->timeline, NULL));
}

const char *ofp_calendar_name(const ofp_calendar *calendar)
{
    return calendar->hours.name;
}

/* Threads that ask first at the same time each compute the timeline; the first to finish wins. */
static const ofp_timeline *make_timeline(const ofp_calendar *calendar)
{
    ofp_timeline *made = ofp_timeline_new(&calendar->hours);
    ofp_timeline *there = NULL;
    if (!made || atomic_compare_exchange_strong(calendar->timeline, &there, made))
        return made;
    ofp_timeline_free(made);
    return there;
}

static ofp_status find_timeline(const ofp_calendar *calendar, const ofp_timeline **ret,
                                ofp_error **reterr)
{
    *ret = atomic_load_explicit(calendar->timeline, memory_order_acquire);
    if (!*ret)
        *ret = make_timeline(calendar);
    return *ret ? ofp_succeed(reterr) : ofp_fail_no_memory(reterr);
}

static ofp_status check_instant(int64_t instant, ofp_error **reterr)
{
    if (!ofp_instant_is_supported(instant))
        return ofp_fail(reterr, OFP_CODE_INSTANT_RANGE,
                        "instant %" PRId64 " is outside the years 1970 to 2200", instant);
    return ofp_succeed(reterr);
}

/* What every question needs: a supported instant, and the timeline. On failure there is none. */
static ofp_status prepare(const ofp_calendar *calendar, int64_t instant, const ofp_timeline **ret,
                          ofp_error **reterr)
{
    const ofp_status status = check_instant(instant, reterr);
    return status == OFP_STATUS_OK ? find_timeline(calendar, ret, reterr) : status;
}

/* The same for a question about an amount of open time, which gets cut to what may matter. */
static ofp_status prepare_seconds(const ofp_calendar *calendar, int64_t instant, int64_t *seconds,
                                  const ofp_timeline **ret, ofp_error **reterr)
{
    if (*seconds < 0)
        return ofp_fail(reterr, OFP_CODE_NUMBER_RANGE,
                        "%" PRId64 " seconds of open time are less than 0", *seconds);
    if (*seconds > OFP_CALENDAR_HORIZON)
        *seconds = OFP_CALENDAR_HORIZON + 1;
    return prepare(calendar, instant, ret, reterr);
}

/* Where open second number `number` begins, if that is near enough after the start. */
static int64_t second_after(const ofp_timeline *timeline, int64_t start, int64_t number)
{
    const int64_t second = ofp_timeline_second(timeline, number);
    return second < start + OFP_CALENDAR_HORIZON ? second : OFP_INSTANT_NONE;
}

/* Where open second number `number` begins, if that is near enough before the start. */
static int64_t second_before(const ofp_timeline *timeline, int64_t start, int64_t number)
{
    const int64_t second = ofp_timeline_second(timeline, number);
    return second >= start - OFP_CALENDAR_HORIZON ? second : OFP_INSTANT_NONE;
}

static int64_t end_of(int64_t second)
{
    return second == OFP_INSTANT_NONE ? OFP_INSTANT_NONE : second + 1;
}

ofp_status ofp_calendar_due(const ofp_calendar *calendar, int64_t start, int64_t seconds,
                            int64_t *ret, ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    const ofp_status status = prepare_seconds(calendar, start, &seconds, &timeline, reterr);
    if (!timeline)
        return status;
    const int64_t last = ofp_timeline_measure(timeline, start) + seconds - 1;
    *ret = seconds ? end_of(second_after(timeline, start, last)) : start;
    return status;
}

ofp_status ofp_calendar_due_back(const ofp_calendar *calendar, int64_t start, int64_t seconds,
                                 int64_t *ret, ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    const ofp_status status = prepare_seconds(calendar, start, &seconds, &timeline, reterr);
    if (!timeline)
        return status;
    const int64_t first = ofp_timeline_measure(timeline, start) - seconds;
    *ret = seconds ? second_before(timeline, start, first) : start;
    return status;
}

ofp_status ofp_calendar_elapsed(const ofp_calendar *calendar, int64_t start, int64_t end,
                                int64_t *ret, ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    ofp_status status = check_instant(start, reterr);
    if (status == OFP_STATUS_OK)
        status = prepare(calendar, end, &timeline, reterr);
    if (!timeline)
        return status;
    *ret = end <= start
               ? 0
               : ofp_timeline_measure(timeline, end) - ofp_timeline_measure(timeline, start);
    return status;
}

/* The first open instant at or after this one, looked for in the horizon after the start. */
static int64_t find_opening(const ofp_timeline *timeline, int64_t start, int64_t instant)
{
    return second_after(timeline, start, ofp_timeline_measure(timeline, instant));
}

ofp_status ofp_calendar_is_open(const ofp_calendar *calendar, int64_t instant, bool *ret,
                                ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    const ofp_status status = prepare(calendar, instant, &timeline, reterr);
    if (timeline)
        *ret = find_opening(timeline, instant, instant) == instant;
    return status;
}

ofp_status ofp_calendar_next_open(const ofp_calendar *calendar, int64_t start, int64_t *ret,
                                  ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    const ofp_status status = prepare(calendar, start, &timeline, reterr);
    if (timeline)
        *ret = find_opening(timeline, start, start);
    return status;
}

ofp_status ofp_calendar_prev_open(const ofp_calendar *calendar, int64_t start, int64_t *ret,
                                  ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    const ofp_status status = prepare(calendar, start, &timeline, reterr);
    if (!timeline)
        return status;
    const int64_t last = ofp_timeline_measure(timeline, start) - 1;
    *ret = end_of(second_before(timeline, start, last));
    return status;
}

ofp_status ofp_calendar_periods(const ofp_calendar *calendar, int64_t start, size_t capacity,
                                ofp_period *ret, size_t *retcount, ofp_error **reterr)
{
    const ofp_timeline *timeline = NULL;
    const ofp_status status = prepare(calendar, start, &timeline, reterr);
    if (!timeline)
        return status;
    const int64_t limit = start + OFP_CALENDAR_HORIZON;
    size_t count = 0;
    for (int64_t at = start; count < capacity && at < limit;) {
        const int64_t from = find_opening(timeline, start, at);
        if (from == OFP_INSTANT_NONE)
            break;
        at = ofp_timeline_closing(timeline, from, limit + 1);
        ret[count++] = (ofp_period){from, at > limit ? OFP_INSTANT_NONE : at};
    }
    *retcount = count;
    return status;
}

/*
 * In how many weeks, at most, the hours may be another than those of the weekly pattern: a date
 * reaches into the next one, and so perhaps into the next week.
 */
static int64_t special_weeks(const ofp_hours *hours)
{
    int64_t weeks = 2 * (int64_t)(hours->day_count + hours->break_count + hours->holiday_count);
    for (size_t i = 0; i < hours->closure_count; i++) {
        const ofp_period closure = hours->closures[i];
        weeks += (closure.to - closure.from) / OFP_WEEK_SECONDS + 2;
    }
    return weeks;
}

static bool has_weekly_hours(const ofp_hours *hours)
{
    bool has = hours->always_open;
    for (int day = 0; day < 7; day++)
        has = has || hours->week[day].shift_count > 0;
    return has;
}

ofp_status ofp_calendar_ever_opens(const ofp_calendar *calendar, bool *ret, ofp_error **reterr)
{
    const ofp_hours *hours = &calendar->hours;
    const int64_t all_weeks = (OFP_INSTANT_END - OFP_INSTANT_MIN) / OFP_WEEK_SECONDS;
    if (has_weekly_hours(hours) && special_weeks(hours) < all_weeks - 2) {
        *ret = true;
        return ofp_succeed(reterr);
    }
    const ofp_timeline *timeline = NULL;
    const ofp_status status = find_timeline(calendar, &timeline, reterr);
    if (timeline)
        *ret = ofp_timeline_measure(timeline, OFP_INSTANT_END) >
               ofp_timeline_measure(timeline, OFP_INSTANT_MIN);
    return status;
}
