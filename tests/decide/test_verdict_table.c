/* SPDX-License-Identifier: MIT */
/* The verdict table as a whole: every combination of what an org can have, against the table
 * written down once more. The ticket is about the cloud. */
#include <stdlib.h>

#include "cases.h"
#include "setting.h"

/* What the org has, a bit each. */
enum {
    ACTIVE = 1 << 0,            /* an active entitlement for the cloud, standard */
    ACTIVE_ELSEWHERE = 1 << 1,  /* for the desk, premium */
    APPROVED = 1 << 2,          /* an approved migration to the cloud, ultimate, not past its end */
    HELD = 1 << 3,              /* a current entitlement for the cloud on hold */
    UPCOMING = 1 << 4,          /* one for the cloud that has not started */
    REQUESTED = 1 << 5,         /* a requested migration to the cloud, not past its end */
    REFUSED_EARLY = 1 << 6,     /* a refused one, whose end is before that of ENDED */
    ENDED = 1 << 7,             /* an approved one past its end */
    REFUSED_LATE = 1 << 8,      /* a refused one, whose end is after that of ENDED */
    HELD_ELSEWHERE = 1 << 9,    /* a current entitlement for the desk on hold */
    LAPSED = 1 << 10,           /* an entitlement for the cloud that has ended */
    LAPSED_ELSEWHERE = 1 << 11, /* one for the desk that has ended */
    MISSED = 1 << 12,           /* a requested migration to the cloud past its end */
    IDLE = 1 << 13,             /* things that count for nothing */
    COMBINATIONS = 1 << 14,
};

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
}

static void have_entitlements(unsigned has)
{
    if (has & ACTIVE)
        entitle("cloud", "standard");
    if (has & ACTIVE_ELSEWHERE)
        entitle("desk", "premium");
    if (has & HELD)
        entitle("cloud", "ultimate")->hold = true;
    if (has & UPCOMING)
        entitle("cloud", "ultimate")->starts = NOW + DAY;
    if (has & HELD_ELSEWHERE)
        entitle("desk", "ultimate")->hold = true;
    if (has & LAPSED)
        entitle("cloud", "ultimate")->ends = NOW;
    if (has & LAPSED_ELSEWHERE)
        entitle("desk", "ultimate")->ends = NOW;
}

static void have_migrations(unsigned has)
{
    static const struct {
        unsigned bit;
        const char *id, *target_date;
        ofp_migration_status status;
    } all[] = {
        {APPROVED, "approved", "2026-12-31", OFP_MIGRATION_APPROVED},
        {REQUESTED, "requested", "2026-12-31", OFP_MIGRATION_REQUESTED},
        {REFUSED_EARLY, "early", "2026-11-05", OFP_MIGRATION_REFUSED},
        {ENDED, "ended", "2026-11-10", OFP_MIGRATION_APPROVED},
        {REFUSED_LATE, "late", "2026-11-15", OFP_MIGRATION_REFUSED},
        {MISSED, "missed", "2026-11-17", OFP_MIGRATION_REQUESTED},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (has & all[i].bit)
            migrate(all[i].id, "cloud", "ultimate", all[i].target_date, all[i].status);
}

static void have_idle_things(void)
{
    entitle("cloud", "trial");
    entitle("cloud", "trial")->hold = true;
    entitle("desk", "trial")->ends = NOW;
    entitle("desk", "ultimate")->starts = NOW + 1;
    ofp_entitlement *later = entitle("cloud", "ultimate");
    later->starts = NOW + 1;
    later->hold = true;
    migrate("completed", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_COMPLETED);
    migrate("cancelled", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_CANCELLED);
    migrate("forgotten", "cloud", "ultimate", "2026-10-01", OFP_MIGRATION_APPROVED);
    migrate("old", "cloud", "ultimate", "2026-10-01", OFP_MIGRATION_REFUSED);
    migrate("elsewhere", "edge", "ultimate", "2026-11-18", OFP_MIGRATION_REFUSED);
    migrate("approved", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
}

static void have(unsigned has)
{
    clear_request();
    about("cloud");
    have_entitlements(has);
    have_migrations(has);
    if (has & IDLE)
        have_idle_things();
}

typedef struct outcome {
    const char *verdict, *level;
} outcome;

static bool is_refused(unsigned has)
{
    return has & REFUSED_LATE || (has & REFUSED_EARLY && !(has & ENDED));
}

/* `current`, but for those who have used up their goodwill. */
static const char *provisional(unsigned has)
{
    if (has & (REFUSED_EARLY | REFUSED_LATE | ENDED | MISSED | LAPSED))
        return "free";
    return has & ACTIVE_ELSEWHERE ? "premium" : has & ACTIVE ? "standard" : "free";
}

static outcome expected(unsigned has)
{
    const bool active = has & (ACTIVE | ACTIVE_ELSEWHERE);
    if (has & ACTIVE)
        return (outcome){"entitled", has & APPROVED ? "ultimate" : "standard"};
    if (has & APPROVED && active)
        return (outcome){"migration", "ultimate"};
    if (has & HELD)
        return (outcome){"on_hold", "free"};
    if (has & UPCOMING && active)
        return (outcome){"upcoming", provisional(has)};
    if (has & REQUESTED && active)
        return (outcome){"migration_pending", provisional(has)};
    if (is_refused(has) && active)
        return (outcome){"migration_refused", "free"};
    if (has & ENDED && active)
        return (outcome){"migration_expired", "free"};
    if (active)
        return (outcome){"migration_offer", provisional(has)};
    if (has & HELD_ELSEWHERE)
        return (outcome){"on_hold", "free"};
    if (has & UPCOMING)
        return (outcome){"upcoming", "free"};
    if (has & (LAPSED | LAPSED_ELSEWHERE))
        return (outcome){"lapsed", "free"};
    return (outcome){"unpaid", "free"};
}

static void expect_outcome(unsigned has)
{
    const outcome wanted = expected(has);
    const ofp_status status = ofp_decide(policy, &request, scratch, &decision, NULL);
    expect_each(status == OFP_STATUS_OK, "%#x: %s", has, ofp_status_name(status));
    const char *verdict = ofp_verdict_name(ofp_decision_verdict(decision));
    const char *level = ofp_policy_level_name(policy, ofp_decision_level(decision));
    expect_each(!strcmp(verdict, wanted.verdict) && !strcmp(level, wanted.level),
                "%#x: %s, %s, not %s, %s", has, verdict, level, wanted.verdict, wanted.level);
}

START_TEST(the_first_line_that_holds_counts)
{
    for (unsigned has = 0; has < COMBINATIONS; has++) {
        have(has);
        expect_outcome(has);
    }
}
END_TEST

/* Entitlements and migrations are lists whose order does not matter. */
START_TEST(the_order_of_facts_does_not_matter)
{
    for (unsigned has = 0; has < COMBINATIONS; has += 7) {
        ofp_entitlement entitlements[32];
        ofp_migration migrations[32];
        have(has);
        for (size_t i = 0; i < request.entitlement_count; i++)
            entitlements[i] = request.entitlements[request.entitlement_count - 1 - i];
        for (size_t i = 0; i < request.migration_count; i++)
            migrations[i] = request.migrations[request.migration_count - 1 - i];
        request.entitlements = entitlements;
        request.migrations = migrations;
        expect_outcome(has);
    }
}
END_TEST

/* Carries out the tag actions on the ticket. */
static void carry_out(bool *carried)
{
    size_t count;
    const ofp_action *list = ofp_decision_actions(decision, &count);
    for (size_t i = 0; i < count; i++)
        if (list[i].tag != OFP_NONE)
            carried[list[i].tag] = list[i].kind == OFP_ACTION_ADD_TAG;
}

static void carry(const bool *carried)
{
    request.tag_count = 0;
    for (int32_t tag = 0; tag < ofp_policy_tag_count(policy); tag++)
        if (carried[tag])
            carry_tag(ofp_policy_tag_name(policy, tag));
}

START_TEST(tag_actions_converge)
{
    for (unsigned has = 0; has < COMBINATIONS; has++) {
        bool carried[32];
        for (size_t tag = 0; tag < sizeof carried; tag++)
            carried[tag] = (has * 2654435761U >> tag) & 1;
        have(has);
        carry(carried);
        ofp_decide(policy, &request, scratch, &decision, NULL);
        carry_out(carried);
        carry(carried);
        ofp_decide(policy, &request, scratch, &decision, NULL);
        expect_each(!strpbrk(actions(), "+-"), "%#x: %s", has, actions());
    }
}
END_TEST

TCase *verdict_table_case(void)
{
    TCase *tests = tcase_create("verdict table");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_first_line_that_holds_counts);
    tcase_add_test(tests, the_order_of_facts_does_not_matter);
    tcase_add_test(tests, tag_actions_converge);
    return tests;
}
