/* SPDX-License-Identifier: MIT */
#include "policy.h"

#include "regex.h"

enum { FREE, STANDARD, PREMIUM, ULTIMATE };
enum { SELF_MANAGED, SAAS, DEDICATED, OFFERING_COUNT };
enum { FORM_CLOUD, FORM_SELF_MANAGED, FORM_EMERGENCY };
enum { PATTERN_COUNT = 7, TAG_COUNT = 10, FIRST_FOCUS = 7, NO_TAG = 31 };

const char *const policy_levels[] = {"free", "standard", "premium", "ultimate"};

const char *const policy_tags[] = {
    "sm_standard",   "sm_premium",         "sm_ultimate",        "saas_standard", "saas_premium",
    "saas_ultimate", "dedicated_ultimate", "focus_self_managed", "focus_saas",    "focus_dedicated",
};

static const uint8_t level_tags[OFFERING_COUNT][4] = {
    {NO_TAG, 0, 1, 2}, {NO_TAG, 3, 4, 5}, {NO_TAG, NO_TAG, NO_TAG, 6}};

static const struct {
    const char *text;
    int offering, weight;
} patterns[PATTERN_COUNT] = {
    {"\\bcloud\\.northwind\\.example\\b", SAAS, 3},
    {"\\bshared runners?\\b", SAAS, 2},
    {"\\b(saas|northwind cloud)\\b", SAAS, 3},
    {"\\bself[ -]?(managed|hosted)\\b", SELF_MANAGED, 3},
    {"\\bnorthwind-ctl\\b", SELF_MANAGED, 3},
    {"/etc/northwind/\\S+", SELF_MANAGED, 2},
    {"\\bdedicated (instance|tenant)\\b", DEDICATED, 4},
};

static const regex *compiled[PATTERN_COUNT];
static uint8_t tag_sizes[TAG_COUNT];

/* What the org has; levels and instants are -1 where there is none. */
typedef struct standing {
    int32_t active, active_here, live_here;
    bool held, held_here, upcoming_here, ended, ended_here, open_here, missed_here;
    int64_t refused_end, approved_end;
    uint32_t given_tags;
} standing;

void policy_start(void)
{
    for (size_t i = 0; i < PATTERN_COUNT; i++)
        compiled[i] = regex_get(ofp_text_of(patterns[i].text));
    for (size_t i = 0; i < TAG_COUNT; i++)
        tag_sizes[i] = (uint8_t)strlen(policy_tags[i]);
}

static int32_t tell_by_patterns(const ofp_request *r)
{
    int scores[OFFERING_COUNT] = {0}, best = 0, next = 0;
    int32_t offering = OFP_NONE;
    for (size_t i = 0; i < PATTERN_COUNT; i++) {
        if (regex_run(compiled[i], r->subject) || regex_run(compiled[i], r->description))
            scores[patterns[i].offering] += patterns[i].weight;
    }
    for (int32_t i = 0; i < OFFERING_COUNT; i++) {
        if (scores[i] > best) {
            next = best;
            best = scores[i];
            offering = i;
        } else if (scores[i] > next) {
            next = scores[i];
        }
    }
    return best >= 3 && best - next >= 2 ? offering : OFP_NONE;
}

static int32_t tell_offering(const ofp_request *r)
{
    if (r->offering != OFP_NONE)
        return r->offering;
    if (r->field_count && r->fields[0].value == FORM_CLOUD)
        return SAAS;
    if (r->field_count && r->fields[0].value == FORM_SELF_MANAGED)
        return SELF_MANAGED;
    return tell_by_patterns(r);
}

static int64_t higher(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void see_entitlement(const ofp_entitlement *e, int64_t now, bool here, standing *s)
{
    const bool ended = e->ends != OFP_INSTANT_NONE && now >= e->ends;
    if (e->level == FREE)
        return;
    if (now < e->starts) {
        s->upcoming_here |= here && !e->hold;
    } else if (ended) {
        s->ended = true;
        s->ended_here |= here;
    } else if (e->hold) {
        s->held = true;
        s->held_here |= here;
    } else {
        s->active = (int32_t)higher(s->active, e->level);
        if (here)
            s->active_here = (int32_t)higher(s->active_here, e->level);
        s->given_tags |= 1u << level_tags[e->offering][e->level];
    }
}

static void see_migration(const ofp_migration *m, int64_t now, bool here, standing *s)
{
    if (m->status > OFP_MIGRATION_REFUSED || now >= m->forgotten)
        return;
    if (m->status == OFP_MIGRATION_REFUSED) {
        if (here)
            s->refused_end = higher(s->refused_end, m->end);
    } else if (m->status == OFP_MIGRATION_REQUESTED) {
        s->open_here |= here && now < m->end;
        s->missed_here |= here && now >= m->end;
    } else if (now >= m->end) {
        if (here)
            s->approved_end = higher(s->approved_end, m->end);
    } else if (s->active >= 0) {
        if (here)
            s->live_here = (int32_t)higher(s->live_here, m->level);
        s->given_tags |= 1u << level_tags[m->to][m->level];
    }
}

static ofp_verdict tell_verdict(const ofp_request *r, int32_t offering, const standing *s)
{
    if (!r->has_org)
        return OFP_VERDICT_UNKNOWN_ORG;
    if (offering == OFP_NONE)
        return OFP_VERDICT_UNSURE;
    if (s->active_here >= 0)
        return OFP_VERDICT_ENTITLED;
    if (s->live_here >= 0)
        return OFP_VERDICT_MIGRATION;
    if (s->held_here)
        return OFP_VERDICT_ON_HOLD;
    if (s->active >= 0) {
        if (s->upcoming_here)
            return OFP_VERDICT_UPCOMING;
        if (s->open_here)
            return OFP_VERDICT_MIGRATION_PENDING;
        if (s->refused_end >= 0 && s->refused_end >= s->approved_end)
            return OFP_VERDICT_MIGRATION_REFUSED;
        return s->approved_end >= 0 ? OFP_VERDICT_MIGRATION_EXPIRED : OFP_VERDICT_MIGRATION_OFFER;
    }
    if (s->held)
        return OFP_VERDICT_ON_HOLD;
    if (s->upcoming_here)
        return OFP_VERDICT_UPCOMING;
    return s->ended ? OFP_VERDICT_LAPSED : OFP_VERDICT_UNPAID;
}

static int32_t tell_level(ofp_verdict verdict, const standing *s)
{
    const bool used =
        s->refused_end >= 0 || s->approved_end >= 0 || s->missed_here || s->ended_here;
    switch (verdict) {
    case OFP_VERDICT_ENTITLED:
    case OFP_VERDICT_MIGRATION:
        return (int32_t)higher(s->active_here, s->live_here);
    case OFP_VERDICT_UNSURE:
        return (int32_t)higher(s->active, FREE);
    case OFP_VERDICT_UPCOMING:
    case OFP_VERDICT_MIGRATION_PENDING:
    case OFP_VERDICT_MIGRATION_OFFER:
        return used ? FREE : (int32_t)higher(s->active, FREE);
    default:
        return FREE;
    }
}

static bool is_in_emea(const ofp_request *r)
{
    for (size_t i = 0; i < r->org_tag_count; i++) {
        if (r->org_tags[i].size == 11 && memcmp(r->org_tags[i].data, "region_emea", 11) == 0)
            return true;
    }
    return false;
}

static int32_t tell_first_reply(const ofp_request *r, int32_t offering, int32_t level)
{
    static const int32_t dedicated[] = {480, 240, 60, 15}, by_priority[] = {1440, 480, 240, 30};
    if (level == FREE)
        return -1;
    if (level == STANDARD)
        return is_in_emea(r) ? 540 : 1440;
    if (r->field_count && r->fields[0].value == FORM_EMERGENCY)
        return 30;
    if (level == ULTIMATE && offering == DEDICATED)
        return dedicated[r->priority];
    return by_priority[r->priority];
}

static uint32_t tag_bit(ofp_text tag)
{
    for (size_t i = 0; i < TAG_COUNT; i++) {
        if (tag.size == tag_sizes[i] && memcmp(tag.data, policy_tags[i], tag.size) == 0)
            return 1u << i;
    }
    return 0;
}

static void tell_tags(const ofp_request *r, int32_t offering, const standing *s,
                      policy_answer *answer)
{
    const uint32_t focus = 1u << (FIRST_FOCUS + offering), known = (1u << TAG_COUNT) - 1;
    const bool settled =
        answer->verdict == OFP_VERDICT_ENTITLED || answer->verdict == OFP_VERDICT_MIGRATION;
    const uint32_t wanted = settled ? 1u << level_tags[offering][answer->level] : 0;
    const uint32_t kept = (settled ? wanted : s->given_tags) | focus;
    uint32_t carried = 0;
    for (size_t i = 0; i < r->tag_count; i++)
        carried |= tag_bit(r->tags[i]);
    answer->remove = carried & ~kept;
    answer->add = (wanted | focus) & ~carried & known;
}

void policy_decide(const ofp_request *r, policy_answer *ret)
{
    standing s = {
        .active = -1, .active_here = -1, .live_here = -1, .refused_end = -1, .approved_end = -1};
    const int32_t offering = tell_offering(r);
    for (size_t i = 0; i < r->entitlement_count; i++) {
        const ofp_entitlement *e = &r->entitlements[i];
        see_entitlement(e, r->now, e->offering == offering, &s);
    }
    for (size_t i = 0; i < r->migration_count; i++) {
        const ofp_migration *m = &r->migrations[i];
        see_migration(m, r->now, m->to == offering, &s);
    }
    *ret = (policy_answer){.verdict = tell_verdict(r, offering, &s)};
    ret->level = tell_level(ret->verdict, &s);
    ret->first_reply = tell_first_reply(r, offering, ret->level);
    if (ret->verdict != OFP_VERDICT_UNKNOWN_ORG && ret->verdict != OFP_VERDICT_UNSURE)
        tell_tags(r, offering, &s, ret);
}
