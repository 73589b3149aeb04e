/* SPDX-License-Identifier: MIT */
#include "lint.h"

/*
 * A rule is covered if every ticket that it holds for is one that an earlier rule holds for. To
 * find the earlier rule without comparing all pairs: think of a plain ticket that a rule wants,
 * with one value for each attribute that it names and no other. Whatever covers the rule holds for
 * that ticket, so the search begins at the first rule that does. Two such tickets, one with the
 * first value and one with the last of each attribute, begin it later than one.
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

/*
 * Does the earlier rule plainly hold whenever the later one does? NULL always holds.
 * @param steps that it took are added
 */
static bool covers(const ofp_condition *earlier, const ofp_condition *later, size_t *steps)
{
    ++*steps;
    for (size_t i = 0; earlier && i < earlier->child_count; i++) {
        const ofp_condition *part = &earlier->children[i];
        bool follows = false;
        for (size_t j = 0;
             later && part->kind == OFP_CONDITION_VALUES && !follows && j < later->child_count;
             j++) {
            follows = follows_from(part, &later->children[j]);
            *steps += 1 + later->children[j].value_count;
        }
        if (!follows)
            return false;
    }
    return true;
}

typedef struct plain_search {
    const ofp_rules *rules;
    ofp_fact *facts;
    uint64_t *work;
} plain_search;

/* The first rule that holds for a plain ticket that a rule wants. @param last with last values */
static int32_t find_first(const plain_search *search, const ofp_condition *when, bool last)
{
    const size_t part_count = when ? when->child_count : 0;
    for (size_t i = 0; i < part_count; i++) {
        const ofp_condition *part = &when->children[i];
        if (part->kind == OFP_CONDITION_VALUES && !part->negated)
            search->facts[part->attribute] =
                (ofp_fact){last ? part->values + part->value_count - 1 : part->values, 1};
    }
    const int32_t first = ofp_rules_first(search->rules, search->facts, search->work);
    for (size_t i = 0; i < part_count; i++)
        search->facts[when->children[i].attribute] = (ofp_fact){0};
    return first;
}

static void check_rule(ofp_compiler *compiler, size_t rule, size_t first, size_t *steps)
{
    const ofp_rule_source *sources = compiler->sla_sources;
    for (size_t i = first; i < rule && *steps < OFP_LINT_STEPS; i++) {
        if (!covers(sources[i].when, sources[rule].when, steps))
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
    const plain_search search = {
        .rules = policy->sla_whens,
        .facts = ofp_compiler_scratch(compiler, ofp_policy_attribute_count(policy),
                                      sizeof *search.facts),
        .work = ofp_compiler_scratch(compiler, ofp_rules_work_size(policy->sla_whens),
                                     sizeof *search.work),
    };
    size_t steps = 0;
    if (!ofp_lint_is_quick(2 * policy->sla_rule_count, ofp_rules_search_cost(policy->sla_whens)))
        return;
    for (size_t i = 0; search.facts && search.work && i < policy->sla_rule_count; i++) {
        const ofp_condition *when = compiler->sla_sources[i].when;
        const int32_t low = find_first(&search, when, false);
        const int32_t high = find_first(&search, when, true);
        /* Where none holds at all, none covers it. */
        if (low >= 0 && high >= 0)
            check_rule(compiler, i, (size_t)(low > high ? low : high), &steps);
    }
}
