/* SPDX-License-Identifier: MIT */
#include "timeline_parts.h"

#include "civil.h"
#include "label.h"
#include "timeline.h"
#include "zone_segments.h"

/*
 * Changes of the offset that come closer than this to each other are one region. Offsets differ by
 * less than 51 hours, so that a change can disturb nothing farther away.
 */
enum { NEAR = 4 * OFP_DAY_SECONDS };

/* Adds the instants between two labels of a date. */
static bool add_labels(ofp_intervals *list, const ofp_zone *zone, int64_t date, int64_t from,
                       int64_t to)
{
    const int64_t midnight = date * OFP_DAY_SECONDS;
    return ofp_intervals_add(list, ofp_zone_instant(zone, midnight + from),
                             ofp_zone_instant(zone, midnight + to));
}

static bool add_shifts(ofp_intervals *list, const ofp_zone *zone, int64_t date, const ofp_day *day)
{
    for (uint32_t i = 0; i < day->shift_count; i++) {
        if (!add_labels(list, zone, date, day->shifts[i].from, day->shifts[i].to))
            return false;
    }
    return true;
}

static void tidy(ofp_intervals *list)
{
    ofp_intervals_unite(list);
    ofp_intervals_clip(list, OFP_TIMELINE_START, OFP_TIMELINE_END);
}

bool ofp_timeline_holes(const ofp_hours *hours, ofp_intervals *ret)
{
    for (size_t i = 0; i < hours->break_count; i++) {
        if (!add_shifts(ret, hours->zone, hours->breaks[i].date, &hours->breaks[i]))
            return false;
    }
    for (size_t i = 0; i < hours->holiday_count; i++) {
        if (!add_labels(ret, hours->zone, hours->holidays[i], 0, OFP_DAY_SECONDS))
            return false;
    }
    for (size_t i = 0; i < hours->closure_count; i++) {
        if (!ofp_intervals_add(ret, hours->closures[i].from, hours->closures[i].to))
            return false;
    }
    tidy(ret);
    return true;
}

/* Changes of the offset that are near to each other, one after the other. */
typedef struct cluster {
    int64_t first, last;
    int64_t size; /* of the last change, without its sign */
} cluster;

static bool add_cluster(ofp_intervals *list, const cluster *changes)
{
    const int64_t rest = changes->first == changes->last ? changes->size : NEAR;
    return ofp_intervals_add(list, changes->first, changes->last + rest);
}

static bool add_changes(ofp_intervals *list, const ofp_zone *zone)
{
    cluster changes = {OFP_TIMELINE_START, OFP_TIMELINE_START, 0};
    for (size_t i = 1; i < zone->count; i++) {
        const ofp_segment *segment = &zone->items[i];
        const int64_t size = (int64_t)segment->offset - segment[-1].offset;
        if (size == 0 || segment->start < OFP_TIMELINE_START - 2 * NEAR)
            continue;
        if (segment->start > OFP_TIMELINE_END)
            break;
        if (segment->start - changes.last >= NEAR) {
            if (!add_cluster(list, &changes))
                return false;
            changes.first = segment->start;
        }
        changes.last = segment->start;
        changes.size = size < 0 ? -size : size;
    }
    return add_cluster(list, &changes);
}

/* Up to which second after a date's start its shifts reach. */
static int32_t reach_of(const ofp_day *day)
{
    int32_t reach = 0;
    for (uint32_t i = 0; i < day->shift_count; i++) {
        if (day->shifts[i].to > reach)
            reach = day->shifts[i].to;
    }
    return reach;
}

static const ofp_day *weekday_of(const ofp_hours *hours, int64_t date)
{
    return &hours->week[ofp_weekday(date)];
}

bool ofp_timeline_regions(const ofp_hours *hours, ofp_intervals *ret)
{
    for (size_t i = 0; i < hours->day_count; i++) {
        const int32_t date = hours->days[i].date;
        const int32_t reach = reach_of(&hours->days[i]);
        const int32_t replaced = reach_of(weekday_of(hours, date));
        if (!add_labels(ret, hours->zone, date, 0, reach > replaced ? reach : replaced))
            return false;
    }
    if (!add_changes(ret, hours->zone))
        return false;
    tidy(ret);
    return true;
}

/* The first of `days` that is not before this date. */
static size_t find_day(const ofp_hours *hours, int64_t date)
{
    size_t low = 0, high = hours->day_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (hours->days[middle].date < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The dates whose shifts can reach into a region. */
typedef struct date_range {
    int64_t first, last;
} date_range;

static date_range find_dates(const ofp_hours *hours, ofp_period region)
{
    const ofp_zone *zone = hours->zone;
    size_t i = ofp_zone_find(zone, region.from - NEAR);
    int32_t least = zone->items[i].offset, most = least;
    while (ofp_zone_segment_end(zone, i) < region.to + NEAR) {
        const int32_t offset = zone->items[++i].offset;
        least = offset < least ? offset : least;
        most = offset > most ? offset : most;
    }
    /* A shift ends at the latest two days after its date's start. */
    return (date_range){
        ofp_floor_div(region.from + least, OFP_DAY_SECONDS) - 1,
        ofp_floor_div(region.to - 1 + most, OFP_DAY_SECONDS),
    };
}

bool ofp_timeline_open_in(const ofp_hours *hours, ofp_period region, ofp_intervals *ret)
{
    const date_range dates = find_dates(hours, region);
    size_t next = find_day(hours, dates.first);
    ret->count = 0;
    for (int64_t date = dates.first; date <= dates.last; date++) {
        const bool special = next < hours->day_count && hours->days[next].date == date;
        const ofp_day *day = special ? &hours->days[next++] : weekday_of(hours, date);
        if (!add_shifts(ret, hours->zone, date, day))
            return false;
    }
    ofp_intervals_unite(ret);
    ofp_intervals_clip(ret, region.from, region.to);
    return true;
}
