/* SPDX-License-Identifier: MIT */
#include "timeline.h"

#include <stdlib.h>

ofp_timeline *ofp_timeline_free(ofp_timeline *timeline)
{
    if (timeline) {
        ofp_week_release(&timeline->week);
        ofp_lookup_release(&timeline->start);
        ofp_lookup_release(&timeline->opened);
        free(timeline->stretches);
        free(timeline);
    }
    return NULL;
}

int64_t ofp_timeline_measure(const ofp_timeline *timeline, int64_t instant)
{
    const size_t i = ofp_lookup_find(&timeline->start, instant);
    const ofp_stretch *stretch = &timeline->stretches[i];
    switch (stretch->kind) {
    case OFP_STRETCH_WEEKLY:
        return stretch->base + ofp_week_measure(&timeline->week, instant + stretch->offset);
    case OFP_STRETCH_OPEN:
        return timeline->opened.values[i] + instant - timeline->start.values[i];
    default:
        return timeline->opened.values[i];
    }
}

int64_t ofp_timeline_second(const ofp_timeline *timeline, int64_t number)
{
    if (number < 0 || number >= timeline->opened.values[timeline->count])
        return OFP_INSTANT_NONE;
    /* The last stretch before which no more seconds are open: it has some, so it is not closed. */
    const size_t i = ofp_lookup_find(&timeline->opened, number);
    const ofp_stretch *stretch = &timeline->stretches[i];
    if (stretch->kind == OFP_STRETCH_WEEKLY)
        return ofp_week_second(&timeline->week, number - stretch->base) - stretch->offset;
    return timeline->start.values[i] + number - timeline->opened.values[i];
}

/* The first closed instant in a stretch at or after this one; its end, if there is none. */
static int64_t closing_in(const ofp_timeline *timeline, size_t i, int64_t instant)
{
    const ofp_stretch *stretch = &timeline->stretches[i];
    const int64_t end = timeline->start.values[i + 1];
    if (stretch->kind == OFP_STRETCH_CLOSED)
        return instant;
    if (stretch->kind == OFP_STRETCH_OPEN)
        return end;
    const int64_t closing =
        ofp_week_closing(&timeline->week, instant + stretch->offset) - stretch->offset;
    return closing < end ? closing : end;
}

int64_t ofp_timeline_closing(const ofp_timeline *timeline, int64_t instant, int64_t limit)
{
    size_t i = ofp_lookup_find(&timeline->start, instant);
    for (; i < timeline->count && instant < limit; i++) {
        instant = closing_in(timeline, i, instant);
        if (instant < timeline->start.values[i + 1])
            break;
    }
    return instant;
}
