/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The weekly pattern of a calendar's hours, and its arithmetic: as if no clock was ever changed.
 * It works with labels: seconds from 1970-01-01 00:00 as wall clocks show them, from 1957 on.
 */
#ifndef OFP_WEEK_H
#define OFP_WEEK_H

#include <stdbool.h>
#include <stdint.h>

#include "civil.h"
#include "hours.h"
#include "lookup.h"

/** Immutable once made; free it with ofp_week_release(). */
typedef struct ofp_week {
    int64_t open; /* open seconds of a week; if none or all of it is open, only this counts */
    /*
     * A label long ago at which an opening falls. Weeks are counted from it, so that no open
     * interval goes from one week into the next.
     */
    int64_t anchor;
    ofp_lookup from;   /* the openings of a week, from 0 */
    ofp_lookup opened; /* the open seconds before each of them */
} ofp_week;

/** Makes a pattern. @param days Monday first @return false: out of memory */
bool ofp_week_make(const ofp_day days[7], ofp_week *ret);

void ofp_week_release(ofp_week *week);

/** Is it not always closed and not always open? Only then the following may be asked. */
static inline bool ofp_week_varies(const ofp_week *week)
{
    return week->open > 0 && week->open < OFP_WEEK_SECONDS;
}

/** The open seconds before a label, from the anchor on. */
static inline int64_t ofp_week_measure(const ofp_week *week, int64_t label)
{
    const int64_t passed = label - week->anchor;
    const int64_t weeks = passed / OFP_WEEK_SECONDS;
    const int64_t second = passed % OFP_WEEK_SECONDS;
    const size_t i = ofp_lookup_find(&week->from, second);
    const int64_t open = week->opened.values[i] + second - week->from.values[i];
    const int64_t most = week->opened.values[i + 1];
    return weeks * week->open + (open < most ? open : most);
}

/** The label at which open second number `number` begins, counted from the anchor. */
static inline int64_t ofp_week_second(const ofp_week *week, int64_t number)
{
    const int64_t weeks = number / week->open;
    const int64_t rest = number % week->open;
    const size_t i = ofp_lookup_find(&week->opened, rest);
    return week->anchor + weeks * OFP_WEEK_SECONDS + week->from.values[i] + rest -
           week->opened.values[i];
}

/** The first closed label at or after this one. */
int64_t ofp_week_closing(const ofp_week *week, int64_t label);

#endif
