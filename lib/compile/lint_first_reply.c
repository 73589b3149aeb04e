/* SPDX-License-Identifier: MIT */
#include "buffer.h"
#include "lint.h"

/* What can be said about a condition when only level and priority are known. */
typedef enum answer { NO, MAYBE, YES } answer;

static answer answer_values(const ofp_condition *condition, int32_t value)
{
    bool found = false;
    for (size_t i = 0; i < condition->value_count; i++)
        found |= condition->values[i] == value;
    return found != condition->negated ? YES : NO;
}

/* Kleene's logic. Recursion ends: conditions are at most OFP_YAML_MOST_DEPTH deep. */
static answer evaluate(const ofp_condition *condition, int32_t level, int32_t priority)
{
    if (condition->kind == OFP_CONDITION_VALUES) {
        if (condition->attribute == OFP_ATTRIBUTE_LEVEL)
            return answer_values(condition, level);
        if (condition->attribute == OFP_ATTRIBUTE_PRIORITY)
            return answer_values(condition, priority);
        return MAYBE;
    }
    if (condition->kind == OFP_CONDITION_NOT)
        return (answer)(YES - evaluate(condition->children, level, priority));
    const bool all = condition->kind == OFP_CONDITION_ALL;
    answer result = all ? YES : NO;
    for (size_t i = 0; i < condition->child_count; i++) {
        const answer child = evaluate(&condition->children[i], level, priority);
        if (all ? child < result : child > result)
            result = child;
    }
    return result;
}

static bool promises_first_reply(const ofp_sla_rule *rule, int32_t priority)
{
    for (size_t i = 0; i < rule->target_count; i++) {
        if (rule->targets[i].metric == OFP_METRIC_FIRST_REPLY && rule->targets[i].seconds[priority])
            return true;
    }
    return false;
}

/* May any ticket of this level and priority have a first_reply target? */
static bool may_have_first_reply(const ofp_compiler *compiler, int32_t level, int32_t priority)
{
    const ofp_policy *policy = compiler->policy;
    for (size_t i = 0; i < policy->sla_rule_count; i++) {
        const ofp_condition *when = compiler->sla_sources[i].when;
        const answer holds = when ? evaluate(when, level, priority) : YES;
        if (holds != NO && promises_first_reply(&policy->sla_rules[i], priority))
            return true;
        if (holds == YES)
            return false; /* no later rule is tried */
    }
    return false;
}

static void report(ofp_compiler *compiler, int32_t level, ofp_buffer *priorities)
{
    const ofp_yaml_node *node = compiler->level_nodes[level];
    ofp_buffer_put(priorities, "", 1);
    if (priorities->failed)
        ofp_compiler_no_memory(compiler);
    else
        ofp_compiler_report(compiler, node, OFP_CODE_NO_FIRST_REPLY,
                            "the paid level \"%s\" has no first_reply target for tickets of "
                            "priority %s",
                            ofp_quote(node->text).text, priorities->data);
}

void ofp_lint_first_reply(ofp_compiler *compiler)
{
    const ofp_policy *policy = compiler->policy;
    const size_t pairs = policy->levels.count * policy->priorities.count;
    size_t steps = 0;
    for (size_t i = 0; i < policy->sla_rule_count; i++)
        steps += 1 + ofp_condition_size(compiler->sla_sources[i].when);
    if (!ofp_lint_is_quick(pairs, steps))
        return;
    ofp_buffer priorities = {0};
    for (int32_t level = 0; level < ofp_policy_level_count(policy); level++) {
        if (policy->unpaid[level])
            continue;
        ofp_buffer_clear(&priorities);
        for (int32_t i = 0; i < ofp_policy_priority_count(policy); i++) {
            if (may_have_first_reply(compiler, level, i))
                continue;
            ofp_buffer_printf(&priorities, "%s\"%s\"", priorities.size ? ", " : "",
                              ofp_quote(policy->priorities.items[i]).text);
        }
        if (priorities.size || priorities.failed)
            report(compiler, level, &priorities);
    }
    ofp_buffer_release(&priorities);
}
