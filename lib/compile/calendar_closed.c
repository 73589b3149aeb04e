/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "calendar_parts.h"
#include "moment.h"
#include "node_reader.h"

/* A holiday and where its date stands. */
typedef struct holiday {
    int32_t date;
    const ofp_yaml_node *node;
} holiday;

enum { DATE, NAME, HOLIDAY_KEY_COUNT };
static const ofp_key holiday_keys[] = {[DATE] = {"date", true}, [NAME] = {"name", false}};

/* Reads a date, or {date, name}. */
static bool read_holiday(ofp_compiler *compiler, const ofp_yaml_node *node, holiday *ret)
{
    ret->node = node;
    if (node->kind == OFP_YAML_MAPPING) {
        const ofp_yaml_node *values[HOLIDAY_KEY_COUNT];
        ofp_text name;
        ofp_read_mapping(compiler, node, holiday_keys, HOLIDAY_KEY_COUNT, values);
        if (values[NAME])
            ofp_read_name(compiler, values[NAME], &name);
        if (!values[DATE])
            return false;
        ret->node = values[DATE];
    } else if (node->kind == OFP_YAML_LIST) {
        ofp_report_type(compiler, node, "a date or a mapping with `date` and `name`");
        return false;
    }
    return ofp_read_date(compiler, ret->node, &ret->date);
}

/* By date, and where that is the same by place. */
static int compare_holidays(const void *a, const void *b)
{
    const holiday *holiday_a = a, *holiday_b = b;
    if (holiday_a->date != holiday_b->date)
        return holiday_a->date < holiday_b->date ? -1 : 1;
    return ofp_yaml_compare_places(holiday_a->node, holiday_b->node);
}

static void check_repeated(ofp_compiler *compiler, const holiday *holidays, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (holidays[i].date == holidays[i - 1].date)
            ofp_compiler_report(compiler, holidays[i].node, OFP_CODE_DUPLICATE_NAME,
                                "the holiday %s stands here again; it is in line %u already",
                                ofp_quote(holidays[i].node->text).text,
                                (unsigned)holidays[i - 1].node->line);
    }
}

void ofp_compile_holidays(ofp_compiler *compiler, const ofp_yaml_node *node, const int32_t **ret,
                          size_t *retcount)
{
    if (!node || !ofp_expect_list(compiler, node, SIZE_MAX, "holidays"))
        return;
    holiday *holidays = ofp_compiler_scratch(compiler, node->count, sizeof *holidays);
    int32_t *dates = ofp_compiler_alloc(compiler, node->count, sizeof *dates);
    if (!holidays || !dates)
        return;
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++)
        count += read_holiday(compiler, node->children[i], &holidays[count]);
    qsort(holidays, count, sizeof *holidays, compare_holidays);
    check_repeated(compiler, holidays, count);
    for (size_t i = 0; i < count; i++)
        dates[i] = holidays[i].date;
    *ret = dates;
    *retcount = count;
}

enum { FROM, TO, CLOSURE_KEY_COUNT };
static const ofp_key closure_keys[] = {[FROM] = {"from", true}, [TO] = {"to", true}};

static bool read_instant(ofp_compiler *compiler, const ofp_yaml_node *node, int64_t *ret)
{
    ofp_text text;
    if (!node || !ofp_read_text(compiler, node, &text))
        return false;
    const ofp_code code = ofp_instant_scan(text, ret);
    if (code)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_INVALID_INSTANT, "\"%s\" %s",
                            ofp_quote(text).text, ofp_moment_problem(code));
    return !code;
}

static void read_closure(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_period *ret)
{
    const ofp_yaml_node *values[CLOSURE_KEY_COUNT];
    ofp_read_mapping(compiler, node, closure_keys, CLOSURE_KEY_COUNT, values);
    const bool has_from = read_instant(compiler, values[FROM], &ret->from);
    const bool has_to = read_instant(compiler, values[TO], &ret->to);
    if (has_from && has_to && ret->to <= ret->from)
        ofp_compiler_report(compiler, values[TO], OFP_CODE_EMPTY_INTERVAL,
                            "this closure is empty: it ends at %s, which is not after its start",
                            ofp_quote(values[TO]->text).text);
}

void ofp_compile_closures(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_period **ret,
                          size_t *retcount)
{
    if (!node || !ofp_expect_list(compiler, node, SIZE_MAX, "closures"))
        return;
    ofp_period *closures = ofp_compiler_alloc(compiler, node->count, sizeof *closures);
    for (size_t i = 0; closures && i < node->count; i++)
        read_closure(compiler, node->children[i], &closures[i]);
    *ret = closures;
    *retcount = closures ? node->count : 0;
}
