/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The open time of a calendar, compiled: all the time that searches can reach, cut into stretches
 * that are open, closed, or follow the weekly pattern at one offset from UTC. Open seconds are
 * numbered from the timeline's start, so that every question becomes one or two of: how many came
 * before this instant, and at which instant does the one with this number begin?
 */
#ifndef OFP_TIMELINE_H
#define OFP_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/instant.h>

#include "hours.h"
#include "lookup.h"
#include "week.h"

/** Where timelines start and end: what searches from supported instants can reach. */
#define OFP_TIMELINE_START (OFP_INSTANT_MIN - OFP_CALENDAR_HORIZON)
#define OFP_TIMELINE_END (OFP_INSTANT_END + OFP_CALENDAR_HORIZON)

typedef enum ofp_stretch_kind {
    OFP_STRETCH_CLOSED,
    OFP_STRETCH_OPEN,
    OFP_STRETCH_WEEKLY, /* as the weekly pattern says */
} ofp_stretch_kind;

/** What holds in a stretch. */
typedef struct ofp_stretch {
    ofp_stretch_kind kind;
    int32_t offset; /* weekly: seconds east of UTC */
    int64_t base;   /* weekly: an open second's number, less its number in the week's count */
} ofp_stretch;

/** Immutable once made. */
typedef struct ofp_timeline {
    ofp_week week;
    ofp_lookup start;       /* the instants at which stretches start; ends with the timeline */
    ofp_lookup opened;      /* the open seconds before each; ends with their sum */
    ofp_stretch *stretches; /* what holds in each */
    size_t count;
} ofp_timeline;

/** Computes the timeline of a calendar, which the caller frees. @return NULL: out of memory */
ofp_timeline *ofp_timeline_new(const ofp_hours *hours);

/** Frees a timeline; takes NULL. @return NULL */
ofp_timeline *ofp_timeline_free(ofp_timeline *timeline);

/** How many open seconds come before an instant. @param instant of the timeline, not its end */
int64_t ofp_timeline_measure(const ofp_timeline *timeline, int64_t instant);

/** The instant at which open second number `number` begins; OFP_INSTANT_NONE: there is none. */
int64_t ofp_timeline_second(const ofp_timeline *timeline, int64_t number);

/** The first closed instant at or after this one; `limit` or later, if it does not come before. */
int64_t ofp_timeline_closing(const ofp_timeline *timeline, int64_t instant, int64_t limit);

#endif
