/* SPDX-License-Identifier: MIT */
#include "intervals.h"

#include <stdlib.h>

#include "array.h"

bool ofp_intervals_add(ofp_intervals *list, int64_t from, int64_t to)
{
    if (from >= to)
        return true;
    if (!OFP_ARRAY_GROW(list))
        return false;
    list->items[list->count++] = (ofp_period){from, to};
    return true;
}

static int compare_starts(const void *a, const void *b)
{
    const ofp_period *one = a, *other = b;
    return (one->from > other->from) - (one->from < other->from);
}

/* Most lists are made in order. */
static bool is_sorted(const ofp_intervals *list)
{
    for (size_t i = 1; i < list->count; i++) {
        if (list->items[i].from < list->items[i - 1].from)
            return false;
    }
    return true;
}

void ofp_intervals_unite(ofp_intervals *list)
{
    if (!is_sorted(list))
        qsort(list->items, list->count, sizeof *list->items, compare_starts);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const ofp_period next = list->items[i];
        if (kept && next.from <= list->items[kept - 1].to) {
            if (next.to > list->items[kept - 1].to)
                list->items[kept - 1].to = next.to;
        } else {
            list->items[kept++] = next;
        }
    }
    list->count = kept;
}

void ofp_intervals_clip(ofp_intervals *list, int64_t from, int64_t to)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        ofp_period part = list->items[i];
        part.from = part.from < from ? from : part.from;
        part.to = part.to > to ? to : part.to;
        if (part.from < part.to)
            list->items[kept++] = part;
    }
    list->count = kept;
}

int64_t ofp_intervals_length(const ofp_intervals *list)
{
    int64_t length = 0;
    for (size_t i = 0; i < list->count; i++)
        length += list->items[i].to - list->items[i].from;
    return length;
}
