/* SPDX-License-Identifier: MIT */
#include "lint.h"

static void check_urgency(ofp_compiler *compiler, const ofp_target_spec *target,
                          const ofp_yaml_node *const *within)
{
    const ofp_policy *policy = compiler->policy;
    int32_t fastest = OFP_NONE; /* of the less urgent priorities */
    for (int32_t i = 0; i < ofp_policy_priority_count(policy); i++) {
        if (target->seconds[i] == 0)
            continue;
        if (fastest == OFP_NONE || target->seconds[i] <= target->seconds[fastest]) {
            fastest = i;
            continue;
        }
        ofp_compiler_report(compiler, within[i], OFP_CODE_SLOWER_WHEN_URGENT,
                            "tickets of priority \"%s\" get %s, the less urgent \"%s\" %s",
                            ofp_quote(policy->priorities.items[i]).text,
                            ofp_quote(within[i]->text).text,
                            ofp_quote(policy->priorities.items[fastest]).text,
                            ofp_quote(within[fastest]->text).text);
    }
}

void ofp_lint_urgency(ofp_compiler *compiler)
{
    const ofp_policy *policy = compiler->policy;
    for (size_t i = 0; i < policy->sla_rule_count; i++) {
        const ofp_sla_rule *rule = &policy->sla_rules[i];
        for (size_t j = 0; j < rule->target_count; j++)
            check_urgency(compiler, &rule->targets[j], compiler->sla_sources[i].within[j]);
    }
}

bool ofp_lint_is_quick(size_t times, size_t steps)
{
    size_t all;
    return !__builtin_mul_overflow(times, steps, &all) && all <= OFP_LINT_STEPS;
}

void ofp_lint_sla(ofp_compiler *compiler)
{
    ofp_lint_coverage(compiler);
    ofp_lint_first_reply(compiler);
    ofp_lint_urgency(compiler);
    ofp_lint_rank(compiler);
}
