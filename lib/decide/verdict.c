/* SPDX-License-Identifier: MIT */
/* The table of verdicts, the level, and until when they hold. */
#include "span.h"
#include "steps.h"

/*
 * What the org has, as far as the verdict depends on it. "Here": for the ticket's offering. States
 * and standings are sets, one bit each; see standing.c for why there are few branches.
 */
typedef struct summary {
    uint32_t states, states_here; /* of entitlements */
    uint32_t standings_here;      /* of migrations */
    int32_t highest_active;       /* levels; OFP_NONE: there is none */
    int32_t active_here;
    int32_t live_here;
    int64_t refused_end; /* the latest end of those that are remembered; OFP_INSTANT_NONE: none */
    int64_t approved_end;
} summary;

#define BIT(number) (UINT32_C(1) << (number))

/* Standings of remembered migrations. */
static const uint32_t remembered =
    BIT(OFP_STANDING_REFUSED) | BIT(OFP_STANDING_ENDED) | BIT(OFP_STANDING_MISSED);

static int32_t higher(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void sum_up_entitlements(const ofp_decision *decision, summary *sum)
{
    for (size_t i = 0; i < decision->request->entitlement_count; i++) {
        const ofp_entitlement *entitlement = &decision->request->entitlements[i];
        const uint32_t state = decision->entitlement_states[i];
        const bool here = entitlement->offering == decision->offering;
        const int32_t level = state == OFP_ENTITLEMENT_ACTIVE ? entitlement->level : OFP_NONE;
        sum->states |= BIT(state);
        sum->states_here |= (uint32_t)here << state;
        sum->highest_active = higher(sum->highest_active, level);
        sum->active_here = higher(sum->active_here, here ? level : OFP_NONE);
    }
}

static void sum_up_migrations(const ofp_decision *decision, summary *sum)
{
    for (size_t i = 0; i < decision->request->migration_count; i++) {
        const ofp_migration *migration = &decision->request->migrations[i];
        const uint32_t standing = decision->standings[i];
        const uint32_t here = (uint32_t)(migration->to == decision->offering) << standing;
        const int64_t end = decision->ends[i];
        sum->standings_here |= here;
        sum->live_here =
            higher(sum->live_here, here == BIT(OFP_STANDING_LIVE) ? migration->level : OFP_NONE);
        sum->refused_end =
            later(sum->refused_end, here == BIT(OFP_STANDING_REFUSED) ? end : OFP_INSTANT_NONE);
        sum->approved_end =
            later(sum->approved_end, here == BIT(OFP_STANDING_ENDED) ? end : OFP_INSTANT_NONE);
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
    sum_up_entitlements(decision, &sum);
    sum_up_migrations(decision, &sum);
    return sum;
}

/* Line for line the contract's table: the verdict of the first line that holds. */
static ofp_verdict find_verdict(const ofp_decision *decision, const summary *sum)
{
    const bool active = sum->highest_active != OFP_NONE;
    const bool held = sum->states & BIT(OFP_ENTITLEMENT_ON_HOLD);
    const bool held_here = sum->states_here & BIT(OFP_ENTITLEMENT_ON_HOLD);
    const bool upcoming_here = sum->states_here & BIT(OFP_ENTITLEMENT_UPCOMING);
    const bool open_here = sum->standings_here & BIT(OFP_STANDING_OPEN);
    const bool ended_here = sum->standings_here & BIT(OFP_STANDING_ENDED);
    const bool refused_here =
        (sum->standings_here & BIT(OFP_STANDING_REFUSED)) && sum->refused_end >= sum->approved_end;
    const struct {
        bool holds;
        uint8_t verdict;
    } lines[] = {
        {!decision->request->has_org, OFP_VERDICT_UNKNOWN_ORG},
        {decision->offering == OFP_NONE, OFP_VERDICT_UNSURE},
        {sum->active_here != OFP_NONE, OFP_VERDICT_ENTITLED},
        {sum->live_here != OFP_NONE, OFP_VERDICT_MIGRATION},
        {held_here, OFP_VERDICT_ON_HOLD},
        {upcoming_here & active, OFP_VERDICT_UPCOMING},
        {open_here & active, OFP_VERDICT_MIGRATION_PENDING},
        {refused_here & active, OFP_VERDICT_MIGRATION_REFUSED},
        {ended_here & active, OFP_VERDICT_MIGRATION_EXPIRED},
        {active, OFP_VERDICT_MIGRATION_OFFER},
        {held, OFP_VERDICT_ON_HOLD},
        {upcoming_here, OFP_VERDICT_UPCOMING},
        {sum->states & BIT(OFP_ENTITLEMENT_ENDED), OFP_VERDICT_LAPSED},
        {true, OFP_VERDICT_UNPAID},
    };
    size_t line = 0;
    while (!lines[line].holds)
        line++;
    return (ofp_verdict)lines[line].verdict;
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
    else if ((sum->standings_here & remembered) || (sum->states_here & BIT(OFP_ENTITLEMENT_ENDED)))
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
    const ofp_migration *left = &decision->request->migrations[a];
    const ofp_migration *right = &decision->request->migrations[b];
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
    for (size_t i = 0; i < decision->request->migration_count; i++) {
        if (decision->request->migrations[i].to == decision->offering &&
            decision->standings[i] == standing &&
            (found == OFP_NONE || goes_before(decision, i, (size_t)found)))
            found = (int32_t)i;
    }
    return found;
}

/* Which entitlements give the verdict: those in this state, of this level, and perhaps only here.
 */
typedef struct deciders {
    int state;     /* -1: none */
    int32_t level; /* OFP_NONE: any */
    bool here;
} deciders;

static deciders find_deciders(const ofp_decision *decision, const summary *sum)
{
    switch (decision->verdict) {
    case OFP_VERDICT_ENTITLED:
        return (deciders){OFP_ENTITLEMENT_ACTIVE, sum->active_here, true};
    case OFP_VERDICT_UNSURE:
    case OFP_VERDICT_MIGRATION_OFFER:
        return (deciders){OFP_ENTITLEMENT_ACTIVE, sum->highest_active, false};
    case OFP_VERDICT_ON_HOLD:
        return (deciders){OFP_ENTITLEMENT_ON_HOLD, OFP_NONE,
                          sum->states_here & BIT(OFP_ENTITLEMENT_ON_HOLD)};
    case OFP_VERDICT_UPCOMING:
        return (deciders){OFP_ENTITLEMENT_UPCOMING, OFP_NONE, true};
    case OFP_VERDICT_LAPSED:
        return (deciders){OFP_ENTITLEMENT_ENDED, OFP_NONE, false};
    case OFP_VERDICT_UNPAID:
        return (deciders){OFP_ENTITLEMENT_UNPAID, OFP_NONE, true};
    default:
        return (deciders){-1, OFP_NONE, false};
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
    const deciders those = find_deciders(decision, sum);
    for (size_t i = 0; i < decision->request->entitlement_count; i++) {
        const ofp_entitlement *entitlement = &decision->request->entitlements[i];
        const int state = decision->entitlement_states[i];
        const bool decides = (state == those.state) &
                             ((those.level == OFP_NONE) | (entitlement->level == those.level)) &
                             (!those.here | (entitlement->offering == decision->offering));
        ofp_decision_note(decision, (ofp_reason_code)reasons[state], decides, (int32_t)i);
    }
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
    for (size_t i = 0; i < decision->request->migration_count; i++)
        ofp_decision_note(decision, (ofp_reason_code)reasons[decision->standings[i]],
                          (int32_t)i == decision->migration, (int32_t)i);
}

/* The earlier of two instants at which the decision may change; what is past does not count. */
static int64_t sooner(int64_t earliest, int64_t instant, int64_t now)
{
    const int64_t change = instant > now ? instant : INT64_MAX;
    return change < earliest ? change : earliest;
}

static int64_t find_valid_until(const ofp_decision *decision)
{
    const ofp_request *request = decision->request;
    int64_t earliest = INT64_MAX;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        earliest = sooner(earliest, request->entitlements[i].starts, request->now);
        earliest = sooner(earliest, request->entitlements[i].ends, request->now);
    }
    for (size_t i = 0; i < request->migration_count; i++) {
        const bool over = decision->standings[i] >= OFP_STANDING_COMPLETED;
        const int64_t end = over ? OFP_INSTANT_NONE : decision->ends[i];
        const int64_t forgotten = over ? OFP_INSTANT_NONE : decision->forgottens[i];
        earliest = sooner(earliest, end, request->now);
        earliest = sooner(earliest, forgotten, request->now);
    }
    return earliest == INT64_MAX ? OFP_INSTANT_NONE : earliest;
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
