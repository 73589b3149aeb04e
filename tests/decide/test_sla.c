/* SPDX-License-Identifier: MIT */
/* Which SLA rule holds, and what its targets are. */
#include <stdio.h>

#include "cases.h"
#include "setting.h"

#define RULES \
    SHOP \
        "  nine_to_five: {hours: {mon-fri: ['09:00-17:00']}}\n" \
        "  seldom: {hours: {sun: ['00:00-00:01']}}\n" \
        "sla:\n" \
        "  - id: trial\n" \
        "    when: {level: trial}\n" \
        "    targets: {first_reply: {kind: slo, calendar: seldom, within: 100h}," \
        " next_reply: {kind: slo, calendar: seldom, within: 100h}}\n" \
        "  - id: top\n" \
        "    when: {level: ultimate, form: cloud}\n" \
        "    targets:\n" \
        "      resolution: {kind: slo, calendar: nine_to_five, within: {urgent: 8h, high: 24h}}\n" \
        "      first_reply: {kind: sla, calendar: always, within: {urgent: 15m, high: 1h30m}}\n" \
        "      next_reply: {kind: sla, calendar: always, within: 90s}\n" \
        "      periodic_update: {kind: slo, calendar: always, within: {urgent: 2h}}\n" \
        "  - id: empty\n" \
        "    when: {offering: edge}\n" \
        "    targets: {first_reply: {kind: sla, calendar: always, within: {urgent: 1h}}}\n" \
        "  - id: held\n" \
        "    when: {verdict: [on_hold, lapsed]}\n" \
        "    targets: {first_reply: {kind: slo, calendar: always, within: 48h}}\n" \
        "  - id: paid\n" \
        "    when: {level: [standard, premium, ultimate]}\n" \
        "    targets: {first_reply: {kind: sla, calendar: nine_to_five, within: 8h}}\n"

static void start(void)
{
    start_setting();
    use_policy(RULES);
    about("cloud");
}

static const char *rule(void)
{
    decide();
    const char *id = ofp_policy_sla_rule_id(policy, ofp_decision_sla_rule(decision));
    return id ? id : "none";
}

static size_t target_count(void)
{
    size_t count;
    ofp_decision_targets(decision, &count);
    return count;
}

/* One target, as words. */
static const char *target(size_t index)
{
    static char words[200];
    char due_at[OFP_INSTANT_SIZE] = "-";
    size_t count;
    const ofp_target *list = ofp_decision_targets(decision, &count);
    ck_assert_uint_lt(index, count);
    if (list[index].due_at != OFP_INSTANT_NONE)
        ofp_instant_format(list[index].due_at, due_at);
    snprintf(words, sizeof words, "%s %s %s %lld %s", ofp_metric_name(list[index].metric),
             ofp_target_kind_name(list[index].kind),
             ofp_calendar_name(ofp_policy_calendar(policy, list[index].calendar)),
             (long long)list[index].seconds, due_at);
    return words;
}

START_TEST(the_first_rule_that_holds_counts)
{
    entitle("cloud", "ultimate");
    ck_assert_str_eq(rule(), "paid");
    set_field("form", "cloud");
    ck_assert_str_eq(rule(), "top");
    about("edge");
    ck_assert_str_eq(rule(), "empty");
    about("desk");
    ck_assert_str_eq(rule(), "none"); /* an offer, at the lowest unpaid level */
    ck_assert_uint_eq(target_count(), 0);
    ck_assert(reason_of(OFP_REASON_SLA_NONE).decides);
}
END_TEST

START_TEST(rules_may_look_at_the_verdict)
{
    entitle("desk", "premium")->hold = true;
    ck_assert_str_eq(rule(), "held");
    clear_request();
    about("cloud");
    entitle("desk", "premium")->ends = NOW;
    ck_assert_str_eq(rule(), "held");
    clear_request();
    about("cloud");
    ck_assert_str_eq(rule(), "none");
}
END_TEST

START_TEST(rules_may_look_at_several_fields)
{
    use_policy(SHOP "sla: [{id: both, when: {form: cloud, region: apac}, targets: {first_reply:"
                    " {kind: sla, calendar: always, within: 1h}}}]\n");
    about("cloud");
    set_field("form", "cloud");
    set_field("region", "apac");
    ck_assert_str_eq(rule(), "both");
    request.field_count = 1;
    ck_assert_str_eq(rule(), "none");
}
END_TEST

START_TEST(rules_may_look_at_a_missing_offering)
{
    use_policy(SHOP "sla:\n"
                    "  - {id: cloud, when: {offering: cloud}, targets: {first_reply: {kind: sla,"
                    " calendar: always, within: 1h}}}\n"
                    "  - {id: others, when: {offering: {not: [cloud]}}, targets: {first_reply:"
                    " {kind: sla, calendar: always, within: 2h}}}\n");
    ck_assert_str_eq(rule(), "others"); /* unsure: it equals no offering */
    request.has_org = false;
    ck_assert_str_eq(rule(), "others");
}
END_TEST

START_TEST(targets_come_in_the_order_written)
{
    entitle("cloud", "ultimate");
    set_field("form", "cloud");
    request.priority = priority_of("urgent");
    ck_assert_str_eq(rule(), "top");
    ck_assert_uint_eq(target_count(), 4);
    ck_assert_str_eq(target(0), "resolution slo nine_to_five 28800 2026-11-23T17:00:00Z");
    ck_assert_str_eq(target(1), "first_reply sla always 900 2026-11-20T18:15:00Z");
    ck_assert_str_eq(target(2), "next_reply sla always 90 -");
    ck_assert_str_eq(target(3), "periodic_update slo always 7200 -");
    ck_assert_uint_eq(reason_count(OFP_REASON_SLA_TARGET_LEFT_OUT), 0);
}
END_TEST

START_TEST(targets_without_an_entry_are_left_out)
{
    entitle("cloud", "ultimate");
    set_field("form", "cloud");
    request.priority = priority_of("high");
    ck_assert_str_eq(rule(), "top");
    ck_assert_uint_eq(target_count(), 3);
    ck_assert_str_eq(target(0), "resolution slo nine_to_five 86400 2026-11-25T17:00:00Z");
    ck_assert_str_eq(target(1), "first_reply sla always 5400 2026-11-20T19:30:00Z");
    ck_assert_str_eq(target(2), "next_reply sla always 90 -");
    const ofp_reason reason = reason_of(OFP_REASON_SLA_TARGET_LEFT_OUT);
    ck_assert_str_eq(reason.id.data, "top");
    ck_assert_str_eq(reason.field, "periodic_update");
    ck_assert(!reason.decides);
    ck_assert_int_eq(reason.priority, priority_of("high"));
    ck_assert_uint_eq(reason.line, SHOP_END + 6);
}
END_TEST

START_TEST(no_later_rule_is_tried_when_no_target_is_left)
{
    entitle("edge", "ultimate");
    about("edge");
    ck_assert_str_eq(rule(), "empty");
    ck_assert_uint_eq(target_count(), 0);
    ck_assert_uint_eq(reason_count(OFP_REASON_SLA_NONE), 0);
    ck_assert_uint_eq(reason_count(OFP_REASON_SLA_TARGET_LEFT_OUT), 1);
    request.priority = priority_of("urgent");
    ck_assert_str_eq(rule(), "empty");
    ck_assert_uint_eq(target_count(), 1);
}
END_TEST

START_TEST(targets_count_from_the_creation_of_the_ticket)
{
    entitle("cloud", "premium");
    request.created_at = NOW - 2 * HOUR; /* Friday 16:00 */
    ck_assert_str_eq(rule(), "paid");
    ck_assert_str_eq(target(0), "first_reply sla nine_to_five 28800 2026-11-23T16:00:00Z");
    request.created_at = NOW - 9 * HOUR; /* a budget used up at closing time is due then */
    decide();
    ck_assert_str_eq(target(0), "first_reply sla nine_to_five 28800 2026-11-20T17:00:00Z");
    request.created_at = NOW + 300 * DAY; /* a clock that is fast does no harm */
    decide();
    ck_assert_uint_eq(target_count(), 1);
    ck_assert_int_eq(ofp_decision_created_at(decision), NOW + 300 * DAY);
}
END_TEST

START_TEST(a_target_may_be_out_of_reach)
{
    use_policy(RULES "migration: {provisional_level: trial}\n");
    about("cloud");
    entitle("desk", "premium");
    ck_assert_str_eq(rule(), "trial");
    ck_assert_uint_eq(target_count(), 2);
    ck_assert_str_eq(target(0), "first_reply slo seldom 360000 -");
    const ofp_reason reason = reason_of(OFP_REASON_SLA_OUT_OF_REACH);
    ck_assert_str_eq(reason.id.data, "trial");
    ck_assert_str_eq(reason.field, "first_reply");
    ck_assert_uint_eq(reason.line, SHOP_END + 3);
    ck_assert(reason.decides);
    ck_assert_uint_eq(reason_count(OFP_REASON_SLA_OUT_OF_REACH), 1);
}
END_TEST

START_TEST(rules_say_why)
{
    static const char *const conditions[] = {"level", "form", "offering", "verdict"};
    static const char *const ids[] = {"trial", "top", "empty", "held"};
    entitle("cloud", "ultimate");
    ck_assert_str_eq(rule(), "paid");
    ck_assert_uint_eq(reason_count(OFP_REASON_SLA_RULE_FAILED), 4);
    ofp_reason reason;
    size_t failed = 0;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == OFP_REASON_SLA_RULE_FAILED) {
            ck_assert_int_eq(reason.index, (int32_t)failed);
            ck_assert_str_eq(reason.condition, conditions[failed]);
            ck_assert_str_eq(reason.id.data, ids[failed]);
            ck_assert(!reason.decides);
            failed++;
        }
    const ofp_reason held = reason_of(OFP_REASON_SLA_RULE);
    ck_assert_str_eq(held.id.data, "paid");
    ck_assert_uint_eq(held.line, SHOP_END + 19);
    ck_assert_int_eq(held.index, 4);
    ck_assert(held.decides);
}
END_TEST

START_TEST(a_policy_need_not_have_rules)
{
    use_policy(SHOP);
    about("cloud");
    request.created_at = OFP_INSTANT_NONE;
    ck_assert_str_eq(rule(), "none");
    ck_assert_int_eq(ofp_decision_sla_rule(decision), OFP_NONE);
    ck_assert_int_eq(ofp_decision_created_at(decision), OFP_INSTANT_NONE);
    ck_assert_uint_eq(target_count(), 0);
}
END_TEST

START_TEST(metrics_and_kinds_have_names)
{
    ck_assert_str_eq(ofp_metric_name(OFP_METRIC_FIRST_REPLY), "first_reply");
    ck_assert_str_eq(ofp_metric_name(OFP_METRIC_NEXT_REPLY), "next_reply");
    ck_assert_str_eq(ofp_metric_name(OFP_METRIC_PERIODIC_UPDATE), "periodic_update");
    ck_assert_str_eq(ofp_metric_name(OFP_METRIC_RESOLUTION), "resolution");
    ck_assert_ptr_null(ofp_metric_name((ofp_metric)4));
    ck_assert_ptr_null(ofp_metric_name((ofp_metric)-1));
    ck_assert_str_eq(ofp_target_kind_name(OFP_TARGET_SLA), "sla");
    ck_assert_str_eq(ofp_target_kind_name(OFP_TARGET_SLO), "slo");
    ck_assert_ptr_null(ofp_target_kind_name((ofp_target_kind)2));
}
END_TEST

TCase *sla_case(void)
{
    TCase *tests = tcase_create("sla");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, the_first_rule_that_holds_counts);
    tcase_add_test(tests, rules_may_look_at_the_verdict);
    tcase_add_test(tests, rules_may_look_at_several_fields);
    tcase_add_test(tests, rules_may_look_at_a_missing_offering);
    tcase_add_test(tests, targets_come_in_the_order_written);
    tcase_add_test(tests, targets_without_an_entry_are_left_out);
    tcase_add_test(tests, no_later_rule_is_tried_when_no_target_is_left);
    tcase_add_test(tests, targets_count_from_the_creation_of_the_ticket);
    tcase_add_test(tests, a_target_may_be_out_of_reach);
    tcase_add_test(tests, rules_say_why);
    tcase_add_test(tests, a_policy_need_not_have_rules);
    tcase_add_test(tests, metrics_and_kinds_have_names);
    return tests;
}
