/* SPDX-License-Identifier: MIT */
/* Texts and keys of the actions that speak to people. */
#include "buffer.h"
#include "decision_state.h"
#include "failure.h"
#include "hasher.h"

static bool is_active_for(const ofp_decision *decision, size_t offering)
{
    const ofp_request *request = decision->request;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        if ((size_t)request->entitlements[i].offering == offering &&
            decision->entitlement_states[i] == OFP_ENTITLEMENT_ACTIVE)
            return true;
    }
    return false;
}

/*
 * The titles of the offerings with active entitlements as one text, "a, b"; without any, a text
 * that is not there. Mostly there is one, which needs no memory.
 */
static ofp_text join_current_offerings(const ofp_decision *decision, ofp_buffer *buffer)
{
    const ofp_policy *policy = decision->policy;
    ofp_text joined = {0};
    for (size_t offering = 0; offering < policy->offering_names.count; offering++) {
        if (!is_active_for(decision, offering))
            continue;
        const ofp_text title = ofp_text_of(policy->offerings[offering].title);
        if (!joined.data) {
            joined = title;
            continue;
        }
        if (buffer->size == 0)
            ofp_buffer_put_text(buffer, joined);
        ofp_buffer_puts(buffer, ", ");
        ofp_buffer_put_text(buffer, title);
        joined = ofp_buffer_text(buffer);
    }
    return joined;
}

static ofp_text current_level(const ofp_decision *decision)
{
    int32_t highest = OFP_NONE;
    for (size_t i = 0; i < decision->request->entitlement_count; i++) {
        const int32_t level = decision->request->entitlements[i].level;
        if (decision->entitlement_states[i] == OFP_ENTITLEMENT_ACTIVE && level > highest)
            highest = level;
    }
    return ofp_text_of(ofp_policy_level_name(decision->policy, highest));
}

/* The migration's values; for a verdict that none gives, the level is the decided one. */
static void set_migration_values(const ofp_decision *decision, ofp_text *values,
                                 char date[OFP_DATE_SIZE])
{
    int32_t level = decision->level;
    if (decision->migration != OFP_NONE) {
        const ofp_migration *migration = &decision->request->migrations[decision->migration];
        level = migration->level;
        ofp_date_format(migration->target_date, date);
        values[OFP_PLACEHOLDER_TARGET_DATE] = ofp_text_of(date);
        values[OFP_PLACEHOLDER_MIGRATION] = migration->id;
    }
    values[OFP_PLACEHOLDER_LEVEL] = ofp_text_of(ofp_policy_level_name(decision->policy, level));
}

static const ofp_template *find_template(const ofp_decision *decision, ofp_action_kind kind)
{
    const ofp_migration_rules *rules = &decision->policy->migration;
    return kind == OFP_ACTION_PUBLIC_REPLY ? &rules->ask_customer
                                           : &rules->internal_note[decision->verdict];
}

static bool has_text(const ofp_decision *decision, size_t index)
{
    return index < decision->action_count && decision->actions[index].tag == OFP_NONE;
}

ofp_status ofp_decision_action_text(const ofp_decision *decision, size_t index, ofp_buffer *buffer,
                                    ofp_error **reterr)
{
    if (!has_text(decision, index))
        return ofp_succeed(reterr);
    const ofp_policy *policy = decision->policy;
    const size_t mark = buffer->size;
    ofp_buffer current = {0};
    char date[OFP_DATE_SIZE];
    ofp_text values[OFP_PLACEHOLDER_COUNT] = {
        [OFP_PLACEHOLDER_TICKET] = decision->request->ticket,
        [OFP_PLACEHOLDER_ORG] = ofp_decision_org(decision),
        [OFP_PLACEHOLDER_ORG_NAME] = ofp_decision_org_name(decision),
        [OFP_PLACEHOLDER_OFFERING] =
            ofp_text_of(ofp_policy_offering_title(policy, decision->offering)),
        [OFP_PLACEHOLDER_CURRENT_OFFERING] = join_current_offerings(decision, &current),
        [OFP_PLACEHOLDER_CURRENT_LEVEL] = current_level(decision),
        [OFP_PLACEHOLDER_PRIORITY] =
            ofp_text_of(ofp_policy_priority_name(policy, decision->priority)),
    };
    set_migration_values(decision, values, date);
    ofp_template_render(find_template(decision, decision->actions[index].kind), values, buffer);
    buffer->failed |= current.failed;
    ofp_buffer_release(&current);
    return ofp_buffer_check(buffer, mark, reterr);
}

static void hash_intention(const ofp_decision *decision, ofp_action_kind kind, ofp_hasher *hash)
{
    const ofp_policy *policy = decision->policy;
    ofp_text id = {0};
    char date[OFP_DATE_SIZE];
    const char *target_date = NULL;
    if (decision->migration != OFP_NONE) {
        const ofp_migration *migration = &decision->request->migrations[decision->migration];
        id = migration->id;
        ofp_date_format(migration->target_date, date);
        target_date = date;
    }
    ofp_hasher_part(hash, decision->request->ticket);
    ofp_hasher_part(
        hash, ofp_text_of(kind == OFP_ACTION_PUBLIC_REPLY ? "ask_customer" : "internal_note"));
    ofp_hasher_part(hash, ofp_text_of(ofp_verdict_name(decision->verdict)));
    ofp_hasher_part(hash, ofp_decision_org(decision));
    ofp_hasher_part(hash, ofp_text_of(ofp_policy_offering_name(policy, decision->offering)));
    ofp_hasher_part(hash, ofp_text_of(ofp_policy_level_name(policy, decision->level)));
    ofp_hasher_part(hash, id);
    ofp_hasher_part(hash, ofp_text_of(target_date));
}

void ofp_decision_action_key(const ofp_decision *decision, size_t index, char ret[OFP_KEY_SIZE])
{
    ofp_hasher hash;
    ret[0] = '\0';
    if (!has_text(decision, index))
        return;
    ofp_hasher_start(&hash);
    hash_intention(decision, decision->actions[index].kind, &hash);
    ofp_hasher_finish_key(&hash, ret);
}
