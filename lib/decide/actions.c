/* SPDX-License-Identifier: MIT */
#include "steps.h"

/* Sets of the policy's tags, one bit a tag. */
static bool has_tag(const uint64_t *bits, int32_t tag)
{
    return bits[tag / 64] >> (tag % 64) & 1;
}

static void set_tag(uint64_t *bits, int32_t tag)
{
    if (tag != OFP_NONE)
        bits[tag / 64] |= UINT64_C(1) << (tag % 64);
}

static void add_action(ofp_decision *decision, ofp_action_kind kind, int32_t tag)
{
    decision->actions[decision->action_count++] = (ofp_action){kind, tag};
}

/* Removes the ticket's tags from `first` up to, not including, `end`, but for those in `keep`. */
static void remove_tags(ofp_scratch *scratch, int32_t first, int32_t end, const uint64_t *keep)
{
    for (int32_t word = first / 64; first < end && word <= (end - 1) / 64; word++) {
        for (uint64_t left = scratch->tag_bits[word] & ~keep[word]; left; left &= left - 1) {
            const int32_t tag = word * 64 + __builtin_ctzll(left);
            if (tag >= first && tag < end)
                add_action(&scratch->decision, OFP_ACTION_REMOVE_TAG, tag);
        }
    }
}

static void add_tag(ofp_scratch *scratch, int32_t tag)
{
    if (tag != OFP_NONE && !has_tag(scratch->tag_bits, tag))
        add_action(&scratch->decision, OFP_ACTION_ADD_TAG, tag);
}

static int32_t level_tag(const ofp_policy *policy, int32_t offering, int32_t level)
{
    return policy->offerings[offering].level_tags[level];
}

/* The level tags that an active entitlement or a live migration gives, of any offering. */
static void keep_given_tags(const ofp_decision *decision, uint64_t *keep)
{
    const ofp_request *request = decision->request;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        const ofp_entitlement *entitlement = &request->entitlements[i];
        if (decision->entitlement_states[i] == OFP_ENTITLEMENT_ACTIVE)
            set_tag(keep, level_tag(decision->policy, entitlement->offering, entitlement->level));
    }
    for (size_t i = 0; i < request->migration_count; i++) {
        const ofp_migration *migration = &request->migrations[i];
        if (decision->standings[i] == OFP_STANDING_LIVE)
            set_tag(keep, level_tag(decision->policy, migration->to, migration->level));
    }
}

static bool add_tag_actions(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    const ofp_policy *policy = decision->policy;
    uint64_t *keep =
        ofp_arena_alloc(&scratch->arena, (policy->tag_names.count + 63) / 64, sizeof *keep);
    if (!keep)
        return false;
    int32_t wanted = OFP_NONE;
    if (decision->verdict == OFP_VERDICT_ENTITLED || decision->verdict == OFP_VERDICT_MIGRATION) {
        wanted = level_tag(policy, decision->offering, decision->level);
        set_tag(keep, wanted);
    } else {
        keep_given_tags(decision, keep);
    }
    const int32_t focus_tag = policy->offerings[decision->offering].focus_tag;
    set_tag(keep, focus_tag);
    const int32_t level_end = policy->level_tag_count;
    remove_tags(scratch, 0, level_end, keep);
    remove_tags(scratch, level_end, level_end + policy->focus_tag_count, keep);
    add_tag(scratch, wanted);
    add_tag(scratch, focus_tag);
    return true;
}

bool ofp_decide_actions(ofp_scratch *scratch)
{
    /* Beside the removals: two tags to add, a reply and a note. */
    enum { OTHER_ACTIONS = 4 };
    ofp_decision *decision = &scratch->decision;
    const ofp_verdict verdict = decision->verdict;
    decision->actions =
        ofp_arena_take(&scratch->arena, decision->facts[OFP_ATTRIBUTE_TAG].count + OTHER_ACTIONS,
                       sizeof *decision->actions);
    if (!decision->actions)
        return false;
    const bool tags_stay = verdict == OFP_VERDICT_UNSURE || verdict == OFP_VERDICT_UNKNOWN_ORG;
    if (!tags_stay && !add_tag_actions(scratch))
        return false;
    if (verdict == OFP_VERDICT_MIGRATION_OFFER)
        add_action(decision, OFP_ACTION_PUBLIC_REPLY, OFP_NONE);
    if (verdict != OFP_VERDICT_ENTITLED && verdict != OFP_VERDICT_UNPAID)
        add_action(decision, OFP_ACTION_INTERNAL_NOTE, OFP_NONE);
    return true;
}
