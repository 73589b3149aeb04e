/* SPDX-License-Identifier: MIT */
/* Compiled conditions, asked about facts. */
#include <stdio.h>

#include "cases.h"
#include "expect.h"
#include "parse.h"
#include "tables.h"

enum { FORM = OFP_ATTRIBUTE_FIELD, KIND, ATTRIBUTE_COUNT };

static ofp_policy *policy;
static ofp_fact facts[ATTRIBUTE_COUNT];
static int32_t values[ATTRIBUTE_COUNT];

static void stop(void)
{
    policy = ofp_policy_unref(policy);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        facts[i] = (ofp_fact){0};
}

static void set_fact(int attribute, int32_t value)
{
    values[attribute] = value;
    facts[attribute] = (ofp_fact){&values[attribute], 1};
}

static void set_tag(int attribute, const char *tag)
{
    set_fact(attribute, ofp_names_find(&policy->tag_names, ofp_text_of(tag)));
}

/* Compiles a policy whose only SLA rule has this condition. */
static void compile(const char *when)
{
    char text[2048];
    snprintf(text, sizeof text, POLICY_HEAD ", sla: [{id: a, when: %s, targets: {}}]}", when);
    policy = parse_policy(text);
}

static bool holds(void)
{
    uint64_t work[2];
    ck_assert_uint_eq(ofp_rules_work_size(policy->sla_whens), 2);
    return ofp_rules_first(policy->sla_whens, facts, work) == 0;
}

START_TEST(one_value)
{
    compile("{level: premium}");
    ck_assert(!holds());
    set_fact(OFP_ATTRIBUTE_LEVEL, 2);
    ck_assert(holds());
    set_fact(OFP_ATTRIBUTE_LEVEL, 1);
    ck_assert(!holds());
}
END_TEST

START_TEST(one_of_several)
{
    compile("{form: [b, a, b]}");
    set_fact(FORM, 1);
    ck_assert(holds());
    set_fact(FORM, 0);
    ck_assert(holds());
}
END_TEST

/* What is missing equals no value, so that "not" holds. */
START_TEST(none_of_several)
{
    compile("{kind: {not: [x, z]}}");
    ck_assert(holds());
    set_fact(KIND, 1);
    ck_assert(holds());
    set_fact(KIND, 2);
    ck_assert(!holds());
}
END_TEST

START_TEST(every_attribute)
{
    compile("{level: standard, offering: two, priority: high, verdict: migration_offer, tag: t, "
            "org_tag: p1, form: a, kind: {not: x}}");
    set_fact(OFP_ATTRIBUTE_LEVEL, 1);
    set_fact(OFP_ATTRIBUTE_OFFERING, 1);
    set_fact(OFP_ATTRIBUTE_PRIORITY, 1);
    set_fact(OFP_ATTRIBUTE_VERDICT, OFP_VERDICT_MIGRATION_OFFER);
    set_tag(OFP_ATTRIBUTE_TAG, "t");
    set_tag(OFP_ATTRIBUTE_ORG_TAG, "p1");
    set_fact(FORM, 0);
    set_fact(KIND, 1);
    ck_assert(holds());
    for (int i = 0; i <= FORM; i++) {
        const ofp_fact fact = facts[i];
        facts[i] = (ofp_fact){0};
        ck_assert(!holds());
        ck_assert_int_eq(ofp_rules_failed_part(policy->sla_whens, 0, facts), i);
        facts[i] = fact;
    }
}
END_TEST

START_TEST(nested)
{
    compile("{any: [{form: a, kind: x}, {not: {all: [{form: b}, {kind: {not: y}}]}}], "
            "level: premium}");
    set_fact(OFP_ATTRIBUTE_LEVEL, 2);
    set_fact(FORM, 1);
    set_fact(KIND, 0);
    ck_assert(!holds());
    ck_assert_int_eq(ofp_rules_failed_part(policy->sla_whens, 0, facts), OFP_PART_ANY);
    set_fact(KIND, 1);
    ck_assert(holds());
    set_fact(FORM, 0);
    set_fact(KIND, 0);
    ck_assert(holds());
    set_fact(OFP_ATTRIBUTE_LEVEL, 1);
    ck_assert(!holds());
}
END_TEST

START_TEST(nothing_wanted)
{
    compile("{}");
    ck_assert(holds());
    stop();
    policy = parse_policy(POLICY_HEAD ", sla: [{id: a, targets: {}}]}");
    ck_assert(holds());
}
END_TEST

/* As deep as a file may nest. */
START_TEST(deep)
{
    char when[1024] = "";
    enum { DEPTH = 59 };
    for (int i = 0; i < DEPTH; i++)
        strcat(when, "{not: ");
    strcat(when, "{level: premium}");
    for (int i = 0; i < DEPTH; i++)
        strcat(when, "}");
    compile(when);
    set_fact(OFP_ATTRIBUTE_LEVEL, 2);
    ck_assert(!holds());
    set_fact(OFP_ATTRIBUTE_LEVEL, 1);
    ck_assert(holds());
}
END_TEST

START_TEST(other_rules_have_them_too)
{
    policy = parse_policy(POLICY_HEAD
                          ", priority_rules: [{when: {priority: low, tag: x}, priority: high}], "
                          "classify: {rules: [{offering: two, when: {form: b}}]}}");
    uint64_t work[2];
    ck_assert_int_eq(policy->priority_rules[0].result, 1);
    ck_assert_int_eq(policy->classify_rules[0].result, 1);
    ck_assert_int_eq(ofp_rules_first(policy->priority_whens, facts, work), -1);
    ck_assert_int_eq(ofp_rules_first(policy->classify_whens, facts, work), -1);
    set_fact(OFP_ATTRIBUTE_PRIORITY, 0);
    set_tag(OFP_ATTRIBUTE_TAG, "x");
    set_fact(FORM, 1);
    ck_assert_int_eq(ofp_rules_first(policy->priority_whens, facts, work), 0);
    ck_assert_int_eq(ofp_rules_first(policy->classify_whens, facts, work), 0);
}
END_TEST

TCase *conditions_case(void)
{
    TCase *tests = tcase_create("conditions");
    tcase_add_checked_fixture(tests, NULL, stop);
    tcase_add_test(tests, one_value);
    tcase_add_test(tests, one_of_several);
    tcase_add_test(tests, none_of_several);
    tcase_add_test(tests, every_attribute);
    tcase_add_test(tests, nested);
    tcase_add_test(tests, nothing_wanted);
    tcase_add_test(tests, deep);
    tcase_add_test(tests, other_rules_have_them_too);
    return tests;
}
