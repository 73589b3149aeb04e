/* SPDX-License-Identifier: MIT */
#include "week.h"

#include <stdlib.h>

#include "intervals.h"

/* From the Monday before 1970-01-01, a Thursday, back to 1956: no label comes before it. */
#define FIRST_MONDAY (-INT64_C(3) * OFP_DAY_SECONDS - INT64_C(700) * OFP_WEEK_SECONDS)

static bool add_shift(ofp_intervals *list, int64_t from, int64_t to)
{
    if (to <= OFP_WEEK_SECONDS)
        return ofp_intervals_add(list, from, to);
    /* Sunday night goes on in the week's first hours. */
    return ofp_intervals_add(list, from, OFP_WEEK_SECONDS) &&
           ofp_intervals_add(list, 0, to - OFP_WEEK_SECONDS);
}

static bool collect(const ofp_day days[7], ofp_intervals *list)
{
    for (int day = 0; day < 7; day++) {
        for (uint32_t i = 0; i < days[day].shift_count; i++) {
            const ofp_shift shift = days[day].shifts[i];
            const int64_t midnight = (int64_t)day * OFP_DAY_SECONDS;
            if (!add_shift(list, midnight + shift.from, midnight + shift.to))
                return false;
        }
    }
    ofp_intervals_unite(list);
    return true;
}

/* Lets the week start with its last opening, before which it is closed. @return that second */
static int64_t rotate(ofp_intervals *list)
{
    const int64_t origin = list->items[list->count - 1].from;
    for (size_t i = 0; i < list->count; i++) {
        const int64_t move = list->items[i].from < origin ? OFP_WEEK_SECONDS - origin : -origin;
        list->items[i].from += move;
        list->items[i].to += move;
    }
    ofp_intervals_unite(list);
    return origin;
}

static bool fill(ofp_week *week, const ofp_intervals *list)
{
    const size_t count = list->count;
    if (!ofp_lookup_reserve(&week->from, count) || !ofp_lookup_reserve(&week->opened, count))
        return false;
    int64_t opened = 0;
    for (size_t i = 0; i < count; i++) {
        week->from.values[i] = list->items[i].from;
        week->opened.values[i] = opened;
        opened += list->items[i].to - list->items[i].from;
    }
    week->from.values[count] = OFP_WEEK_SECONDS;
    week->opened.values[count] = opened;
    return ofp_lookup_index(&week->from, count) && ofp_lookup_index(&week->opened, count);
}

bool ofp_week_make(const ofp_day days[7], ofp_week *ret)
{
    ofp_intervals list = {0};
    ofp_week week = {0};
    bool made = collect(days, &list);
    week.open = ofp_intervals_length(&list);
    if (made && ofp_week_varies(&week)) {
        week.anchor = FIRST_MONDAY + rotate(&list);
        made = fill(&week, &list);
    }
    free(list.items);
    if (made)
        *ret = week;
    else
        ofp_week_release(&week);
    return made;
}

void ofp_week_release(ofp_week *week)
{
    ofp_lookup_release(&week->from);
    ofp_lookup_release(&week->opened);
}

int64_t ofp_week_closing(const ofp_week *week, int64_t label)
{
    const int64_t second = (label - week->anchor) % OFP_WEEK_SECONDS;
    const size_t i = ofp_lookup_find(&week->from, second);
    const int64_t length = week->opened.values[i + 1] - week->opened.values[i];
    const int64_t closing = week->from.values[i] + length;
    return closing > second ? label + closing - second : label;
}
