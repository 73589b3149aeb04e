/* SPDX-License-Identifier: MIT */
/* How each entitlement and each migration of the org counts at the instant of the decision. */
#include "steps.h"

static ofp_entitlement_state state_of(const ofp_policy *policy, const ofp_entitlement *e,
                                      int64_t now)
{
    if (policy->unpaid[e->level])
        return OFP_ENTITLEMENT_UNPAID;
    if (e->starts != OFP_INSTANT_NONE && now < e->starts)
        return e->hold ? OFP_ENTITLEMENT_UPCOMING_ON_HOLD : OFP_ENTITLEMENT_UPCOMING;
    if (e->ends != OFP_INSTANT_NONE && now >= e->ends)
        return OFP_ENTITLEMENT_ENDED;
    return e->hold ? OFP_ENTITLEMENT_ON_HOLD : OFP_ENTITLEMENT_ACTIVE;
}

/* @return is any of them active? */
static bool judge_entitlements(ofp_decision *decision)
{
    const ofp_request *request = &decision->request;
    bool any_active = false;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        const ofp_entitlement_state state =
            state_of(decision->policy, &request->entitlements[i], request->now);
        decision->entitlement_states[i] = (uint8_t)state;
        any_active |= state == OFP_ENTITLEMENT_ACTIVE;
    }
    return any_active;
}

static ofp_migration_standing standing_of(const ofp_migration *migration, int64_t now, int64_t end,
                                          int64_t forgotten, bool any_active)
{
    const bool ended = now >= end;
    if (migration->status == OFP_MIGRATION_COMPLETED)
        return OFP_STANDING_COMPLETED;
    if (migration->status == OFP_MIGRATION_CANCELLED)
        return OFP_STANDING_CANCELLED;
    if (now >= forgotten)
        return OFP_STANDING_FORGOTTEN;
    if (migration->status == OFP_MIGRATION_REFUSED)
        return OFP_STANDING_REFUSED;
    if (migration->status == OFP_MIGRATION_REQUESTED)
        return ended ? OFP_STANDING_MISSED : OFP_STANDING_OPEN;
    if (ended)
        return OFP_STANDING_ENDED;
    return any_active ? OFP_STANDING_LIVE : OFP_STANDING_UNBACKED;
}

static void judge_migrations(ofp_decision *decision, bool any_active)
{
    const ofp_request *request = &decision->request;
    for (size_t i = 0; i < request->migration_count; i++) {
        const ofp_migration *migration = &request->migrations[i];
        int64_t *end = &decision->ends[i], *forgotten = &decision->forgottens[i];
        *end = migration->end;
        *forgotten = migration->forgotten;
        if (*end == OFP_INSTANT_NONE)
            ofp_policy_migration_end(decision->policy, migration->target_date, end, forgotten);
        decision->standings[i] =
            (uint8_t)standing_of(migration, request->now, *end, *forgotten, any_active);
    }
}

bool ofp_decide_standing(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    ofp_arena *arena = &scratch->arena;
    const size_t entitlement_count = decision->request.entitlement_count;
    const size_t migration_count = decision->request.migration_count;
    decision->entitlement_states = ofp_arena_alloc(arena, entitlement_count, 1);
    decision->standings = ofp_arena_alloc(arena, migration_count, 1);
    decision->ends = ofp_arena_alloc(arena, migration_count, sizeof *decision->ends);
    decision->forgottens = ofp_arena_alloc(arena, migration_count, sizeof *decision->forgottens);
    if (!decision->entitlement_states || !decision->standings || !decision->ends ||
        !decision->forgottens)
        return false;
    judge_migrations(decision, judge_entitlements(decision));
    return true;
}
