/* SPDX-License-Identifier: MIT */
/* What orgs have bought: what is taken, and what is refused with its place. */
#include <stdio.h>

#include "cases.h"
#include "facts.h"
#include "setting.h"

static ofp_entitlement list[3];
static ofp_request given;

static void start(void)
{
    start_setting();
    given = (ofp_request)OFP_REQUEST_INIT;
    given.has_org = true;
    given.org = ofp_text_of("acme");
    given.org_name = ofp_text_of("Acme Ltd");
    given.entitlements = list;
    given.entitlement_count = 3;
    for (int i = 0; i < 3; i++)
        list[i] = (ofp_entitlement){
            .offering = i, .level = i + 1, .starts = OFP_INSTANT_NONE, .ends = OFP_INSTANT_NONE};
}

static void add(void)
{
    expect_ok(ofp_facts_add(facts, policy, &given, &error));
}

static void wrong(ofp_code code, const char *pointer)
{
    ofp_error *error = NULL;
    const ofp_status status = ofp_facts_add(facts, policy, &given, &error);
    ck_assert_int_eq(status, ofp_error_status(error));
    ck_assert_int_eq(ofp_error_first(error)->code, code);
    ck_assert_str_eq(ofp_error_first(error)->pointer, pointer);
    ck_assert_ptr_null(ofp_facts_find(facts, given.org));
    ofp_error_free(error);
}

START_TEST(facts_are_copied)
{
    char id[] = "acme";
    given.org = ofp_text_of(id);
    add();
    id[0] = 'x';
    memset(list, 0x55, sizeof list);
    const ofp_org_facts *org = ofp_facts_find(facts, ofp_text_of("acme"));
    ck_assert_str_eq(org->name, "Acme Ltd");
    ck_assert_uint_eq(org->count, 3);
    ck_assert_int_eq(org->entitlements[2].level, 3);
    ck_assert_ptr_null(ofp_facts_find(facts, ofp_text_of("xcme")));
    ck_assert_ptr_null(ofp_facts_find(NULL, ofp_text_of("acme")));
}
END_TEST

START_TEST(later_facts_replace_earlier_ones)
{
    add();
    given.org = ofp_text_of("other");
    add();
    given.org = ofp_text_of("acme");
    given.org_name = (ofp_text){0};
    given.entitlements = NULL;
    given.entitlement_count = 0;
    add();
    const ofp_org_facts *org = ofp_facts_find(facts, ofp_text_of("acme"));
    ck_assert_ptr_null(org->name);
    ck_assert_uint_eq(org->count, 0);
    ck_assert_uint_eq(ofp_facts_find(facts, ofp_text_of("other"))->count, 3);
}
END_TEST

START_TEST(many_orgs)
{
    for (int i = 0; i < 1000; i++) {
        char id[16];
        const int size = snprintf(id, sizeof id, "org%d", i);
        given.org = (ofp_text){id, (size_t)size};
        given.entitlement_count = (size_t)i % 4;
        add();
    }
    ck_assert_uint_eq(ofp_facts_find(facts, ofp_text_of("org0"))->count, 0);
    ck_assert_uint_eq(ofp_facts_find(facts, ofp_text_of("org999"))->count, 3);
}
END_TEST

START_TEST(wrong_orgs)
{
    static char many[4097];
    memset(many, 'x', sizeof many);
    given.has_org = false;
    wrong(OFP_CODE_NO_ORG, "/org");
    given.has_org = true;
    given.org = (ofp_text){0};
    wrong(OFP_CODE_EMPTY_ID, "/org/id");
    given.org = (ofp_text){many, sizeof many};
    wrong(OFP_CODE_TEXT_TOO_LONG, "/org/id");
    given.org = ofp_text_of("\xFF");
    wrong(OFP_CODE_INVALID_UTF8, "/org/id");
    given.org = ofp_text_of("acme");
    given.org_name = (ofp_text){many, sizeof many};
    wrong(OFP_CODE_TEXT_TOO_LONG, "/org/name");
    given.org_name = ofp_text_of("\xFF");
    wrong(OFP_CODE_INVALID_UTF8, "/org/name");
}
END_TEST

START_TEST(wrong_entitlements)
{
    list[1].offering = 3;
    wrong(OFP_CODE_INDEX_RANGE, "/entitlements/1/offering");
    list[1].offering = -1;
    wrong(OFP_CODE_INDEX_RANGE, "/entitlements/1/offering");
    list[1].offering = 0;
    list[1].level = 4;
    wrong(OFP_CODE_INDEX_RANGE, "/entitlements/1/level");
    list[1].level = 0;
    list[1].starts = OFP_INSTANT_END + 3 * DAY;
    wrong(OFP_CODE_INSTANT_RANGE, "/entitlements/1/starts");
    list[1].starts = NOON;
    list[1].ends = -3 * DAY;
    wrong(OFP_CODE_INSTANT_RANGE, "/entitlements/1/ends");
    list[1].ends = NOON - 1;
    wrong(OFP_CODE_ENDS_BEFORE_STARTS, "/entitlements/1/ends");
    list[1].ends = NOON;
    given.entitlement_count = 10001;
    wrong(OFP_CODE_LIST_TOO_LONG, "/entitlements");
    given.entitlement_count = 2;
    add();
}
END_TEST

START_TEST(a_wrong_size)
{
    given.size = 1;
    expect_failure(ofp_facts_add(facts, policy, &given, &error), OFP_CODE_MISUSE);
}
END_TEST

START_TEST(another_policy)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    ofp_policy *other = NULL;
    add();
    expect_ok(ofp_policy_parse(ofp_text_of(SHOP), &options, &other, &error));
    expect_failure(ofp_facts_add(facts, other, &given, &error), OFP_CODE_MISUSE);
    ofp_policy_unref(other);
}
END_TEST

/* The facts keep what they need of the policy. */
START_TEST(facts_outlive_the_policy)
{
    add();
    policy = ofp_policy_unref(policy);
    ck_assert_uint_eq(ofp_facts_find(facts, ofp_text_of("acme"))->count, 3);
    ck_assert_ptr_null(ofp_facts_free(NULL));
}
END_TEST

TCase *facts_case(void)
{
    TCase *tests = tcase_create("facts");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, facts_are_copied);
    tcase_add_test(tests, later_facts_replace_earlier_ones);
    tcase_add_test(tests, many_orgs);
    tcase_add_test(tests, wrong_orgs);
    tcase_add_test(tests, wrong_entitlements);
    tcase_add_test(tests, a_wrong_size);
    tcase_add_test(tests, another_policy);
    tcase_add_test(tests, facts_outlive_the_policy);
    return tests;
}
