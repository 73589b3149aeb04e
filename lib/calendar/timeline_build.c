/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "array.h"
#include "timeline.h"
#include "timeline_parts.h"
#include "zone_segments.h"

/* A stretch that has just been laid. */
typedef struct piece {
    int64_t from;
    ofp_stretch_kind kind;
    int32_t offset;
} piece;

/* Lays stretches from the timeline's start to its end. Out of memory is remembered. */
typedef struct builder {
    const ofp_hours *hours;
    ofp_week week;
    ofp_intervals regions;
    ofp_intervals open; /* of one region */
    ofp_intervals holes;
    size_t hole; /* the first one that does not end before what is laid next */
    piece *items;
    size_t count, capacity;
    bool failed;
} builder;

static void lay_piece(builder *b, piece next)
{
    if (b->count) {
        const piece *last = &b->items[b->count - 1];
        if (last->kind == next.kind && last->offset == next.offset)
            return;
    }
    if (b->failed || !OFP_ARRAY_GROW(b)) {
        b->failed = true;
        return;
    }
    b->items[b->count++] = next;
}

/* Lays a stretch with its holes. */
static void lay(builder *b, int64_t from, int64_t to, ofp_stretch_kind kind, int32_t offset)
{
    while (from < to) {
        while (b->hole < b->holes.count && b->holes.items[b->hole].to <= from)
            b->hole++;
        const ofp_period none = {to, to};
        const ofp_period hole = b->hole < b->holes.count ? b->holes.items[b->hole] : none;
        if (hole.from > from)
            lay_piece(b, (piece){from, kind, offset});
        if (hole.from < to)
            lay_piece(b, (piece){hole.from > from ? hole.from : from, OFP_STRETCH_CLOSED, 0});
        from = hole.to;
    }
}

static int32_t offset_at(const builder *b, int64_t instant)
{
    const ofp_zone *zone = b->hours->zone;
    return zone->items[ofp_zone_find(zone, instant)].offset;
}

static void lay_weekly(builder *b, int64_t from, int64_t to, int32_t offset)
{
    if (ofp_week_varies(&b->week))
        lay(b, from, to, OFP_STRETCH_WEEKLY, offset);
    else
        lay(b, from, to, b->week.open ? OFP_STRETCH_OPEN : OFP_STRETCH_CLOSED, 0);
}

static int64_t weekly_length(const builder *b, int64_t from, int64_t to, int32_t offset)
{
    if (!ofp_week_varies(&b->week))
        return b->week.open ? to - from : 0;
    return ofp_week_measure(&b->week, to + offset) - ofp_week_measure(&b->week, from + offset);
}

static void lay_open(builder *b, ofp_period region)
{
    int64_t at = region.from;
    for (size_t i = 0; i < b->open.count; i++) {
        const ofp_period open = b->open.items[i];
        lay(b, at, open.from, OFP_STRETCH_CLOSED, 0);
        lay(b, open.from, open.to, OFP_STRETCH_OPEN, 0);
        at = open.to;
    }
    lay(b, at, region.to, OFP_STRETCH_CLOSED, 0);
}

static void lay_region(builder *b, ofp_period region)
{
    if (!ofp_timeline_open_in(b->hours, region, &b->open)) {
        b->failed = true;
        return;
    }
    const int32_t offset = offset_at(b, region.to - 1);
    const int64_t length = ofp_intervals_length(&b->open);
    const bool uniform = length == 0 || length == region.to - region.from;
    /* Mostly the weekly pattern says the same: clocks are changed when nobody works. */
    if (uniform && length == weekly_length(b, region.from, region.to, offset))
        lay_weekly(b, region.from, region.to, offset);
    else
        lay_open(b, region);
}

static void lay_hours(builder *b)
{
    int64_t at = OFP_TIMELINE_START;
    for (size_t i = 0; i < b->regions.count && !b->failed; i++) {
        const ofp_period region = b->regions.items[i];
        lay_weekly(b, at, region.from, offset_at(b, at));
        lay_region(b, region);
        at = region.to;
    }
    lay_weekly(b, at, OFP_TIMELINE_END, offset_at(b, at));
}

static void lay_all(builder *b)
{
    const ofp_hours *hours = b->hours;
    if (!ofp_timeline_holes(hours, &b->holes))
        b->failed = true;
    else if (hours->always_open)
        lay(b, OFP_TIMELINE_START, OFP_TIMELINE_END, OFP_STRETCH_OPEN, 0);
    else if (ofp_week_make(hours->week, &b->week) && ofp_timeline_regions(hours, &b->regions))
        lay_hours(b);
    else
        b->failed = true;
}

/* Numbers the open seconds of a stretch. @return how many it has */
static int64_t number_stretch(ofp_timeline *timeline, size_t i, int64_t opened)
{
    ofp_stretch *stretch = &timeline->stretches[i];
    const int64_t from = timeline->start.values[i], to = timeline->start.values[i + 1];
    if (stretch->kind != OFP_STRETCH_WEEKLY)
        return stretch->kind == OFP_STRETCH_OPEN ? to - from : 0;
    const int64_t before = ofp_week_measure(&timeline->week, from + stretch->offset);
    stretch->base = opened - before;
    return ofp_week_measure(&timeline->week, to + stretch->offset) - before;
}

static bool fill(ofp_timeline *timeline, const piece *pieces, size_t count)
{
    timeline->count = count;
    timeline->stretches = calloc(count, sizeof *timeline->stretches);
    if (!timeline->stretches || !ofp_lookup_reserve(&timeline->start, count) ||
        !ofp_lookup_reserve(&timeline->opened, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        timeline->start.values[i] = pieces[i].from;
        timeline->stretches[i] = (ofp_stretch){.kind = pieces[i].kind, .offset = pieces[i].offset};
    }
    timeline->start.values[count] = OFP_TIMELINE_END;
    int64_t opened = 0;
    for (size_t i = 0; i < count; i++) {
        timeline->opened.values[i] = opened;
        opened += number_stretch(timeline, i, opened);
    }
    timeline->opened.values[count] = opened;
    return ofp_lookup_index(&timeline->start, count) && ofp_lookup_index(&timeline->opened, count);
}

ofp_timeline *ofp_timeline_new(const ofp_hours *hours)
{
    builder b = {.hours = hours};
    ofp_timeline *timeline = calloc(1, sizeof *timeline);
    if (timeline) {
        lay_all(&b);
        timeline->week = b.week;
        if (b.failed || !fill(timeline, b.items, b.count))
            timeline = ofp_timeline_free(timeline);
    }
    free(b.regions.items);
    free(b.open.items);
    free(b.holes.items);
    free(b.items);
    return timeline;
}
