/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP
               "priority_rules:\n"
               "  - {when: {form: cloud, tag: [vip, loud]}, priority: urgent}\n"
               "  - {when: {priority: urgent, org_tag: {not: [key_account]}}, priority: high}\n"
               "  - {when: {not: {region: emea}, priority: low}, priority: normal}\n"
               "  - {when: {any: [{form: other}, {all: [{tag: calm}, {region: apac}]}]},"
               " priority: low}\n"
               "classify: {rules: [{offering: desk, when: {form: other}}]}\n"
               "sla:\n"
               "  - {id: fast, when: {priority: [high, urgent]}, targets: {first_reply:"
               " {kind: sla, calendar: always, within: 1h}}}\n");
    about("cloud");
    entitle("cloud", "premium");
}

#define expect_priority(name) \
    do { \
        decide(); \
        ck_assert_str_eq(ofp_policy_priority_name(policy, ofp_decision_priority(decision)), name); \
    } while (0)

START_TEST(a_ticket_has_its_own_priority)
{
    request.priority = priority_of("high");
    expect_priority("high");
    ck_assert_int_eq(reason_of(OFP_REASON_PRIORITY_GIVEN).priority, priority_of("high"));
    ck_assert_uint_eq(reason_count(OFP_REASON_PRIORITY_DEFAULT), 0);
}
END_TEST

START_TEST(or_the_default_one)
{
    expect_priority("normal");
    ck_assert_int_eq(reason_of(OFP_REASON_PRIORITY_DEFAULT).priority, priority_of("normal"));
    ck_assert_uint_eq(reason_count(OFP_REASON_PRIORITY_GIVEN), 0);
}
END_TEST

START_TEST(rules_look_at_fields_and_tags)
{
    set_field("form", "cloud");
    expect_priority("normal");
    carry_tag("loud");
    expect_priority("urgent");
    request.field_count = 0;
    expect_priority("normal");
    set_field("form", "other");
    expect_priority("low");
    request.field_count = 0;
    set_field("region", "apac");
    expect_priority("normal");
    carry_tag("calm");
    expect_priority("low");
}
END_TEST

START_TEST(rules_look_at_the_priority_it_came_with)
{
    request.priority = priority_of("urgent");
    expect_priority("high");
    carry_org_tag("key_account");
    expect_priority("urgent");
    request.priority = priority_of("low");
    expect_priority("normal"); /* a missing field is not emea */
    set_field("region", "emea");
    expect_priority("low");
}
END_TEST

/* Only one rule counts: what it gives is not looked at by the next ones. */
START_TEST(the_first_rule_that_holds_counts)
{
    set_field("form", "cloud");
    carry_tag("vip");
    expect_priority("urgent");
    request.priority = priority_of("urgent");
    expect_priority("urgent");
    ck_assert_int_eq(reason_of(OFP_REASON_PRIORITY_RULE).index, 0);
}
END_TEST

START_TEST(the_new_priority_counts_for_all_that_follows)
{
    set_field("form", "cloud");
    carry_tag("vip");
    decide();
    ck_assert_str_eq(ofp_policy_sla_rule_id(policy, ofp_decision_sla_rule(decision)), "fast");
    request.field_count = 0;
    decide();
    ck_assert_int_eq(ofp_decision_sla_rule(decision), OFP_NONE);
    request.priority = priority_of("low"); /* becomes normal */
    decide();
    ck_assert_int_eq(ofp_decision_sla_rule(decision), OFP_NONE);
}
END_TEST

START_TEST(rules_say_why)
{
    request.priority = priority_of("urgent");
    decide();
    const ofp_reason failed = reason_of(OFP_REASON_PRIORITY_RULE_FAILED);
    ck_assert_int_eq(failed.index, 0);
    ck_assert_uint_eq(failed.line, SHOP_END + 1);
    ck_assert_str_eq(failed.condition, "form");
    ck_assert(!failed.decides);
    const ofp_reason rule = reason_of(OFP_REASON_PRIORITY_RULE);
    ck_assert_int_eq(rule.index, 1);
    ck_assert_uint_eq(rule.line, SHOP_END + 2);
    ck_assert_int_eq(rule.priority, priority_of("high"));
    ck_assert(rule.decides);
    ck_assert_uint_eq(reason_count(OFP_REASON_PRIORITY_RULE_FAILED), 1);
}
END_TEST

START_TEST(failed_rules_name_their_condition)
{
    static const char *const conditions[] = {"form", "priority", "not", "any"};
    set_field("region", "emea");
    request.priority = priority_of("low");
    decide();
    ck_assert_uint_eq(reason_count(OFP_REASON_PRIORITY_RULE_FAILED), 4);
    ofp_reason reason;
    int32_t rule = 0;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == OFP_REASON_PRIORITY_RULE_FAILED) {
            ck_assert_int_eq(reason.index, rule);
            ck_assert_str_eq(reason.condition, conditions[rule]);
            rule++;
        }
}
END_TEST

TCase *priority_case(void)
{
    TCase *tests = tcase_create("priority");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, a_ticket_has_its_own_priority);
    tcase_add_test(tests, or_the_default_one);
    tcase_add_test(tests, rules_look_at_fields_and_tags);
    tcase_add_test(tests, rules_look_at_the_priority_it_came_with);
    tcase_add_test(tests, the_first_rule_that_holds_counts);
    tcase_add_test(tests, the_new_priority_counts_for_all_that_follows);
    tcase_add_test(tests, rules_say_why);
    tcase_add_test(tests, failed_rules_name_their_condition);
    return tests;
}
