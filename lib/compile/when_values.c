/* SPDX-License-Identifier: MIT */
#include "when_values.h"

#include <stdlib.h>

#include "declared.h"
#include "node_reader.h"
#include "unknown.h"

enum { NOT, KEY_COUNT };
static const ofp_key keys[] = {[NOT] = {"not", true}};

static int32_t find_verdict(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_text names[OFP_VERDICT_COUNT];
    for (int i = 0; i < OFP_VERDICT_COUNT; i++)
        names[i] = ofp_text_of(ofp_verdict_name((ofp_verdict)i));
    return ofp_read_word(compiler, node, "verdict", names, OFP_VERDICT_COUNT);
}

static int32_t find_tag(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_text text;
    if (!ofp_read_name(compiler, node, &text))
        return -1;
    ofp_policy *policy = compiler->policy;
    const int32_t tag = ofp_names_add(&policy->tag_names, &policy->arena, text);
    if (tag < 0)
        ofp_compiler_no_memory(compiler);
    return tag;
}

/* As find_tag(), for tags of the ticket: those that decisions change can't be tested. */
static int32_t find_ticket_tag(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    const ofp_policy *policy = compiler->policy;
    const int32_t tag = find_tag(compiler, node);
    if (tag < 0 || tag >= policy->level_tag_count + policy->focus_tag_count)
        return tag;
    const bool level_tag = tag < policy->level_tag_count;
    ofp_compiler_report(compiler, node, OFP_CODE_TAG_CONDITION,
                        "\"%s\" is a %s tag, which decisions themselves change: test %s instead",
                        ofp_quote(node->text).text, level_tag ? "level" : "focus",
                        level_tag ? "`level`" : "`offering`");
    return -1;
}

static int32_t find_value(ofp_compiler *compiler, uint32_t attribute, const ofp_yaml_node *node)
{
    switch (attribute) {
    case OFP_ATTRIBUTE_LEVEL:
        return ofp_find_declared(compiler, &compiler->levels, node);
    case OFP_ATTRIBUTE_OFFERING:
        return ofp_find_declared(compiler, &compiler->offerings, node);
    case OFP_ATTRIBUTE_PRIORITY:
        return ofp_find_declared(compiler, &compiler->priorities, node);
    case OFP_ATTRIBUTE_VERDICT:
        return find_verdict(compiler, node);
    case OFP_ATTRIBUTE_TAG:
        return find_ticket_tag(compiler, node);
    case OFP_ATTRIBUTE_ORG_TAG:
        return find_tag(compiler, node);
    default:
        return ofp_find_declared(compiler, &compiler->values[attribute - OFP_ATTRIBUTE_FIELD],
                                 node);
    }
}

static int compare_values(const void *a, const void *b)
{
    const int32_t value_a = *(const int32_t *)a, value_b = *(const int32_t *)b;
    return (value_a > value_b) - (value_a < value_b);
}

/* Sorts the values and drops those that are there already. @return how many are left */
static size_t sort_values(int32_t *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_values);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || values[i] != values[kept - 1])
            values[kept++] = values[i];
    }
    return kept;
}

bool ofp_compile_when_values(ofp_compiler *compiler, uint32_t attribute, const ofp_yaml_node *node,
                             ofp_condition *ret)
{
    const bool negated = node->kind == OFP_YAML_MAPPING;
    if (negated) {
        const ofp_yaml_node *values[KEY_COUNT];
        ofp_read_mapping(compiler, node, keys, KEY_COUNT, values);
        node = values[NOT];
        if (!node)
            return false;
    }
    const bool list = node->kind == OFP_YAML_LIST;
    if (list && !ofp_expect_members(compiler, node, SIZE_MAX, "values"))
        return false;
    const size_t count = list ? node->count : 1;
    int32_t *values = ofp_compiler_alloc(compiler, count, sizeof *values);
    bool complete = values;
    for (size_t i = 0; values && i < count; i++) {
        values[i] = find_value(compiler, attribute, list ? node->children[i] : node);
        complete &= values[i] >= 0;
    }
    if (complete)
        *ret = (ofp_condition){.kind = OFP_CONDITION_VALUES,
                               .attribute = attribute,
                               .negated = negated,
                               .values = values,
                               .value_count = sort_values(values, count)};
    return complete;
}
