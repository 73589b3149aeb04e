/* SPDX-License-Identifier: MIT */
#include "tag_removal.h"

#include "level_tag.h"
#include "span.h"

static void set_condition(ofp_host_action *action, ofp_text offering, ofp_text level)
{
    action->unless_offering = offering;
    action->unless_level = level;
}

/* The tag that the migration itself put on, whatever a policy says of it meanwhile. */
static ofp_status find_new_tag(const ofp_change *change, ofp_host_action *action,
                               ofp_error **reterr)
{
    const ofp_policy *policy = change->policy;
    const ofp_migration_record *record = &change->record;
    const int32_t offering = ofp_policy_find_offering(policy, record->to);
    const int32_t level = ofp_policy_find_level(policy, record->level);
    const ofp_status status =
        ofp_ledger_read_tag(change->store, record->id, change->scratch, &action->tag, reterr);
    if (status)
        return status;
    if (!change->facts || offering == OFP_NONE || level == OFP_NONE)
        set_condition(action, record->to, record->level);
    else if (ofp_org_facts_entitle(change->facts, policy, offering, level, change->at))
        action->tag = (ofp_text){0};
    return OFP_STATUS_OK;
}

/* The tag of what the org had bought: it goes when that has ended. @param retuse what that was */
static void find_old_tag(const ofp_change *change, ofp_host_action *action, ofp_tag_use *retuse)
{
    const ofp_policy *policy = change->policy;
    const ofp_migration_record *record = &change->record;
    const int32_t offering = ofp_policy_find_offering(policy, record->from);
    int32_t level = ofp_policy_find_level(policy, record->from_level);
    ofp_holding holding = {.level = OFP_NONE};
    if (policy->migration.realise != OFP_REALISE_ORG_TAG || offering == OFP_NONE)
        return;
    if (change->facts)
        holding = ofp_org_facts_holding(change->facts, policy, offering, change->at);
    if (holding.level != OFP_NONE)
        level = holding.level;
    *retuse = (ofp_tag_use){offering, level};
    action->tag = ofp_tag_of(policy, offering, level);
    if (holding.level != OFP_NONE && holding.ends != OFP_INSTANT_NONE)
        action->not_before = holding.ends;
    else if (!change->facts || holding.level != OFP_NONE)
        set_condition(action, record->from, ofp_names_text(&policy->levels, level));
}

/* What the migration does not touch: the other one of its two sides. */
static ofp_text find_other_tag(const ofp_change *change)
{
    const ofp_migration_record *record = &change->record;
    return change->kind == OFP_EVENT_COMPLETE
               ? ofp_level_tag(change->policy, record->to, record->level)
               : ofp_level_tag(change->policy, record->from, record->from_level);
}

/* Has another live migration of the org put the same tag on it? */
static ofp_status is_promised(const ofp_change *change, ofp_text tag, bool *ret, ofp_error **reterr)
{
    ofp_records *found = change->scratch;
    const size_t before = found->migrations.count;
    ofp_status status =
        ofp_ledger_read_active(change->store, change->record.org, change->at, found, reterr);
    *ret = false;
    for (size_t i = before; !status && !*ret && i < found->migrations.count; i++) {
        const ofp_migration_record *other = &found->migrations.items[i];
        ofp_text others = {0};
        /* One that is not approved yet has put none on. */
        if (ofp_span_equal(other->id, change->record.id))
            continue;
        status = ofp_ledger_read_tag(change->store, other->id, found, &others, reterr);
        *ret = others.data && ofp_span_equal(others, tag);
    }
    return status;
}

/* Is there still a reason for the tag, but for its use that goes? */
static ofp_status is_needed(const ofp_change *change, ofp_text tag, ofp_tag_use use, bool *ret,
                            ofp_error **reterr)
{
    const ofp_text other = find_other_tag(change);
    *ret = (other.data && ofp_span_equal(other, tag)) ||
           (change->facts &&
            ofp_org_facts_give_tag(change->facts, change->policy, tag, use, change->at));
    return *ret ? OFP_STATUS_OK : is_promised(change, tag, ret, reterr);
}

ofp_status ofp_tag_removal_find(const ofp_change *change, ofp_host_action *action,
                                ofp_error **reterr)
{
    ofp_status status = OFP_STATUS_OK;
    ofp_tag_use use = {OFP_NONE, OFP_NONE};
    bool needed = false;
    if (change->kind == OFP_EVENT_COMPLETE)
        find_old_tag(change, action, &use);
    else
        status = find_new_tag(change, action, reterr);
    if (!status && action->tag.data)
        status = is_needed(change, action->tag, use, &needed, reterr);
    if (needed)
        action->tag = (ofp_text){0};
    return status;
}
