/* SPDX-License-Identifier: MIT */
#include "when.h"

#include "node_reader.h"
#include "span.h"
#include "unknown.h"
#include "when_values.h"

/* The keys of a condition that are no fields; those before "any" are attributes, by number. */
enum { WORD_ANY = OFP_ATTRIBUTE_FIELD, WORD_ALL, WORD_NOT, WORD_COUNT };
static const ofp_text words[] = {
    [OFP_ATTRIBUTE_LEVEL] = {"level", 5},
    [OFP_ATTRIBUTE_OFFERING] = {"offering", 8},
    [OFP_ATTRIBUTE_PRIORITY] = {"priority", 8},
    [OFP_ATTRIBUTE_VERDICT] = {"verdict", 7},
    [OFP_ATTRIBUTE_TAG] = {"tag", 3},
    [OFP_ATTRIBUTE_ORG_TAG] = {"org_tag", 7},
    [WORD_ANY] = {"any", 3},
    [WORD_ALL] = {"all", 3},
    [WORD_NOT] = {"not", 3},
};

/* The word's number, or -1. */
static int find_condition_word(ofp_text text)
{
    for (int i = 0; i < WORD_COUNT; i++) {
        if (ofp_span_equal(text, words[i]))
            return i;
    }
    return -1;
}

bool ofp_is_condition_word(ofp_text text)
{
    return find_condition_word(text) >= 0;
}

/* Can rules of this section test the attribute? */
static bool is_in_scope(ofp_when_scope scope, int attribute)
{
    switch (attribute) {
    case OFP_ATTRIBUTE_LEVEL:
    case OFP_ATTRIBUTE_OFFERING:
    case OFP_ATTRIBUTE_VERDICT:
        return scope == OFP_WHEN_SLA;
    case OFP_ATTRIBUTE_PRIORITY:
        return scope != OFP_WHEN_CLASSIFY;
    default:
        return true;
    }
}

static void report_scope(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *key)
{
    const char *advice = scope == OFP_WHEN_CLASSIFY
                             ? "a ticket is classified: test fields, tag or org_tag"
                             : "priority rules are tried: test fields, priority, tag or org_tag";
    ofp_compiler_report(compiler, key, OFP_CODE_POLICY_UNKNOWN_KEY,
                        "the %s is not known yet when %s", ofp_quote(key->text).text, advice);
}

/* Reports a key that is neither a word of ours nor a field. */
static void report_key(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *key)
{
    const ofp_names *fields = compiler->fields.names;
    if (compiler->fields.incomplete)
        return;
    ofp_text *known = ofp_compiler_scratch(compiler, WORD_COUNT + fields->count, sizeof *known);
    if (!known)
        return;
    size_t count = 0;
    for (int i = 0; i < WORD_COUNT; i++) {
        if (is_in_scope(scope, i))
            known[count++] = words[i];
    }
    for (size_t i = 0; i < fields->count; i++)
        known[count++] = fields->items[i];
    ofp_report_unknown(compiler, key, key->text, OFP_CODE_POLICY_UNKNOWN_KEY, "condition", known,
                       count);
}

/* The attribute that a key names, which is no any, all or not; -1: reported. */
static int find_attribute(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *key)
{
    const int word = find_condition_word(key->text);
    if (word >= 0 && is_in_scope(scope, word))
        return word;
    const int32_t field = ofp_names_find(compiler->fields.names, key->text);
    if (word < 0 && field >= 0)
        return OFP_ATTRIBUTE_FIELD + field;
    if (word >= 0)
        report_scope(compiler, scope, key);
    else
        report_key(compiler, scope, key);
    return -1;
}

static bool compile_mapping(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *node,
                            ofp_condition *ret);

/* `any` and `all`: a list of conditions. */
static bool compile_list(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *node,
                         ofp_condition_kind kind, ofp_condition *ret)
{
    if (!ofp_expect_members(compiler, node, SIZE_MAX, "conditions"))
        return false;
    ofp_condition *children = ofp_compiler_alloc(compiler, node->count, sizeof *children);
    bool complete = children;
    for (size_t i = 0; children && i < node->count; i++)
        complete &= compile_mapping(compiler, scope, node->children[i], &children[i]);
    *ret = (ofp_condition){.kind = kind, .children = children, .child_count = node->count};
    return complete;
}

static bool compile_not(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *node,
                        ofp_condition *ret)
{
    ofp_condition *child = ofp_compiler_alloc(compiler, 1, sizeof *child);
    if (!child || !compile_mapping(compiler, scope, node, child))
        return false;
    *ret = (ofp_condition){.kind = OFP_CONDITION_NOT, .children = child, .child_count = 1};
    return true;
}

static bool compile_part(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *key,
                         const ofp_yaml_node *value, ofp_condition *ret)
{
    switch (find_condition_word(key->text)) {
    case WORD_ANY:
        return compile_list(compiler, scope, value, OFP_CONDITION_ANY, ret);
    case WORD_ALL:
        return compile_list(compiler, scope, value, OFP_CONDITION_ALL, ret);
    case WORD_NOT:
        return compile_not(compiler, scope, value, ret);
    }
    const int attribute = find_attribute(compiler, scope, key);
    return attribute >= 0 && ofp_compile_when_values(compiler, (uint32_t)attribute, value, ret);
}

/* Recursion ends: a tree is at most OFP_YAML_MOST_DEPTH deep. */
static bool compile_mapping(ofp_compiler *compiler, ofp_when_scope scope, const ofp_yaml_node *node,
                            ofp_condition *ret)
{
    if (!ofp_expect_mapping(compiler, node))
        return false;
    ofp_condition *children = ofp_compiler_alloc(compiler, node->count, sizeof *children);
    bool complete = children;
    for (size_t i = 0; children && i < node->count; i++)
        complete &= compile_part(compiler, scope, ofp_yaml_key(node, i), ofp_yaml_value(node, i),
                                 &children[i]);
    *ret = (ofp_condition){
        .kind = OFP_CONDITION_ALL, .children = children, .child_count = node->count};
    return complete;
}

const ofp_condition *ofp_compile_when(ofp_compiler *compiler, ofp_when_scope scope,
                                      const ofp_yaml_node *node)
{
    ofp_condition *when = ofp_compiler_alloc(compiler, 1, sizeof *when);
    return when && compile_mapping(compiler, scope, node, when) ? when : NULL;
}
