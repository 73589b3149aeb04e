/* SPDX-License-Identifier: MIT */
#include "lint.h"

/*
 * A rule is covered if every ticket that it holds for is one that an earlier rule holds for. To
 * find the earlier rule without comparing all pairs: think of the plainest ticket that a rule
 * wants, with one value for each attribute that it names and no other. Whatever covers the rule
 * holds for that ticket, so the search begins at the first rule that does.
 */

/* Does every set of values that has one of `narrow` have one of `wide`? Both are sorted. */
static bool is_subset(const ofp_condition *narrow, const ofp_condition *wide)
{
    size_t at = 0;
    for (size_t i = 0; i < narrow->value_count; i++) {
        while (at < wide->value_count && wide->values[at] < narrow->values[i])
            at++;
        if (at == wide->value_count || wide->values[at] != narrow->values[i])
            return false;
    }
    return true;
}

/* Does `part` hold whenever `known` does, for the same attribute? */
static bool follows_from(const ofp_condition *part, const ofp_condition *known)
{
    if (known->kind != OFP_CONDITION_VALUES || known->attribute != part->attribute ||
        known->negated != part->negated)
        return false;
    return part->negated ? is_subset(part, known) : is_subset(known, part);
}

/* Does the earlier rule plainly hold whenever the later one does? NULL always holds. */
static bool covers(const ofp_condition *earlier, const ofp_condition *later)
{
    for (size_t i = 0; earlier && i < earlier->child_count; i++) {
        const ofp_condition *part = &earlier->children[i];
        bool follows = false;
        for (size_t j = 0;
             later && part->kind == OFP_CONDITION_VALUES && !follows && j < later->child_count; j++)
            follows = follows_from(part, &later->children[j]);
        if (!follows)
            return false;
    }
    return true;
}

/* Sets or takes back the facts of the plainest ticket that a rule wants. */
static void set_facts(const ofp_condition *when, ofp_fact *facts, bool set)
{
    for (size_t i = 0; when && i < when->child_count; i++) {
        const ofp_condition *part = &when->children[i];
        if (part->kind == OFP_CONDITION_VALUES && !part->negated)
            facts[part->attribute] = (ofp_fact){part->values, set};
    }
}

static void check_rule(ofp_compiler *compiler, size_t rule, size_t first)
{
    const ofp_rule_source *sources = compiler->sla_sources;
    for (size_t i = first; i < rule; i++) {
        if (!covers(sources[i].when, sources[rule].when))
            continue;
        ofp_compiler_report(compiler, sources[rule].node, OFP_CODE_UNREACHABLE_RULE,
                            "this rule can never hold: rule \"%s\" in line %u covers it",
                            ofp_quote(sources[i].node->text).text, (unsigned)sources[i].node->line);
        return;
    }
}

void ofp_lint_coverage(ofp_compiler *compiler)
{
    const ofp_policy *policy = compiler->policy;
    ofp_fact *facts =
        ofp_compiler_scratch(compiler, ofp_policy_attribute_count(policy), sizeof *facts);
    uint64_t *work =
        ofp_compiler_scratch(compiler, ofp_rules_work_size(policy->sla_whens), sizeof *work);
    for (size_t i = 0; facts && work && i < policy->sla_rule_count; i++) {
        const ofp_condition *when = compiler->sla_sources[i].when;
        set_facts(when, facts, true);
        const int32_t first = ofp_rules_first(policy->sla_whens, facts, work);
        set_facts(when, facts, false);
        if (first >= 0 && (size_t)first < i)
            check_rule(compiler, i, (size_t)first);
    }
}
