/* SPDX-License-Identifier: MIT */
#include "calendar_parts.h"
#include "civil.h"
#include "hours_text.h"
#include "node_reader.h"

/* More spans than this on one day are a mistake of a program: a day has 1,440 minutes. */
enum { MOST_SHIFTS = 1440 };

static bool read_shift(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_shift *ret)
{
    ofp_text text;
    const char *problem;
    if (!ofp_read_text(compiler, node, &text))
        return false;
    const ofp_code code = ofp_shift_scan(text, ret, &problem);
    if (code)
        ofp_compiler_report(compiler, node, code, "\"%s\" %s", ofp_quote(text).text, problem);
    return !code;
}

bool ofp_read_shifts(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_shift **ret,
                     uint32_t *retcount)
{
    if (!ofp_expect_list(compiler, node, MOST_SHIFTS, "spans of hours"))
        return false;
    ofp_shift *shifts = ofp_compiler_alloc(compiler, node->count, sizeof *shifts);
    bool complete = shifts;
    for (size_t i = 0; shifts && i < node->count; i++)
        complete &= read_shift(compiler, node->children[i], &shifts[i]);
    if (complete) {
        *ret = shifts;
        *retcount = (uint32_t)node->count;
    }
    return complete;
}

/* Which days of the week a key names; those that an earlier key named are reported. */
static unsigned read_weekdays(ofp_compiler *compiler, const ofp_yaml_node *key, unsigned taken)
{
    unsigned days;
    const char *problem = ofp_weekdays_scan(key->text, &days);
    if (problem) {
        ofp_compiler_report(compiler, key, OFP_CODE_INVALID_WEEKDAY, "\"%s\" %s",
                            ofp_quote(key->text).text, problem);
        return 0;
    }
    const unsigned twice = days & taken;
    if (twice)
        ofp_compiler_report(compiler, key, OFP_CODE_INVALID_WEEKDAY,
                            "%s has hours already: name each day once",
                            ofp_weekday_name(__builtin_ctz(twice)));
    return days & ~taken;
}

/* A list of shifts and the days of the week that have it. */
typedef struct week_part {
    const ofp_yaml_node *node;
    const ofp_shift *shifts;
    uint32_t count;
    unsigned days;
} week_part;

static void check_week(ofp_compiler *compiler, const week_part *parts, size_t part_count)
{
    size_t count = 0;
    for (size_t i = 0; i < part_count; i++)
        count += (size_t)__builtin_popcount(parts[i].days) * parts[i].count;
    ofp_placed_shift *placed = ofp_compiler_scratch(compiler, count, sizeof *placed);
    count = 0;
    for (size_t i = 0; placed && i < part_count; i++) {
        for (int day = 0; day < 7; day++) {
            const int64_t start = (int64_t)day * OFP_DAY_SECONDS;
            for (uint32_t j = 0; parts[i].days >> day & 1 && j < parts[i].count; j++)
                placed[count++] =
                    (ofp_placed_shift){start + parts[i].shifts[j].from,
                                       start + parts[i].shifts[j].to, parts[i].node->children[j]};
        }
    }
    if (placed)
        ofp_check_overlaps(compiler, placed, count, OFP_WEEK_SECONDS);
}

void ofp_compile_week(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_day week[7])
{
    if (!node || !ofp_expect_mapping(compiler, node))
        return;
    week_part parts[7];
    size_t part_count = 0;
    unsigned taken = 0;
    for (size_t i = 0; i < node->count; i++) {
        week_part part = {.node = ofp_yaml_value(node, i)};
        part.days = read_weekdays(compiler, ofp_yaml_key(node, i), taken);
        taken |= part.days;
        if (!ofp_read_shifts(compiler, part.node, &part.shifts, &part.count) || !part.days)
            continue;
        for (int day = 0; day < 7; day++) {
            if (part.days >> day & 1)
                week[day] = (ofp_day){.shift_count = part.count, .shifts = part.shifts};
        }
        /* Every part has a day that no other one has, so there are at most seven. */
        parts[part_count++] = part;
    }
    check_week(compiler, parts, part_count);
}
