/* SPDX-License-Identifier: MIT */
/* How each entitlement and each migration of the org counts at the instant of the decision. */
#include "steps.h"

/*
 * Tickets come in no order, so that a processor would guess half of the branches here wrong: the
 * answers are looked up instead.
 */
static ofp_entitlement_state state_of(const ofp_policy *policy, const ofp_entitlement *e,
                                      int64_t now)
{
    /* By: is it on hold, has it ended, has it started? */
    static const uint8_t paid_states[2][2][2] = {
        {{OFP_ENTITLEMENT_UPCOMING, OFP_ENTITLEMENT_ACTIVE},
         {OFP_ENTITLEMENT_UPCOMING, OFP_ENTITLEMENT_ENDED}},
        {{OFP_ENTITLEMENT_UPCOMING_ON_HOLD, OFP_ENTITLEMENT_ON_HOLD},
         {OFP_ENTITLEMENT_UPCOMING_ON_HOLD, OFP_ENTITLEMENT_ENDED}},
    };
    /* "Unbounded" is before all instants, which is right for a start. */
    const bool started = now >= e->starts;
    const bool ended = (e->ends != OFP_INSTANT_NONE) & (now >= e->ends);
    const uint8_t state = paid_states[e->hold][ended][started];
    return (ofp_entitlement_state)(policy->unpaid[e->level] ? OFP_ENTITLEMENT_UNPAID : state);
}

/* @return is any of them active? */
static bool judge_entitlements(ofp_decision *decision)
{
    const ofp_request *request = decision->request;
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
    enum { TIMES = 3 }; /* before its end, after it, forgotten */
    static const uint8_t standings[][TIMES] = {
        [OFP_MIGRATION_REQUESTED] = {OFP_STANDING_OPEN, OFP_STANDING_MISSED,
                                     OFP_STANDING_FORGOTTEN},
        [OFP_MIGRATION_APPROVED] = {OFP_STANDING_LIVE, OFP_STANDING_ENDED, OFP_STANDING_FORGOTTEN},
        [OFP_MIGRATION_REFUSED] = {OFP_STANDING_REFUSED, OFP_STANDING_REFUSED,
                                   OFP_STANDING_FORGOTTEN},
        [OFP_MIGRATION_COMPLETED] = {OFP_STANDING_COMPLETED, OFP_STANDING_COMPLETED,
                                     OFP_STANDING_COMPLETED},
        [OFP_MIGRATION_CANCELLED] = {OFP_STANDING_CANCELLED, OFP_STANDING_CANCELLED,
                                     OFP_STANDING_CANCELLED},
    };
    const int time = (now >= end) + (now >= forgotten);
    const ofp_migration_standing standing =
        (ofp_migration_standing)standings[migration->status][time];
    return standing == OFP_STANDING_LIVE && !any_active ? OFP_STANDING_UNBACKED : standing;
}

static void judge_migrations(ofp_decision *decision, bool any_active)
{
    const ofp_request *request = decision->request;
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
    const size_t entitlement_count = decision->request->entitlement_count;
    const size_t migration_count = decision->request->migration_count;
    decision->entitlement_states = ofp_arena_take(arena, entitlement_count, 1);
    decision->standings = ofp_arena_take(arena, migration_count, 1);
    decision->ends = ofp_arena_take(arena, migration_count, sizeof *decision->ends);
    decision->forgottens = ofp_arena_take(arena, migration_count, sizeof *decision->forgottens);
    if (!decision->entitlement_states || !decision->standings || !decision->ends ||
        !decision->forgottens)
        return false;
    judge_migrations(decision, judge_entitlements(decision));
    return true;
}
