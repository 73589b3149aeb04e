/* SPDX-License-Identifier: MIT */
/* What decisions say about orgs, entitlements, migrations and levels; the reasons for priority,
 * offering and SLA stand with their tests. */
#include <stdio.h>

#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
}

START_TEST(an_unknown_org)
{
    request.has_org = false;
    decide();
    ck_assert(reason_of(OFP_REASON_ORG_UNKNOWN).decides);
    reason_of(OFP_REASON_LEVEL_UNPAID);
}
END_TEST

/* One entitlement of each kind, in this order. */
START_TEST(entitlements)
{
    static const ofp_reason_code codes[] = {
        OFP_REASON_ENTITLEMENT_ACTIVE,  OFP_REASON_ENTITLEMENT_UNPAID,
        OFP_REASON_ENTITLEMENT_ON_HOLD, OFP_REASON_ENTITLEMENT_UPCOMING,
        OFP_REASON_ENTITLEMENT_ENDED,   OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD,
    };
    static const int64_t ats[] = {NOW + 10, OFP_INSTANT_NONE, NOW + 30,
                                  NOW + 40, NOW - 50,         NOW + 60};
    entitle("cloud", "premium")->ends = NOW + 10;
    entitle("cloud", "trial")->ends = NOW + 20;
    *entitle("cloud", "standard") = (ofp_entitlement){.offering = offering_of("cloud"),
                                                      .level = level_of("standard"),
                                                      .starts = NOW - 1,
                                                      .ends = NOW + 30,
                                                      .hold = true};
    entitle("desk", "ultimate")->starts = NOW + 40;
    entitle("desk", "standard")->ends = NOW - 50;
    *entitle("edge", "standard") = (ofp_entitlement){.offering = offering_of("edge"),
                                                     .level = level_of("standard"),
                                                     .starts = NOW + 60,
                                                     .ends = OFP_INSTANT_NONE,
                                                     .hold = true};
    decide();
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const ofp_reason reason = reason_of(codes[i]);
        ck_assert_uint_eq(reason_count(codes[i]), 1);
        ck_assert_int_eq(reason.index, (int32_t)i);
        ck_assert_int_eq(reason.offering, request.entitlements[i].offering);
        ck_assert_int_eq(reason.level, request.entitlements[i].level);
        if (codes[i] != OFP_REASON_ENTITLEMENT_UNPAID)
            ck_assert_int_eq(reason.at, ats[i]);
        ck_assert_int_eq(reason.decides, i == 0);
        ck_assert_ptr_null(reason.id.data);
        ck_assert_uint_eq(reason.line, 0);
    }
    ck_assert_int_eq(reason_of(OFP_REASON_LEVEL_HELD).level, level_of("premium"));
}
END_TEST

START_TEST(unbounded_entitlements)
{
    entitle("cloud", "premium");
    decide();
    ck_assert_int_eq(reason_of(OFP_REASON_ENTITLEMENT_ACTIVE).at, OFP_INSTANT_NONE);
    request.entitlement_count = 0;
    entitle("cloud", "premium")->hold = true;
    decide();
    ck_assert_int_eq(reason_of(OFP_REASON_ENTITLEMENT_ON_HOLD).at, OFP_INSTANT_NONE);
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ON_HOLD).decides);
}
END_TEST

/* The ticket is about the cloud. What decides is not of the lowest level. */
START_TEST(entitlements_that_give_a_verdict)
{
    entitle("desk", "premium");
    expect_verdict("migration_offer", "premium");
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ACTIVE).decides);
    entitle("cloud", "premium")->starts = NOW + 1;
    expect_verdict("upcoming", "premium");
    ck_assert(!reason_of(OFP_REASON_ENTITLEMENT_ACTIVE).decides);
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_UPCOMING).decides);
    clear_request();
    about("cloud");
    entitle("desk", "premium")->starts = NOW + 1;
    entitle("cloud", "premium")->starts = NOW + 1;
    expect_verdict("upcoming", "free");
    ck_assert(!reason_of(OFP_REASON_ENTITLEMENT_UPCOMING).decides); /* the first one */
    clear_request();
    about("cloud");
    entitle("desk", "premium")->ends = NOW;
    expect_verdict("lapsed", "free");
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ENDED).decides);
    clear_request();
    about("cloud");
    entitle("cloud", "trial");
    expect_verdict("unpaid", "free");
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_UNPAID).decides);
    request.offering = OFP_NONE;
    entitle("desk", "premium");
    expect_verdict("unsure", "premium");
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ACTIVE).decides);
}
END_TEST

/* An entitlement elsewhere does not decide, be it of the same level. */
START_TEST(entitlements_here_decide)
{
    ofp_reason reason;
    entitle("desk", "premium");
    entitle("cloud", "premium");
    entitle("cloud", "standard");
    expect_verdict("entitled", "premium");
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == OFP_REASON_ENTITLEMENT_ACTIVE)
            ck_assert_int_eq(reason.decides, reason.index == 1);
}
END_TEST

/* A hold elsewhere decides only where none is here. */
START_TEST(holds_here_and_elsewhere)
{
    entitle("desk", "premium")->hold = true;
    expect_verdict("on_hold", "free");
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ON_HOLD).decides);
    entitle("cloud", "premium")->hold = true;
    expect_verdict("on_hold", "free");
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == OFP_REASON_ENTITLEMENT_ON_HOLD)
            ck_assert_int_eq(reason.decides, reason.offering == offering_of("cloud"));
}
END_TEST

START_TEST(levels)
{
    entitle("desk", "premium");
    expect_verdict("migration_offer", "premium");
    ck_assert_int_eq(reason_of(OFP_REASON_LEVEL_PROVISIONAL).level, level_of("premium"));
    entitle("cloud", "standard")->ends = NOW;
    expect_verdict("migration_offer", "free");
    ck_assert_int_eq(reason_of(OFP_REASON_LEVEL_GOODWILL_USED).level, level_of("free"));
    ck_assert_uint_eq(reason_count(OFP_REASON_LEVEL_PROVISIONAL), 0);
    entitle("cloud", "standard");
    expect_verdict("entitled", "standard");
    ck_assert_int_eq(reason_of(OFP_REASON_LEVEL_HELD).level, level_of("standard"));
    clear_request();
    about("cloud");
    expect_verdict("unpaid", "free");
    ck_assert_int_eq(reason_of(OFP_REASON_LEVEL_UNPAID).level, level_of("free"));
    request.offering = OFP_NONE;
    entitle("cloud", "standard");
    expect_verdict("unsure", "standard");
    ck_assert_int_eq(reason_of(OFP_REASON_LEVEL_HELD).level, level_of("standard"));
}
END_TEST

/* What a reason does not speak of is marked so. */
START_TEST(facts_that_are_missing)
{
    decide();
    const ofp_reason reason = reason_of(OFP_REASON_OFFERING_EXPLICIT);
    ck_assert_int_eq(reason.index, OFP_NONE);
    ck_assert_ptr_null(reason.id.data);
    ck_assert_uint_eq(reason.line, 0);
    ck_assert_int_eq(reason.level, OFP_NONE);
    ck_assert_int_eq(reason.priority, OFP_NONE);
    ck_assert_ptr_null(reason.condition);
    ck_assert_ptr_null(reason.field);
    ck_assert_int_eq(reason.at, OFP_INSTANT_NONE);
    ck_assert_int_eq(reason.date, OFP_DATE_NONE);
    ck_assert_int_eq(reason.score, OFP_NONE);
    ck_assert_int_eq(reason.next, OFP_NONE);
    ck_assert_int_eq(reason.next_score, OFP_NONE);
    ck_assert_int_eq(reason.limit, OFP_NONE);
}
END_TEST

START_TEST(reasons_are_counted)
{
    ofp_reason reason;
    entitle("desk", "premium");
    decide();
    const size_t count = ofp_decision_reason_count(decision);
    ck_assert_uint_gt(count, 3);
    for (size_t i = 0; i < count; i++)
        ck_assert(ofp_decision_reason(decision, i, &reason));
    ck_assert(!ofp_decision_reason(decision, count, &reason));
    ck_assert(!ofp_decision_reason(decision, SIZE_MAX, &reason));
}
END_TEST

/* The order is that of the decision: priority, offering, entitlements, migrations, level, SLA. */
START_TEST(reasons_come_in_order)
{
    use_policy(SHOP CURRENT
               "sla: [{id: one, when: {level: free}, targets: {first_reply: {kind: sla, calendar:"
               " always, within: 1h}}}]\n");
    about("cloud");
    entitle("desk", "premium")->ends = NOW;
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    decide();
    static const ofp_reason_code order[] = {
        OFP_REASON_PRIORITY_DEFAULT,  OFP_REASON_OFFERING_EXPLICIT,
        OFP_REASON_ENTITLEMENT_ENDED, OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT,
        OFP_REASON_LEVEL_UNPAID,      OFP_REASON_SLA_RULE,
    };
    ck_assert_uint_eq(ofp_decision_reason_count(decision), sizeof order / sizeof *order);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        ofp_reason reason;
        ofp_decision_reason(decision, i, &reason);
        ck_assert_str_eq(ofp_reason_name(reason.code), ofp_reason_name(order[i]));
    }
}
END_TEST

/* As many reasons as there can be. */
START_TEST(all_kinds_of_reasons_at_once)
{
    use_policy(SHOP CURRENT
               "priority_rules: [{when: {form: desk}, priority: low},"
               " {when: {form: cloud}, priority: urgent}]\n"
               "classify: {rules: [{offering: edge, when: {form: desk}},"
               " {offering: cloud, match: a}, {offering: cloud, match: b},"
               " {offering: edge, match: c}, {offering: desk, match: '(x+)+$'}]}\n"
               "sla:\n"
               "  - {id: no, when: {form: desk}, targets: {first_reply: {kind: sla, calendar:"
               " always, within: 1h}}}\n"
               "  - {id: yes, when: {form: cloud}, targets: {first_reply: {kind: sla, calendar:"
               " always, within: {low: 1h}}, resolution: {kind: slo, calendar: always, within:"
               " {low: 1h}}}}\n");
    set_field("form", "cloud");
    request.subject = ofp_text_of("a b c xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!");
    request.description = request.subject;
    for (int i = 0; i < 20; i++) {
        entitle("desk", "premium");
        migrate("m", "cloud", "premium", "2026-12-31", OFP_MIGRATION_APPROVED);
    }
    decide();
    ck_assert_uint_eq(reason_count(OFP_REASON_SLA_TARGET_LEFT_OUT), 2);
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_MATCHED), 3);
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_GAVE_UP), 1);
    ck_assert_uint_eq(reason_count(OFP_REASON_ENTITLEMENT_ACTIVE), 20);
    ck_assert_uint_eq(reason_count(OFP_REASON_MIGRATION_LIVE), 20);
}
END_TEST

/* Does a reason carry this fact: is it listed, or does it tell which thing the reason is about? */
static bool belongs(const char *fact, const char *about, const char *facts)
{
    char quoted[32];
    if (strcmp(fact, "index") == 0)
        return strstr(about, "rule") || strstr(about, "entitlement") || strstr(about, "migration");
    if (strcmp(fact, "id") == 0 && strstr(about, "migration"))
        return true;
    snprintf(quoted, sizeof quoted, "\"%s\"", fact);
    return strstr(facts, quoted);
}

/* Each fact of a reason was seen in some test, and no other ever. */
static void expect_facts(ofp_reason_code code, const char *about, const char *facts)
{
    for (size_t i = 0; fact_names[i]; i++)
        ck_assert_msg(reason_had_fact(code, i) == belongs(fact_names[i], about, facts), "%s: %s",
                      ofp_reason_name(code), fact_names[i]);
}

/* Runs last: all that the registry lists has been seen in some test. */
START_TEST(every_reason_of_the_registry_was_seen)
{
    FILE *registry = fopen(REASONS_TOML, "r");
    char line[1000], about[1000] = "", name[100];
    int code = 0;
    ck_assert_ptr_nonnull(registry);
    while (fgets(line, sizeof line, registry)) {
        if (strncmp(line, "about = ", 8) == 0)
            strcpy(about, line);
        if (strncmp(line, "facts = ", 8) == 0)
            expect_facts((ofp_reason_code)(code - 1), about, line);
        if (sscanf(line, "name = \"%99[^\"]", name) != 1)
            continue;
        ck_assert_str_eq(ofp_reason_name((ofp_reason_code)code), name);
        ck_assert_msg(reason_was_seen((ofp_reason_code)code), "%s was not seen", name);
        code++;
    }
    fclose(registry);
    ck_assert_int_gt(code, 30);
    ck_assert_ptr_null(ofp_reason_name((ofp_reason_code)code));
    ck_assert_ptr_null(ofp_reason_name((ofp_reason_code)(code + 1)));
    ck_assert_ptr_null(ofp_reason_name((ofp_reason_code)-1));
}
END_TEST

TCase *reasons_case(void)
{
    TCase *tests = tcase_create("reasons");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, an_unknown_org);
    tcase_add_test(tests, entitlements);
    tcase_add_test(tests, unbounded_entitlements);
    tcase_add_test(tests, entitlements_that_give_a_verdict);
    tcase_add_test(tests, entitlements_here_decide);
    tcase_add_test(tests, holds_here_and_elsewhere);
    tcase_add_test(tests, levels);
    tcase_add_test(tests, facts_that_are_missing);
    tcase_add_test(tests, reasons_are_counted);
    tcase_add_test(tests, reasons_come_in_order);
    tcase_add_test(tests, all_kinds_of_reasons_at_once);
    tcase_add_test(tests, every_reason_of_the_registry_was_seen);
    return tests;
}
