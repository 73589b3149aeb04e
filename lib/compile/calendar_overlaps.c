/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "calendar_parts.h"

/* By start, and where that is the same by place. */
static int compare_shifts(const void *a, const void *b)
{
    const ofp_placed_shift *shift_a = a, *shift_b = b;
    if (shift_a->from != shift_b->from)
        return shift_a->from < shift_b->from ? -1 : 1;
    return ofp_yaml_compare_places(shift_a->node, shift_b->node);
}

/* Hours that start before others have ended. */
typedef struct overlap {
    const ofp_yaml_node *node, *other;
} overlap;

static int compare_overlaps(const void *a, const void *b)
{
    const overlap *overlap_a = a, *overlap_b = b;
    return ofp_yaml_compare_places(overlap_a->node, overlap_b->node);
}

/* One warning a place: hours of mon-fri that overlap do so five times. */
static void report(ofp_compiler *compiler, overlap *overlaps, size_t count)
{
    qsort(overlaps, count, sizeof *overlaps, compare_overlaps);
    for (size_t i = 0; i < count; i++) {
        const ofp_yaml_node *node = overlaps[i].node, *other = overlaps[i].other;
        if (i && node == overlaps[i - 1].node)
            continue;
        ofp_compiler_report(compiler, node, OFP_CODE_OVERLAPPING_HOURS,
                            "%s overlaps %s in line %u; the time counts once",
                            ofp_quote(node->text).text, ofp_quote(other->text).text,
                            (unsigned)other->line);
    }
}

/* Which shift ends last, seen from the start of the next period. */
static size_t find_latest(const ofp_placed_shift *shifts, size_t count)
{
    size_t latest = 0;
    for (size_t i = 1; i < count; i++)
        latest = shifts[i].to > shifts[latest].to ? i : latest;
    return latest;
}

void ofp_check_overlaps(ofp_compiler *compiler, ofp_placed_shift *shifts, size_t count,
                        int64_t period)
{
    overlap *overlaps = ofp_compiler_scratch(compiler, count, sizeof *overlaps);
    if (!overlaps || count < 2)
        return;
    qsort(shifts, count, sizeof *shifts, compare_shifts);
    /* The furthest end so far; what reaches beyond the period's end comes again at its start. */
    size_t latest = period ? find_latest(shifts, count) : 0;
    int64_t end = period ? shifts[latest].to - period : shifts[0].from;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (shifts[i].from < end)
            overlaps[found++] = (overlap){shifts[i].node, shifts[latest].node};
        if (shifts[i].to > end) {
            end = shifts[i].to;
            latest = i;
        }
    }
    report(compiler, overlaps, found);
}
