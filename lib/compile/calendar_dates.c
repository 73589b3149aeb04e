/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "calendar_parts.h"
#include "moment.h"
#include "node_reader.h"

bool ofp_read_date(ofp_compiler *compiler, const ofp_yaml_node *node, int32_t *ret)
{
    ofp_text text;
    if (!ofp_read_text(compiler, node, &text))
        return false;
    const ofp_code code = ofp_date_scan(text, ret);
    if (code)
        ofp_compiler_report(compiler, node, OFP_CODE_INVALID_DATE, "\"%s\" %s",
                            ofp_quote(text).text, ofp_moment_problem(code));
    return !code;
}

static int compare_days(const void *a, const void *b)
{
    const ofp_day *day_a = a, *day_b = b;
    return (day_a->date > day_b->date) - (day_a->date < day_b->date);
}

static void check_day(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_day *day)
{
    if (day->shift_count < 2)
        return;
    ofp_placed_shift *placed = ofp_compiler_scratch(compiler, day->shift_count, sizeof *placed);
    for (size_t i = 0; placed && i < day->shift_count; i++)
        placed[i] = (ofp_placed_shift){day->shifts[i].from, day->shifts[i].to, node->children[i]};
    if (placed)
        ofp_check_overlaps(compiler, placed, day->shift_count, 0);
}

/* Reads a mapping of dates to spans of hours. */
static void compile_dates(ofp_compiler *compiler, const ofp_yaml_node *node, bool check,
                          const ofp_day **ret, size_t *retcount)
{
    if (!node || !ofp_expect_mapping(compiler, node))
        return;
    ofp_day *days = ofp_compiler_alloc(compiler, node->count, sizeof *days);
    for (size_t i = 0; days && i < node->count; i++) {
        const ofp_yaml_node *value = ofp_yaml_value(node, i);
        ofp_read_date(compiler, ofp_yaml_key(node, i), &days[i].date);
        if (ofp_read_shifts(compiler, value, &days[i].shifts, &days[i].shift_count) && check)
            check_day(compiler, value, &days[i]);
    }
    if (!days)
        return;
    /* Dates have one way to be written, so that no two of different keys are the same. */
    qsort(days, node->count, sizeof *days, compare_days);
    *ret = days;
    *retcount = node->count;
}

void ofp_compile_days(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_day **ret,
                      size_t *retcount)
{
    compile_dates(compiler, node, true, ret, retcount);
}

void ofp_compile_breaks(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_day **ret,
                        size_t *retcount)
{
    compile_dates(compiler, node, false, ret, retcount);
}
