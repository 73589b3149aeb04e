/* SPDX-License-Identifier: MIT */
/* From the short notes that deciding leaves to reasons with all their facts. */
#include "decision_state.h"

size_t ofp_note_reason_count(const ofp_note *note)
{
    return ofp_note_is_run(note) ? (size_t)note->index : 1;
}

size_t ofp_decision_reason_count(const ofp_decision *decision)
{
    size_t count = 0;
    for (size_t i = 0; i < decision->note_count; i++)
        count += ofp_note_reason_count(&decision->notes[i]);
    return count;
}

static void fill_condition(const ofp_decision *decision, const ofp_rules *rules,
                           const ofp_fact *facts, ofp_reason *reason)
{
    const int part = ofp_rules_failed_part(rules, reason->index, facts);
    reason->condition = ofp_policy_part_name(decision->policy, part);
}

/* From a place in the list of rules that are asked to the rule's place in the file's list. */
static void fill_simple_rule(const ofp_simple_rule *rule, ofp_reason *reason)
{
    reason->index = rule->rule;
    reason->line = rule->line;
}

static void fill_priority_rule(const ofp_decision *decision, ofp_reason *reason)
{
    const ofp_policy *policy = decision->policy;
    if (reason->code == OFP_REASON_PRIORITY_RULE_FAILED)
        fill_condition(decision, policy->priority_whens, decision->first_facts, reason);
    else
        reason->priority = decision->priority;
    fill_simple_rule(&policy->priority_rules[reason->index], reason);
}

static void fill_offering_rule(const ofp_decision *decision, ofp_reason *reason)
{
    const ofp_policy *policy = decision->policy;
    const ofp_simple_rule *rule = &policy->classify_rules[reason->index];
    if (reason->code == OFP_REASON_OFFERING_RULE_FAILED)
        fill_condition(decision, policy->classify_whens, decision->first_facts, reason);
    reason->offering = rule->result;
    fill_simple_rule(rule, reason);
}

static void fill_pattern(const ofp_decision *decision, const ofp_note *note, ofp_reason *reason)
{
    const ofp_classify_pattern *pattern = &decision->policy->patterns[note->index];
    reason->index = pattern->rule;
    reason->line = pattern->line;
    reason->offering = pattern->offering;
    reason->field = note->in_description ? "description" : "subject";
    if (reason->code == OFP_REASON_PATTERN_MATCHED)
        reason->score = pattern->weight;
}

static void fill_scores(const ofp_decision *decision, ofp_reason *reason)
{
    const ofp_scores *scores = &decision->scores;
    reason->offering = scores->best;
    reason->score = scores->best_score;
    if (reason->code == OFP_REASON_OFFERING_BELOW_THRESHOLD) {
        reason->limit = decision->policy->threshold;
        return;
    }
    reason->next = scores->next;
    reason->next_score = scores->next_score;
    if (reason->code == OFP_REASON_OFFERING_LEAD_TOO_SMALL)
        reason->limit = decision->policy->margin;
}

static void fill_entitlement(const ofp_decision *decision, ofp_reason *reason)
{
    const ofp_entitlement *entitlement = &decision->request->entitlements[reason->index];
    reason->offering = entitlement->offering;
    reason->level = entitlement->level;
    if (reason->code == OFP_REASON_ENTITLEMENT_UPCOMING ||
        reason->code == OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD)
        reason->at = entitlement->starts;
    else if (reason->code != OFP_REASON_ENTITLEMENT_UNPAID)
        reason->at = entitlement->ends;
}

static void fill_migration(const ofp_decision *decision, ofp_reason *reason)
{
    const ofp_migration *migration = &decision->request->migrations[reason->index];
    reason->id = migration->id;
    reason->offering = migration->to;
    reason->level = migration->level;
    reason->date = migration->target_date;
    if (reason->code == OFP_REASON_MIGRATION_FORGOTTEN)
        reason->at = decision->forgottens[reason->index];
    else if (reason->code != OFP_REASON_MIGRATION_COMPLETED &&
             reason->code != OFP_REASON_MIGRATION_CANCELLED)
        reason->at = decision->ends[reason->index];
}

static void fill_sla_rule(const ofp_decision *decision, const ofp_note *note, ofp_reason *reason)
{
    const ofp_policy *policy = decision->policy;
    if (reason->code == OFP_REASON_SLA_RULE_FAILED)
        fill_condition(decision, policy->sla_whens, decision->facts, reason);
    else
        reason->index = decision->sla_rule;
    const ofp_sla_rule *rule = &policy->sla_rules[reason->index];
    reason->id = ofp_text_of(rule->id);
    reason->line = rule->line;
    if (reason->code == OFP_REASON_SLA_TARGET_LEFT_OUT ||
        reason->code == OFP_REASON_SLA_OUT_OF_REACH)
        reason->field = ofp_metric_name(rule->targets[note->index].metric);
    if (reason->code == OFP_REASON_SLA_TARGET_LEFT_OUT)
        reason->priority = decision->priority;
}

/* Adds the facts that go with the code, as reasons.toml lists them. */
static void fill_facts(const ofp_decision *decision, const ofp_note *note, ofp_reason *reason)
{
    switch (reason->code) {
    case OFP_REASON_PRIORITY_GIVEN:
    case OFP_REASON_PRIORITY_DEFAULT:
        reason->priority = decision->priority;
        break;
    case OFP_REASON_PRIORITY_RULE:
    case OFP_REASON_PRIORITY_RULE_FAILED:
        fill_priority_rule(decision, reason);
        break;
    case OFP_REASON_OFFERING_EXPLICIT:
    case OFP_REASON_OFFERING_RECORDED:
        reason->offering = decision->offering;
        break;
    case OFP_REASON_OFFERING_RULE:
    case OFP_REASON_OFFERING_RULE_FAILED:
        fill_offering_rule(decision, reason);
        break;
    case OFP_REASON_PATTERN_MATCHED:
    case OFP_REASON_PATTERN_GAVE_UP:
        fill_pattern(decision, note, reason);
        break;
    case OFP_REASON_OFFERING_SCORED:
    case OFP_REASON_OFFERING_BELOW_THRESHOLD:
    case OFP_REASON_OFFERING_TIE:
    case OFP_REASON_OFFERING_LEAD_TOO_SMALL:
        fill_scores(decision, reason);
        break;
    case OFP_REASON_ENTITLEMENT_ACTIVE:
    case OFP_REASON_ENTITLEMENT_UNPAID:
    case OFP_REASON_ENTITLEMENT_ON_HOLD:
    case OFP_REASON_ENTITLEMENT_UPCOMING:
    case OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD:
    case OFP_REASON_ENTITLEMENT_ENDED:
        fill_entitlement(decision, reason);
        break;
    case OFP_REASON_MIGRATION_LIVE:
    case OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT:
    case OFP_REASON_MIGRATION_OPEN:
    case OFP_REASON_MIGRATION_REFUSED:
    case OFP_REASON_MIGRATION_ENDED:
    case OFP_REASON_MIGRATION_MISSED:
    case OFP_REASON_MIGRATION_FORGOTTEN:
    case OFP_REASON_MIGRATION_COMPLETED:
    case OFP_REASON_MIGRATION_CANCELLED:
        fill_migration(decision, reason);
        break;
    case OFP_REASON_LEVEL_HELD:
    case OFP_REASON_LEVEL_PROVISIONAL:
    case OFP_REASON_LEVEL_GOODWILL_USED:
    case OFP_REASON_LEVEL_UNPAID:
        reason->level = decision->level;
        break;
    case OFP_REASON_SLA_RULE:
    case OFP_REASON_SLA_RULE_FAILED:
    case OFP_REASON_SLA_TARGET_LEFT_OUT:
    case OFP_REASON_SLA_OUT_OF_REACH:
        fill_sla_rule(decision, note, reason);
        break;
    case OFP_REASON_OFFERING_NO_MATCH:
    case OFP_REASON_OFFERING_RECORDED_UNSURE:
    case OFP_REASON_ORG_UNKNOWN:
    case OFP_REASON_SLA_NONE:
        break;
    }
}

void ofp_note_reason(const ofp_decision *decision, const ofp_note *note, size_t index,
                     ofp_reason *ret)
{
    *ret = (ofp_reason){
        .code = (ofp_reason_code)note->code,
        .decides = note->decides,
        .index = ofp_note_is_run(note) ? (int32_t)index : note->index,
        .offering = OFP_NONE,
        .level = OFP_NONE,
        .priority = OFP_NONE,
        .at = OFP_INSTANT_NONE,
        .date = OFP_DATE_NONE,
        .score = OFP_NONE,
        .next = OFP_NONE,
        .next_score = OFP_NONE,
        .limit = OFP_NONE,
    };
    fill_facts(decision, note, ret);
}

bool ofp_decision_reason(const ofp_decision *decision, size_t index, ofp_reason *ret)
{
    for (size_t i = 0; i < decision->note_count; i++) {
        const ofp_note *note = &decision->notes[i];
        const size_t reasons = ofp_note_reason_count(note);
        if (index < reasons) {
            ofp_note_reason(decision, note, index, ret);
            return true;
        }
        index -= reasons;
    }
    return false;
}

const char *ofp_reason_name(ofp_reason_code code)
{
    static const char *const names[] = {
#include "reasons_table.h"
    };
    return (size_t)code < sizeof names / sizeof *names ? names[code] : NULL;
}
