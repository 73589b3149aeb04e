/* SPDX-License-Identifier: MIT */
#include "rule_search.h"
#include "steps.h"

#include "failure.h"

/* Metrics whose due time follows from the ticket's creation; others need its history. */
static bool counts_from_creation(ofp_metric metric)
{
    return metric == OFP_METRIC_FIRST_REPLY || metric == OFP_METRIC_RESOLUTION;
}

static ofp_status find_due(const ofp_decision *decision, ofp_target *target, ofp_error **reterr)
{
    target->due_at = OFP_INSTANT_NONE;
    if (!counts_from_creation(target->metric))
        return OFP_STATUS_OK;
    const ofp_calendar *calendar = decision->policy->calendars[target->calendar];
    return ofp_calendar_due(calendar, decision->request->created_at, target->seconds,
                            &target->due_at, reterr);
}

static ofp_status add_target(ofp_decision *decision, const ofp_target_spec *spec, int32_t index,
                             ofp_error **reterr)
{
    const int64_t seconds = spec->seconds[decision->priority];
    if (seconds == 0) {
        ofp_decision_note(decision, OFP_REASON_SLA_TARGET_LEFT_OUT, false, index);
        return OFP_STATUS_OK;
    }
    ofp_target *target = &decision->targets[decision->target_count++];
    *target = (ofp_target){
        .metric = spec->metric,
        .kind = spec->kind,
        .calendar = spec->calendar,
        .seconds = seconds,
    };
    const ofp_status status = find_due(decision, target, reterr);
    if (!status && target->due_at == OFP_INSTANT_NONE && counts_from_creation(target->metric))
        ofp_decision_note(decision, OFP_REASON_SLA_OUT_OF_REACH, true, index);
    return status;
}

static ofp_status add_targets(ofp_scratch *scratch, ofp_error **reterr)
{
    ofp_decision *decision = &scratch->decision;
    const ofp_sla_rule *rule = &decision->policy->sla_rules[decision->sla_rule];
    decision->targets =
        ofp_arena_take(&scratch->arena, rule->target_count, sizeof *decision->targets);
    if (!decision->targets)
        return ofp_fail_no_memory(reterr);
    ofp_status status = OFP_STATUS_OK;
    for (size_t i = 0; !status && i < rule->target_count; i++)
        status = add_target(decision, &rule->targets[i], (int32_t)i, reterr);
    return status;
}

/* What the rules may test now, beside the facts from the start. */
static bool complete_facts(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    ofp_fact *facts =
        ofp_arena_copy_array(&scratch->arena, decision->first_facts,
                             ofp_policy_attribute_count(decision->policy), sizeof *facts);
    if (!facts)
        return false;
    decision->verdict_value = (int32_t)decision->verdict;
    facts[OFP_ATTRIBUTE_LEVEL] = (ofp_fact){&decision->level, 1};
    facts[OFP_ATTRIBUTE_OFFERING] = (ofp_fact){&decision->offering, decision->offering != OFP_NONE};
    facts[OFP_ATTRIBUTE_PRIORITY] = (ofp_fact){&decision->priority, 1};
    facts[OFP_ATTRIBUTE_VERDICT] = (ofp_fact){&decision->verdict_value, 1};
    decision->facts = facts;
    return true;
}

ofp_status ofp_decide_sla(ofp_scratch *scratch, ofp_error **reterr)
{
    ofp_decision *decision = &scratch->decision;
    const ofp_policy *policy = decision->policy;
    if (!complete_facts(scratch))
        return ofp_fail_no_memory(reterr);
    if (!ofp_search_rules(scratch, policy->sla_whens, policy->sla_rule_count, decision->facts,
                          OFP_REASON_SLA_RULE_FAILED, &decision->sla_rule))
        return ofp_fail_no_memory(reterr);
    if (decision->sla_rule < 0) {
        ofp_decision_note(decision, OFP_REASON_SLA_NONE, true, OFP_NONE);
        return OFP_STATUS_OK;
    }
    ofp_decision_note(decision, OFP_REASON_SLA_RULE, true, decision->sla_rule);
    return add_targets(scratch, reterr);
}
