/* SPDX-License-Identifier: MIT */
#include "declared.h"
#include "node_reader.h"
#include "sections.h"
#include "when.h"

enum { WHEN, PRIORITY, KEY_COUNT };
static const ofp_key keys[] = {[WHEN] = {"when", true}, [PRIORITY] = {"priority", true}};

ofp_rules *ofp_compile_rules(ofp_compiler *compiler, const ofp_condition *const *whens,
                             size_t count)
{
    ofp_policy *policy = compiler->policy;
    if (count == 0 || compiler->report->error_count || compiler->report->failed)
        return NULL;
    ofp_rules *rules =
        ofp_rules_compile(&policy->arena, whens, count, ofp_policy_attribute_count(policy));
    return rules ? rules : ofp_compiler_no_memory(compiler);
}

static const ofp_condition *compile_rule(ofp_compiler *compiler, const ofp_yaml_node *node,
                                         ofp_simple_rule *rule)
{
    const ofp_yaml_node *values[KEY_COUNT];
    ofp_read_mapping(compiler, node, keys, KEY_COUNT, values);
    rule->line = node->line;
    if (values[PRIORITY])
        rule->result = ofp_find_declared(compiler, &compiler->priorities, values[PRIORITY]);
    return values[WHEN] ? ofp_compile_when(compiler, OFP_WHEN_PRIORITY, values[WHEN]) : NULL;
}

void ofp_compile_priority_rules(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!node || !ofp_expect_list(compiler, node, OFP_MOST_RULES, "rules"))
        return;
    const size_t count = node->count;
    ofp_simple_rule *rules = ofp_compiler_alloc(compiler, count, sizeof *rules);
    const ofp_condition **whens = ofp_compiler_alloc(compiler, count, sizeof *whens);
    if (!rules || !whens)
        return;
    for (size_t i = 0; i < count; i++) {
        rules[i].rule = (int32_t)i;
        whens[i] = compile_rule(compiler, node->children[i], &rules[i]);
    }
    ofp_policy *policy = compiler->policy;
    policy->priority_rules = rules;
    policy->priority_rule_count = count;
    policy->priority_whens = ofp_compile_rules(compiler, whens, count);
}
