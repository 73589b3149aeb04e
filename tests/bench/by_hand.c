/* SPDX-License-Identifier: MIT */
#include "by_hand.h"

enum { FREE, STANDARD, PREMIUM, ULTIMATE };
enum { SELF_MANAGED, SAAS, DEDICATED };
enum { LOW, NORMAL, HIGH, URGENT };
enum { ALWAYS, BUSINESS, EMEA };
enum { FORM_CLOUD, FORM_SELF_MANAGED, FORM_EMERGENCY };
enum { RULE_EMERGENCY, RULE_ULTIMATE_DEDICATED, RULE_PRIORITY, RULE_STANDARD_EMEA, RULE_STANDARD };
enum { RULE_COUNT = 5, MINUTE = 60, HOUR = 3600 };

/* Tags in the policy's order, as bits of a set. */
enum {
    SM_STANDARD,
    SM_PREMIUM,
    SM_ULTIMATE,
    SAAS_STANDARD,
    SAAS_PREMIUM,
    SAAS_ULTIMATE,
    DEDICATED_ULTIMATE,
    FOCUS_SELF_MANAGED,
    FOCUS_SAAS,
    FOCUS_DEDICATED,
    TAG_COUNT,
};

/* By offering and level; a tag that there is not is a bit above all others. */
static const uint8_t level_tags[3][4] = {
    {TAG_COUNT, SM_STANDARD, SM_PREMIUM, SM_ULTIMATE},
    {TAG_COUNT, SAAS_STANDARD, SAAS_PREMIUM, SAAS_ULTIMATE},
    {TAG_COUNT, TAG_COUNT, TAG_COUNT, DEDICATED_ULTIMATE},
};

/* What the org has, as far as the answer depends on it. */
typedef struct standing {
    int32_t highest_active, active_here, live_here; /* levels, -1: none */
    bool held, held_here, upcoming_here, ended, ended_here, open_here, remembered_here;
    int64_t refused_end, approved_end; /* OFP_INSTANT_NONE: none */
    uint32_t given_tags;
    const ofp_migration *best[OFP_MIGRATION_CANCELLED + 2]; /* here, by status; then ended ones */
    by_hand_reason *entitlement_reasons, *migration_reasons;
} standing;

enum { BEST_ENDED = OFP_MIGRATION_CANCELLED + 1 };

static void give_reason(by_hand_answer *answer, ofp_reason_code code, bool decides)
{
    answer->reasons[answer->reason_count++] = (by_hand_reason){(uint8_t)code, decides};
}

#define IS(text, literal) (memcmp((text), (literal), sizeof(literal) - 1) == 0)

static uint32_t tag_bit(ofp_text tag)
{
    switch (tag.size) {
    case 10:
        return IS(tag.data, "sm_premium")   ? 1u << SM_PREMIUM
               : IS(tag.data, "focus_saas") ? 1u << FOCUS_SAAS
                                            : 0;
    case 11:
        return IS(tag.data, "sm_standard")   ? 1u << SM_STANDARD
               : IS(tag.data, "sm_ultimate") ? 1u << SM_ULTIMATE
                                             : 0;
    case 12:
        return IS(tag.data, "saas_premium") ? 1u << SAAS_PREMIUM : 0;
    case 13:
        return IS(tag.data, "saas_standard")   ? 1u << SAAS_STANDARD
               : IS(tag.data, "saas_ultimate") ? 1u << SAAS_ULTIMATE
                                               : 0;
    case 15:
        return IS(tag.data, "focus_dedicated") ? 1u << FOCUS_DEDICATED : 0;
    case 18:
        return IS(tag.data, "dedicated_ultimate")   ? 1u << DEDICATED_ULTIMATE
               : IS(tag.data, "focus_self_managed") ? 1u << FOCUS_SELF_MANAGED
                                                    : 0;
    default:
        return 0;
    }
}

static bool org_is_in_emea(const ofp_request *request)
{
    for (size_t i = 0; i < request->org_tag_count; i++) {
        const ofp_text tag = request->org_tags[i];
        if (tag.size == sizeof "region_emea" - 1 && IS(tag.data, "region_emea"))
            return true;
    }
    return false;
}

/* The only field; -1: not given. */
static int32_t form_of(const ofp_request *request)
{
    return request->field_count ? request->fields[0].value : -1;
}

static void tell_priority(const ofp_request *request, by_hand_answer *answer)
{
    const bool given = request->priority != OFP_NONE;
    answer->priority = given ? request->priority : NORMAL;
    give_reason(answer, given ? OFP_REASON_PRIORITY_GIVEN : OFP_REASON_PRIORITY_DEFAULT, true);
}

static void tell_offering(const ofp_request *request, by_hand_answer *answer)
{
    const int32_t form = form_of(request);
    answer->offering = request->offering;
    if (request->offering != OFP_NONE) {
        give_reason(answer, OFP_REASON_OFFERING_EXPLICIT, true);
    } else if (form == FORM_CLOUD) {
        answer->offering = SAAS;
        give_reason(answer, OFP_REASON_OFFERING_RULE, true);
    } else if (form == FORM_SELF_MANAGED) {
        answer->offering = SELF_MANAGED;
        give_reason(answer, OFP_REASON_OFFERING_RULE_FAILED, false);
        give_reason(answer, OFP_REASON_OFFERING_RULE, true);
    } else {
        give_reason(answer, OFP_REASON_OFFERING_RULE_FAILED, false);
        give_reason(answer, OFP_REASON_OFFERING_RULE_FAILED, false);
        give_reason(answer, OFP_REASON_OFFERING_NO_MATCH, true);
    }
}

static int32_t higher(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static ofp_reason_code judge_entitlement(const ofp_entitlement *e, int64_t now)
{
    if (e->level == FREE)
        return OFP_REASON_ENTITLEMENT_UNPAID;
    if (now < e->starts) /* never so for one that is unbounded: that is the least instant */
        return e->hold ? OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD : OFP_REASON_ENTITLEMENT_UPCOMING;
    if (e->ends != OFP_INSTANT_NONE && now >= e->ends)
        return OFP_REASON_ENTITLEMENT_ENDED;
    return e->hold ? OFP_REASON_ENTITLEMENT_ON_HOLD : OFP_REASON_ENTITLEMENT_ACTIVE;
}

static void see_entitlements(const ofp_request *request, by_hand_answer *answer, standing *s)
{
    s->entitlement_reasons = answer->reasons + answer->reason_count;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        const ofp_entitlement *e = &request->entitlements[i];
        const bool here = e->offering == answer->offering;
        const ofp_reason_code code = judge_entitlement(e, request->now);
        give_reason(answer, code, false);
        switch (code) {
        case OFP_REASON_ENTITLEMENT_ACTIVE:
            s->highest_active = higher(s->highest_active, e->level);
            if (here)
                s->active_here = higher(s->active_here, e->level);
            s->given_tags |= 1u << level_tags[e->offering][e->level];
            break;
        case OFP_REASON_ENTITLEMENT_ON_HOLD:
            s->held = true;
            s->held_here |= here;
            break;
        case OFP_REASON_ENTITLEMENT_UPCOMING:
            s->upcoming_here |= here;
            break;
        case OFP_REASON_ENTITLEMENT_ENDED:
            s->ended = true;
            s->ended_here |= here;
            break;
        default:
            break;
        }
    }
}

static ofp_reason_code judge_migration(const ofp_migration *m, int64_t now, bool any_active)
{
    switch (m->status) {
    case OFP_MIGRATION_COMPLETED:
        return OFP_REASON_MIGRATION_COMPLETED;
    case OFP_MIGRATION_CANCELLED:
        return OFP_REASON_MIGRATION_CANCELLED;
    default:
        break;
    }
    if (now >= m->forgotten)
        return OFP_REASON_MIGRATION_FORGOTTEN;
    switch (m->status) {
    case OFP_MIGRATION_REFUSED:
        return OFP_REASON_MIGRATION_REFUSED;
    case OFP_MIGRATION_REQUESTED:
        return now >= m->end ? OFP_REASON_MIGRATION_MISSED : OFP_REASON_MIGRATION_OPEN;
    default:
        break;
    }
    if (now >= m->end)
        return OFP_REASON_MIGRATION_ENDED;
    return any_active ? OFP_REASON_MIGRATION_LIVE : OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT;
}

/* Of two that could both be meant: the highest level, latest end, smallest id. */
static bool goes_before(const ofp_migration *a, const ofp_migration *b)
{
    if (a->level != b->level)
        return a->level > b->level;
    if (a->end != b->end)
        return a->end > b->end;
    const size_t size = a->id.size < b->id.size ? a->id.size : b->id.size;
    const int order = memcmp(a->id.data, b->id.data, size);
    return order < 0 || (order == 0 && a->id.size < b->id.size);
}

static void keep_best(standing *s, int kind, const ofp_migration *m)
{
    if (!s->best[kind] || goes_before(m, s->best[kind]))
        s->best[kind] = m;
}

static void see_migration_here(const ofp_migration *m, ofp_reason_code code, standing *s)
{
    switch (code) {
    case OFP_REASON_MIGRATION_LIVE:
        s->live_here = higher(s->live_here, m->level);
        keep_best(s, OFP_MIGRATION_APPROVED, m);
        break;
    case OFP_REASON_MIGRATION_OPEN:
        s->open_here = true;
        keep_best(s, OFP_MIGRATION_REQUESTED, m);
        break;
    case OFP_REASON_MIGRATION_REFUSED:
        s->remembered_here = true;
        s->refused_end = later(s->refused_end, m->end);
        keep_best(s, OFP_MIGRATION_REFUSED, m);
        break;
    case OFP_REASON_MIGRATION_ENDED:
        s->remembered_here = true;
        s->approved_end = later(s->approved_end, m->end);
        keep_best(s, BEST_ENDED, m);
        break;
    case OFP_REASON_MIGRATION_MISSED:
        s->remembered_here = true;
        break;
    default:
        break;
    }
}

static void see_migrations(const ofp_request *request, by_hand_answer *answer, standing *s)
{
    const bool any_active = s->highest_active >= 0;
    s->migration_reasons = answer->reasons + answer->reason_count;
    for (size_t i = 0; i < request->migration_count; i++) {
        const ofp_migration *m = &request->migrations[i];
        const ofp_reason_code code = judge_migration(m, request->now, any_active);
        give_reason(answer, code, false);
        if (code == OFP_REASON_MIGRATION_LIVE)
            s->given_tags |= 1u << level_tags[m->to][m->level];
        if (m->to == answer->offering)
            see_migration_here(m, code, s);
    }
}

static ofp_verdict tell_verdict(const ofp_request *request, const by_hand_answer *answer,
                                const standing *s)
{
    const bool active = s->highest_active >= 0;
    if (!request->has_org)
        return OFP_VERDICT_UNKNOWN_ORG;
    if (answer->offering == OFP_NONE)
        return OFP_VERDICT_UNSURE;
    if (s->active_here >= 0)
        return OFP_VERDICT_ENTITLED;
    if (s->live_here >= 0)
        return OFP_VERDICT_MIGRATION;
    if (s->held_here)
        return OFP_VERDICT_ON_HOLD;
    if (active) {
        if (s->upcoming_here)
            return OFP_VERDICT_UPCOMING;
        if (s->open_here)
            return OFP_VERDICT_MIGRATION_PENDING;
        if (s->refused_end != OFP_INSTANT_NONE && s->refused_end >= s->approved_end)
            return OFP_VERDICT_MIGRATION_REFUSED;
        return s->approved_end != OFP_INSTANT_NONE ? OFP_VERDICT_MIGRATION_EXPIRED
                                                   : OFP_VERDICT_MIGRATION_OFFER;
    }
    if (s->held)
        return OFP_VERDICT_ON_HOLD;
    if (s->upcoming_here)
        return OFP_VERDICT_UPCOMING;
    return s->ended ? OFP_VERDICT_LAPSED : OFP_VERDICT_UNPAID;
}

/* Marks the reasons of those entitlements that give the verdict. A level of -1: any. */
static void mark_entitlements(const ofp_request *request, const by_hand_answer *answer,
                              const standing *s, ofp_reason_code code, bool only_here,
                              int32_t level)
{
    for (size_t i = 0; i < request->entitlement_count; i++) {
        const ofp_entitlement *e = &request->entitlements[i];
        if (s->entitlement_reasons[i].code == code && (level < 0 || e->level == level) &&
            (!only_here || e->offering == answer->offering))
            s->entitlement_reasons[i].decides = true;
    }
}

static void mark_migration(const ofp_request *request, const standing *s, int kind)
{
    s->migration_reasons[s->best[kind] - request->migrations].decides = true;
}

static void mark_deciding(const ofp_request *request, const by_hand_answer *answer,
                          const standing *s)
{
    switch (answer->verdict) {
    case OFP_VERDICT_ENTITLED:
        mark_entitlements(request, answer, s, OFP_REASON_ENTITLEMENT_ACTIVE, true, s->active_here);
        if (s->live_here > s->active_here)
            mark_migration(request, s, OFP_MIGRATION_APPROVED);
        break;
    case OFP_VERDICT_UNSURE:
    case OFP_VERDICT_MIGRATION_OFFER:
        mark_entitlements(request, answer, s, OFP_REASON_ENTITLEMENT_ACTIVE, false,
                          s->highest_active);
        break;
    case OFP_VERDICT_ON_HOLD:
        mark_entitlements(request, answer, s, OFP_REASON_ENTITLEMENT_ON_HOLD, s->held_here, -1);
        break;
    case OFP_VERDICT_UNPAID:
        mark_entitlements(request, answer, s, OFP_REASON_ENTITLEMENT_UNPAID, true, -1);
        break;
    case OFP_VERDICT_UPCOMING:
        mark_entitlements(request, answer, s, OFP_REASON_ENTITLEMENT_UPCOMING, true, -1);
        break;
    case OFP_VERDICT_LAPSED:
        mark_entitlements(request, answer, s, OFP_REASON_ENTITLEMENT_ENDED, false, -1);
        break;
    case OFP_VERDICT_MIGRATION:
        mark_migration(request, s, OFP_MIGRATION_APPROVED);
        break;
    case OFP_VERDICT_MIGRATION_PENDING:
        mark_migration(request, s, OFP_MIGRATION_REQUESTED);
        break;
    case OFP_VERDICT_MIGRATION_REFUSED:
        mark_migration(request, s, OFP_MIGRATION_REFUSED);
        break;
    case OFP_VERDICT_MIGRATION_EXPIRED:
        mark_migration(request, s, BEST_ENDED);
        break;
    default:
        break;
    }
}

static void tell_level(by_hand_answer *answer, const standing *s)
{
    ofp_reason_code reason = OFP_REASON_LEVEL_HELD;
    int32_t level = -1;
    switch (answer->verdict) {
    case OFP_VERDICT_ENTITLED:
    case OFP_VERDICT_MIGRATION:
        level = higher(s->active_here, s->live_here);
        break;
    case OFP_VERDICT_UNSURE:
        level = s->highest_active;
        break;
    case OFP_VERDICT_UPCOMING:
    case OFP_VERDICT_MIGRATION_PENDING:
    case OFP_VERDICT_MIGRATION_OFFER:
        level = s->highest_active;
        reason = OFP_REASON_LEVEL_PROVISIONAL;
        if (level >= 0 && (s->remembered_here || s->ended_here)) {
            level = FREE;
            reason = OFP_REASON_LEVEL_GOODWILL_USED;
        }
        break;
    default:
        break;
    }
    answer->level = level >= 0 ? level : FREE;
    give_reason(answer, level >= 0 ? reason : OFP_REASON_LEVEL_UNPAID, true);
}

static int32_t find_sla_rule(const ofp_request *request, const by_hand_answer *answer)
{
    if (answer->level >= PREMIUM) {
        if (form_of(request) == FORM_EMERGENCY)
            return RULE_EMERGENCY;
        return answer->level == ULTIMATE && answer->offering == DEDICATED ? RULE_ULTIMATE_DEDICATED
                                                                          : RULE_PRIORITY;
    }
    if (answer->level == STANDARD)
        return org_is_in_emea(request) ? RULE_STANDARD_EMEA : RULE_STANDARD;
    return OFP_NONE;
}

static int64_t find_due(const by_hand_calendars *c, int32_t calendar, int64_t start,
                        int64_t seconds)
{
    if (calendar == ALWAYS)
        return start + seconds;
    if (!c->business)
        return open_table_due(calendar == BUSINESS ? &c->business_table : &c->emea_table, start,
                              seconds);
    int64_t due = OFP_INSTANT_NONE;
    ofp_calendar_due(calendar == BUSINESS ? c->business : c->emea, start, seconds, &due, NULL);
    return due;
}

static void add_target(by_hand_answer *answer, ofp_metric metric, ofp_target_kind kind,
                       int32_t calendar, int64_t seconds, int64_t due_at)
{
    answer->targets[answer->target_count++] = (ofp_target){metric, kind, calendar, seconds, due_at};
}

static void add_first_reply(const by_hand_calendars *calendars, const ofp_request *request,
                            by_hand_answer *answer, int32_t calendar, int64_t seconds)
{
    add_target(answer, OFP_METRIC_FIRST_REPLY, OFP_TARGET_SLA, calendar, seconds,
               find_due(calendars, calendar, request->created_at, seconds));
}

static void add_next_reply(by_hand_answer *answer, int32_t calendar, int64_t seconds)
{
    add_target(answer, OFP_METRIC_NEXT_REPLY, OFP_TARGET_SLO, calendar, seconds, OFP_INSTANT_NONE);
}

static void tell_targets(const by_hand_calendars *calendars, const ofp_request *request,
                         by_hand_answer *answer)
{
    static const int32_t dedicated[] = {8 * HOUR, 4 * HOUR, HOUR, 15 * MINUTE};
    static const int32_t resolution[] = {0, 0, 24 * HOUR, 8 * HOUR};
    static const int32_t first[] = {24 * HOUR, 8 * HOUR, 4 * HOUR, 30 * MINUTE};
    static const int32_t next[] = {24 * HOUR, 24 * HOUR, 4 * HOUR, 4 * HOUR};
    const int32_t priority = answer->priority;
    switch (answer->sla_rule) {
    case RULE_EMERGENCY:
        add_first_reply(calendars, request, answer, ALWAYS, 30 * MINUTE);
        add_next_reply(answer, ALWAYS, 4 * HOUR);
        break;
    case RULE_ULTIMATE_DEDICATED:
        add_first_reply(calendars, request, answer, ALWAYS, dedicated[priority]);
        if (resolution[priority])
            add_target(answer, OFP_METRIC_RESOLUTION, OFP_TARGET_SLO, BUSINESS,
                       resolution[priority],
                       find_due(calendars, BUSINESS, request->created_at, resolution[priority]));
        else
            give_reason(answer, OFP_REASON_SLA_TARGET_LEFT_OUT, false);
        break;
    case RULE_PRIORITY:
        add_first_reply(calendars, request, answer, BUSINESS, first[priority]);
        add_next_reply(answer, BUSINESS, next[priority]);
        break;
    case RULE_STANDARD_EMEA:
        add_first_reply(calendars, request, answer, EMEA, 9 * HOUR);
        break;
    case RULE_STANDARD:
        add_first_reply(calendars, request, answer, BUSINESS, 24 * HOUR);
        break;
    default:
        break;
    }
}

static void tell_sla(const by_hand_calendars *calendars, const ofp_request *request,
                     by_hand_answer *answer)
{
    answer->sla_rule = find_sla_rule(request, answer);
    const int32_t failed = answer->sla_rule >= 0 ? answer->sla_rule : RULE_COUNT;
    for (int32_t i = 0; i < failed; i++)
        give_reason(answer, OFP_REASON_SLA_RULE_FAILED, false);
    give_reason(answer, answer->sla_rule >= 0 ? OFP_REASON_SLA_RULE : OFP_REASON_SLA_NONE, true);
    tell_targets(calendars, request, answer);
}

static void add_action(by_hand_answer *answer, ofp_action_kind kind, int32_t tag)
{
    answer->actions[answer->action_count++] = (ofp_action){kind, tag};
}

static void tell_tags(const ofp_request *request, by_hand_answer *answer, const standing *s)
{
    const uint32_t known = (1u << TAG_COUNT) - 1;
    const uint32_t focus = 1u << (FOCUS_SELF_MANAGED + answer->offering);
    const bool settled =
        answer->verdict == OFP_VERDICT_ENTITLED || answer->verdict == OFP_VERDICT_MIGRATION;
    const uint32_t wanted = settled ? 1u << level_tags[answer->offering][answer->level] : 0;
    const uint32_t kept = (settled ? wanted : s->given_tags) | focus;
    uint32_t carried = 0;
    for (size_t i = 0; i < request->tag_count; i++)
        carried |= tag_bit(request->tags[i]);
    for (uint32_t left = carried & ~kept; left; left &= left - 1)
        add_action(answer, OFP_ACTION_REMOVE_TAG, __builtin_ctz(left));
    for (uint32_t left = (wanted | focus) & ~carried & known; left; left &= left - 1)
        add_action(answer, OFP_ACTION_ADD_TAG, __builtin_ctz(left));
}

static void tell_actions(const ofp_request *request, by_hand_answer *answer, const standing *s)
{
    const ofp_verdict verdict = answer->verdict;
    if (verdict != OFP_VERDICT_UNKNOWN_ORG && verdict != OFP_VERDICT_UNSURE)
        tell_tags(request, answer, s);
    if (verdict == OFP_VERDICT_MIGRATION_OFFER)
        add_action(answer, OFP_ACTION_PUBLIC_REPLY, OFP_NONE);
    if (verdict != OFP_VERDICT_ENTITLED && verdict != OFP_VERDICT_UNPAID)
        add_action(answer, OFP_ACTION_INTERNAL_NOTE, OFP_NONE);
}

void by_hand_decide(const by_hand_calendars *calendars, const ofp_request *request,
                    by_hand_answer *ret)
{
    standing s = {
        .highest_active = -1,
        .active_here = -1,
        .live_here = -1,
        .refused_end = OFP_INSTANT_NONE,
        .approved_end = OFP_INSTANT_NONE,
    };
    ret->reason_count = ret->target_count = ret->action_count = 0;
    tell_priority(request, ret);
    tell_offering(request, ret);
    if (!request->has_org)
        give_reason(ret, OFP_REASON_ORG_UNKNOWN, true);
    see_entitlements(request, ret, &s);
    see_migrations(request, ret, &s);
    ret->verdict = tell_verdict(request, ret, &s);
    mark_deciding(request, ret, &s);
    tell_level(ret, &s);
    tell_sla(calendars, request, ret);
    tell_actions(request, ret, &s);
}
