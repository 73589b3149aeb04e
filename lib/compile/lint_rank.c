/* SPDX-License-Identifier: MIT */
#include "lint.h"

/* A plain ticket: entitled, without tags and fields. */
typedef struct plain_ticket {
    int32_t offering, priority, level, verdict;
} plain_ticket;

typedef struct comparison {
    ofp_compiler *compiler;
    ofp_fact *facts;
    uint64_t *work;
    bool **reported; /* by rule: targets and priorities that were spoken of */
} comparison;

/* The rule that gives a plain ticket its targets, or -1. */
static int32_t find_rule(const comparison *c, plain_ticket ticket)
{
    c->facts[OFP_ATTRIBUTE_OFFERING] = (ofp_fact){&ticket.offering, 1};
    c->facts[OFP_ATTRIBUTE_PRIORITY] = (ofp_fact){&ticket.priority, 1};
    c->facts[OFP_ATTRIBUTE_LEVEL] = (ofp_fact){&ticket.level, 1};
    c->facts[OFP_ATTRIBUTE_VERDICT] = (ofp_fact){&ticket.verdict, 1};
    return ofp_rules_first(c->compiler->policy->sla_whens, c->facts, c->work);
}

/* Notes that a duration was spoken of, for all priorities that share it. @return it was before */
static bool note_reported(const comparison *c, int32_t rule, size_t target, int32_t priority)
{
    const size_t priority_count = c->compiler->policy->priorities.count;
    const size_t target_count = c->compiler->policy->sla_rules[rule].target_count;
    const ofp_yaml_node *const *within = c->compiler->sla_sources[rule].within[target];
    if (!c->reported[rule])
        c->reported[rule] =
            ofp_compiler_scratch(c->compiler, target_count * priority_count, sizeof(bool));
    if (!c->reported[rule])
        return true;
    bool *reported = c->reported[rule] + target * priority_count;
    const bool before = reported[priority];
    for (size_t i = 0; i < priority_count; i++)
        reported[i] |= within[i] == within[priority];
    return before;
}

static const char *calendar_name(const ofp_policy *policy, const ofp_target_spec *target)
{
    return ofp_names_get(&policy->calendar_names, target->calendar);
}

static void report(const comparison *c, const plain_ticket *ticket, int32_t lower_level,
                   const ofp_target_spec *target, const ofp_yaml_node *high,
                   const ofp_yaml_node *low)
{
    const ofp_policy *policy = c->compiler->policy;
    ofp_compiler_report(
        c->compiler, high, OFP_CODE_SLOWER_WHEN_HIGHER,
        "level \"%s\" gets %s of \"%s\" for %s, the lower level \"%s\" %s (line %u), for example "
        "for tickets of priority \"%s\" about \"%s\"",
        ofp_quote(policy->levels.items[ticket->level]).text, ofp_quote(high->text).text,
        ofp_quote(ofp_text_of(calendar_name(policy, target))).text, ofp_metric_name(target->metric),
        ofp_quote(policy->levels.items[lower_level]).text, ofp_quote(low->text).text,
        (unsigned)low->line, ofp_quote(policy->priorities.items[ticket->priority]).text,
        ofp_quote(policy->offering_names.items[ticket->offering]).text);
}

/* Compares the targets of two rules that hold for a level and for a lower one. */
static void compare_rules(const comparison *c, const plain_ticket *ticket, int32_t high,
                          int32_t low, int32_t lower_level)
{
    const ofp_sla_rule *rules = c->compiler->policy->sla_rules;
    const ofp_rule_source *sources = c->compiler->sla_sources;
    for (size_t i = 0; i < rules[high].target_count; i++) {
        const ofp_target_spec *one = &rules[high].targets[i];
        for (size_t j = 0; j < rules[low].target_count; j++) {
            const ofp_target_spec *other = &rules[low].targets[j];
            const int64_t more = one->seconds[ticket->priority];
            const int64_t less = other->seconds[ticket->priority];
            if (one->metric != other->metric || one->kind != other->kind ||
                one->calendar != other->calendar || less == 0 || more <= less ||
                note_reported(c, high, i, ticket->priority))
                continue;
            report(c, ticket, lower_level, one, sources[high].within[i][ticket->priority],
                   sources[low].within[j][ticket->priority]);
        }
    }
}

/* Compares what all paid levels get for the same plain ticket. @param rules room, by level */
static void compare_levels(const comparison *c, plain_ticket ticket, int32_t *rules)
{
    const ofp_policy *policy = c->compiler->policy;
    const int32_t level_count = ofp_policy_level_count(policy);
    for (ticket.level = 0; ticket.level < level_count; ticket.level++) {
        const int32_t level = ticket.level;
        rules[level] = policy->unpaid[level] ? -1 : find_rule(c, ticket);
        for (int32_t lower = 0; rules[level] >= 0 && lower < level; lower++) {
            if (rules[lower] >= 0 && rules[lower] != rules[level])
                compare_rules(c, &ticket, rules[level], rules[lower], lower);
        }
    }
}

void ofp_lint_rank(ofp_compiler *compiler)
{
    const ofp_policy *policy = compiler->policy;
    const int32_t offering_count = ofp_policy_offering_count(policy);
    const int32_t priority_count = ofp_policy_priority_count(policy);
    const size_t ticket_count =
        (size_t)offering_count * policy->priorities.count * policy->levels.count;
    const comparison c = {
        .compiler = compiler,
        .facts =
            ofp_compiler_scratch(compiler, ofp_policy_attribute_count(policy), sizeof *c.facts),
        .work =
            ofp_compiler_scratch(compiler, ofp_rules_work_size(policy->sla_whens), sizeof *c.work),
        .reported = ofp_compiler_scratch(compiler, policy->sla_rule_count, sizeof *c.reported),
    };
    int32_t *rules = ofp_compiler_scratch(compiler, policy->levels.count, sizeof *rules);
    if (!c.facts || !c.work || !c.reported || !rules ||
        !ofp_lint_is_quick(ticket_count,
                           policy->levels.count + ofp_rules_search_cost(policy->sla_whens)))
        return;
    plain_ticket ticket = {.verdict = OFP_VERDICT_ENTITLED};
    for (ticket.offering = 0; ticket.offering < offering_count; ticket.offering++) {
        for (ticket.priority = 0; ticket.priority < priority_count; ticket.priority++)
            compare_levels(&c, ticket, rules);
    }
}
