/* SPDX-License-Identifier: MIT */
#include "step_apply.h"

#include "ends.h"
#include "tables.h"

/* A new migration, without what every step notes. */
static void make_record(const ofp_taking *taking, ofp_migration_record *ret)
{
    const ofp_step *step = taking->step;
    const ofp_policy *policy = taking->policy;
    const int32_t level = ofp_org_facts_active_level(
        taking->facts, policy, ofp_policy_find_offering(policy, step->from), step->at);
    *ret = (ofp_migration_record){
        .org = step->org,
        .org_name = ofp_text_of(taking->facts->name),
        .from = step->from,
        .from_level = ofp_names_text(&policy->levels, level),
        .to = step->to,
        .level = step->level,
        .target_date = step->target_date,
        .owner = step->owner,
        .reason = step->reason,
        .evidence = step->evidence,
        .requested_by = step->actor,
        .requested_at = step->at,
        .decided_at = OFP_INSTANT_NONE,
        .closed_at = OFP_INSTANT_NONE,
    };
    ofp_set_end(policy, ret);
}

/* What only steps of this kind change. */
static void change_by_kind(const ofp_step *step, const ofp_policy *policy,
                           ofp_migration_record *record)
{
    switch (step->kind) {
    case OFP_STEP_APPROVE:
        ofp_set_end(policy, record);
        record->policy = ofp_text_of(ofp_policy_name(policy));
        record->policy_revision = ofp_text_of(ofp_policy_revision(policy));
        record->policy_digest = ofp_text_of(ofp_policy_digest(policy));
        break;
    case OFP_STEP_EXTEND:
        record->target_date = step->target_date;
        record->extensions++;
        ofp_move_end(policy, record);
        break;
    case OFP_STEP_END:
        ofp_end_now(policy, step->at, record);
        break;
    default:
        record->outcome = step->outcome;
        break;
    }
}

void ofp_step_apply(const ofp_taking *taking, ofp_migration_record *record)
{
    const ofp_step *step = taking->step;
    const ofp_step_rule *rule = taking->rule;
    if (taking->is_new)
        make_record(taking, record);
    else
        *record = taking->record;
    record->status = rule->becomes;
    record->revision++;
    record->changed_at = step->at;
    record->settled = rule->settles;
    if (rule->decides) {
        record->decided_by = step->actor;
        record->decided_at = step->at;
    }
    if (rule->closes) {
        record->closed_by = step->actor;
        record->closed_at = step->at;
    }
    change_by_kind(step, taking->policy, record);
}
