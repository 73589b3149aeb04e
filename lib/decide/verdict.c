/* SPDX-License-Identifier: MIT */
/* The table of verdicts, the level, and until when they hold. */
#include "span.h"
#include "steps.h"

/* What the org has, as far as the verdict depends on it. "Here": for the ticket's offering. */
typedef struct summary {
    int32_t highest_active; /* levels; OFP_NONE: there is none */
    int32_t active_here;
    int32_t live_here;
    int64_t refused_end; /* the latest end of those that are remembered; OFP_INSTANT_NONE: none */
    int64_t approved_end;
    bool held, held_here;
    bool upcoming_here;
    bool ended, ended_here;
    bool open_here;
    bool remembered_here;
} summary;

static int32_t higher(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void sum_up_entitlement(const ofp_decision *decision, size_t index, summary *sum)
{
    const ofp_entitlement *entitlement = &decision->request.entitlements[index];
    const bool here = entitlement->offering == decision->offering;
    switch ((ofp_entitlement_state)decision->entitlement_states[index]) {
    case OFP_ENTITLEMENT_ACTIVE:
        sum->highest_active = higher(sum->highest_active, entitlement->level);
        if (here)
            sum->active_here = higher(sum->active_here, entitlement->level);
        break;
    case OFP_ENTITLEMENT_ON_HOLD:
        sum->held = true;
        sum->held_here |= here;
        break;
    case OFP_ENTITLEMENT_UPCOMING:
        sum->upcoming_here |= here;
        break;
    case OFP_ENTITLEMENT_ENDED:
        sum->ended = true;
        sum->ended_here |= here;
        break;
    case OFP_ENTITLEMENT_UNPAID:
    case OFP_ENTITLEMENT_UPCOMING_ON_HOLD:
        break;
    }
}

static void sum_up_migration(const ofp_decision *decision, size_t index, summary *sum)
{
    const ofp_migration *migration = &decision->request.migrations[index];
    if (migration->to != decision->offering)
        return;
    switch ((ofp_migration_standing)decision->standings[index]) {
    case OFP_STANDING_LIVE:
        sum->live_here = higher(sum->live_here, migration->level);
        break;
    case OFP_STANDING_OPEN:
        sum->open_here = true;
        break;
    case OFP_STANDING_REFUSED:
        sum->remembered_here = true;
        sum->refused_end = later(sum->refused_end, decision->ends[index]);
        break;
    case OFP_STANDING_ENDED:
        sum->remembered_here = true;
        sum->approved_end = later(sum->approved_end, decision->ends[index]);
        break;
    case OFP_STANDING_MISSED:
        sum->remembered_here = true;
        break;
    case OFP_STANDING_UNBACKED:
    case OFP_STANDING_FORGOTTEN:
    case OFP_STANDING_COMPLETED:
    case OFP_STANDING_CANCELLED:
        break;
    }
}

static summary sum_up(const ofp_decision *decision)
{
    summary sum = {
        .highest_active = OFP_NONE,
        .active_here = OFP_NONE,
        .live_here = OFP_NONE,
        .refused_end = OFP_INSTANT_NONE,
        .approved_end = OFP_INSTANT_NONE,
    };
    for (size_t i = 0; i < decision->request.entitlement_count; i++)
        sum_up_entitlement(decision, i, &sum);
    for (size_t i = 0; i < decision->request.migration_count; i++)
        sum_up_migration(decision, i, &sum);
    return sum;
}

/* Line for line the contract's table: the first that holds. */
static ofp_verdict find_verdict(const ofp_decision *decision, const summary *sum)
{
    const bool active = sum->highest_active != OFP_NONE;
    if (!decision->request.has_org)
        return OFP_VERDICT_UNKNOWN_ORG;
    if (decision->offering == OFP_NONE)
        return OFP_VERDICT_UNSURE;
    if (sum->active_here != OFP_NONE)
        return OFP_VERDICT_ENTITLED;
    if (sum->live_here != OFP_NONE)
        return OFP_VERDICT_MIGRATION;
    if (sum->held_here)
        return OFP_VERDICT_ON_HOLD;
    if (sum->upcoming_here && active)
        return OFP_VERDICT_UPCOMING;
    if (sum->open_here && active)
        return OFP_VERDICT_MIGRATION_PENDING;
    if (sum->refused_end != OFP_INSTANT_NONE && sum->refused_end >= sum->approved_end && active)
        return OFP_VERDICT_MIGRATION_REFUSED;
    if (sum->approved_end != OFP_INSTANT_NONE && active)
        return OFP_VERDICT_MIGRATION_EXPIRED;
    if (active)
        return OFP_VERDICT_MIGRATION_OFFER;
    if (sum->held)
        return OFP_VERDICT_ON_HOLD;
    if (sum->upcoming_here)
        return OFP_VERDICT_UPCOMING;
    return sum->ended ? OFP_VERDICT_LAPSED : OFP_VERDICT_UNPAID;
}

static void set_level(ofp_decision *decision, int32_t level, ofp_reason_code reason)
{
    decision->level = level;
    ofp_decision_note(decision, reason, true, OFP_NONE);
}

/* Goodwill is for those who have not used it up. */
static void set_provisional_level(ofp_decision *decision, const summary *sum)
{
    const ofp_policy *policy = decision->policy;
    const int32_t level = policy->migration.provisional_level;
    if (sum->highest_active == OFP_NONE)
        set_level(decision, policy->lowest_unpaid, OFP_REASON_LEVEL_UNPAID);
    else if (sum->remembered_here || sum->ended_here)
        set_level(decision, policy->lowest_unpaid, OFP_REASON_LEVEL_GOODWILL_USED);
    else
        set_level(decision, level == OFP_LEVEL_CURRENT ? sum->highest_active : level,
                  OFP_REASON_LEVEL_PROVISIONAL);
}

static void decide_level(ofp_decision *decision, const summary *sum)
{
    int32_t held = OFP_NONE;
    switch (decision->verdict) {
    case OFP_VERDICT_ENTITLED:
    case OFP_VERDICT_MIGRATION:
        held = higher(sum->active_here, sum->live_here);
        break;
    case OFP_VERDICT_UNSURE:
        held = sum->highest_active;
        break;
    case OFP_VERDICT_UPCOMING:
    case OFP_VERDICT_MIGRATION_PENDING:
    case OFP_VERDICT_MIGRATION_OFFER:
        set_provisional_level(decision, sum);
        return;
    default:
        break;
    }
    if (held != OFP_NONE)
        set_level(decision, held, OFP_REASON_LEVEL_HELD);
    else
        set_level(decision, decision->policy->lowest_unpaid, OFP_REASON_LEVEL_UNPAID);
}

/* The standing that a migration must have to give this verdict; -1: no migration gives it. */
static int standing_behind(const ofp_decision *decision)
{
    switch (decision->verdict) {
    case OFP_VERDICT_ENTITLED: /* where it lifts the level */
    case OFP_VERDICT_MIGRATION:
        return OFP_STANDING_LIVE;
    case OFP_VERDICT_MIGRATION_PENDING:
        return OFP_STANDING_OPEN;
    case OFP_VERDICT_MIGRATION_REFUSED:
        return OFP_STANDING_REFUSED;
    case OFP_VERDICT_MIGRATION_EXPIRED:
        return OFP_STANDING_ENDED;
    default:
        return -1;
    }
}

/* Of two migrations that could both be meant: the highest level, latest end, smallest id. */
static bool goes_before(const ofp_decision *decision, size_t a, size_t b)
{
    const ofp_migration *left = &decision->request.migrations[a];
    const ofp_migration *right = &decision->request.migrations[b];
    if (left->level != right->level)
        return left->level > right->level;
    if (decision->ends[a] != decision->ends[b])
        return decision->ends[a] > decision->ends[b];
    return ofp_span_compare(left->id, right->id) < 0;
}

static int32_t find_migration(const ofp_decision *decision)
{
    const int standing = standing_behind(decision);
    int32_t found = OFP_NONE;
    for (size_t i = 0; standing >= 0 && i < decision->request.migration_count; i++) {
        if (decision->request.migrations[i].to == decision->offering &&
            decision->standings[i] == standing &&
            (found == OFP_NONE || goes_before(decision, i, (size_t)found)))
            found = (int32_t)i;
    }
    return found;
}

/* Is this entitlement among those that give the verdict? */
static bool entitlement_decides(const ofp_decision *decision, size_t index, const summary *sum)
{
    const ofp_entitlement *entitlement = &decision->request.entitlements[index];
    const int state = decision->entitlement_states[index];
    const bool here = entitlement->offering == decision->offering;
    switch (decision->verdict) {
    case OFP_VERDICT_ENTITLED:
        return state == OFP_ENTITLEMENT_ACTIVE && here && entitlement->level == sum->active_here;
    case OFP_VERDICT_UNSURE:
    case OFP_VERDICT_MIGRATION_OFFER:
        return state == OFP_ENTITLEMENT_ACTIVE && entitlement->level == sum->highest_active;
    case OFP_VERDICT_ON_HOLD:
        return state == OFP_ENTITLEMENT_ON_HOLD && (here || !sum->held_here);
    case OFP_VERDICT_UPCOMING:
        return state == OFP_ENTITLEMENT_UPCOMING && here;
    case OFP_VERDICT_LAPSED:
        return state == OFP_ENTITLEMENT_ENDED;
    default:
        return false;
    }
}

static void note_entitlements(ofp_decision *decision, const summary *sum)
{
    static const uint8_t reasons[] = {
        [OFP_ENTITLEMENT_UNPAID] = OFP_REASON_ENTITLEMENT_UNPAID,
        [OFP_ENTITLEMENT_ACTIVE] = OFP_REASON_ENTITLEMENT_ACTIVE,
        [OFP_ENTITLEMENT_ON_HOLD] = OFP_REASON_ENTITLEMENT_ON_HOLD,
        [OFP_ENTITLEMENT_UPCOMING] = OFP_REASON_ENTITLEMENT_UPCOMING,
        [OFP_ENTITLEMENT_UPCOMING_ON_HOLD] = OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD,
        [OFP_ENTITLEMENT_ENDED] = OFP_REASON_ENTITLEMENT_ENDED,
    };
    for (size_t i = 0; i < decision->request.entitlement_count; i++)
        ofp_decision_note(decision, (ofp_reason_code)reasons[decision->entitlement_states[i]],
                          entitlement_decides(decision, i, sum), (int32_t)i);
}

static void note_migrations(ofp_decision *decision)
{
    static const uint8_t reasons[] = {
        [OFP_STANDING_LIVE] = OFP_REASON_MIGRATION_LIVE,
        [OFP_STANDING_UNBACKED] = OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT,
        [OFP_STANDING_OPEN] = OFP_REASON_MIGRATION_OPEN,
        [OFP_STANDING_REFUSED] = OFP_REASON_MIGRATION_REFUSED,
        [OFP_STANDING_ENDED] = OFP_REASON_MIGRATION_ENDED,
        [OFP_STANDING_MISSED] = OFP_REASON_MIGRATION_MISSED,
        [OFP_STANDING_FORGOTTEN] = OFP_REASON_MIGRATION_FORGOTTEN,
        [OFP_STANDING_COMPLETED] = OFP_REASON_MIGRATION_COMPLETED,
        [OFP_STANDING_CANCELLED] = OFP_REASON_MIGRATION_CANCELLED,
    };
    for (size_t i = 0; i < decision->request.migration_count; i++)
        ofp_decision_note(decision, (ofp_reason_code)reasons[decision->standings[i]],
                          (int32_t)i == decision->migration, (int32_t)i);
}

/* Takes an instant into account at which the decision may change. */
static void meet(int64_t *earliest, int64_t instant, int64_t now)
{
    if (instant > now && (*earliest == OFP_INSTANT_NONE || instant < *earliest))
        *earliest = instant;
}

static int64_t find_valid_until(const ofp_decision *decision)
{
    const ofp_request *request = &decision->request;
    int64_t earliest = OFP_INSTANT_NONE;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        meet(&earliest, request->entitlements[i].starts, request->now);
        meet(&earliest, request->entitlements[i].ends, request->now);
    }
    for (size_t i = 0; i < request->migration_count; i++) {
        if (decision->standings[i] >= OFP_STANDING_COMPLETED)
            continue;
        meet(&earliest, decision->ends[i], request->now);
        meet(&earliest, decision->forgottens[i], request->now);
    }
    return earliest;
}

void ofp_decide_verdict(ofp_decision *decision)
{
    const summary sum = sum_up(decision);
    decision->verdict = find_verdict(decision, &sum);
    decision->migration = find_migration(decision);
    if (decision->verdict == OFP_VERDICT_ENTITLED && sum.live_here <= sum.active_here)
        decision->migration = OFP_NONE;
    if (decision->verdict == OFP_VERDICT_UNKNOWN_ORG)
        ofp_decision_note(decision, OFP_REASON_ORG_UNKNOWN, true, OFP_NONE);
    note_entitlements(decision, &sum);
    note_migrations(decision);
    decide_level(decision, &sum);
    decision->valid_until = find_valid_until(decision);
}
