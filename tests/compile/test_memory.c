/* SPDX-License-Identifier: MIT */
/*
 * Compiling while memory runs out after the first, second, third … allocation: each time it must
 * fail and say so, leave nothing behind (a leak checker sees to that), and never give a policy
 * that lacks something.
 */
#include <stdio.h>

#include "allocations.h"
#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "parse.h"

enum { MOST_ALLOCATIONS = 100000 };

static void stop(void)
{
    allocations_allow();
}

static void check(ofp_text yaml, ofp_status expected)
{
    const ofp_policy_options options = test_options();
    ofp_status status = OFP_STATUS_NO_MEMORY;
    for (size_t i = 0; status == OFP_STATUS_NO_MEMORY; i++) {
        ofp_policy *policy = NULL;
        ofp_error *error = NULL;
        ck_assert_uint_lt(i, MOST_ALLOCATIONS);
        allocations_fail_after(i);
        status = ofp_policy_parse(yaml, &options, &policy, &error);
        allocations_allow();
        ck_assert_int_eq(policy != NULL, status == OFP_STATUS_OK);
        ck_assert_int_eq(error != NULL, status != OFP_STATUS_OK);
        if (error)
            ck_assert_int_eq(ofp_error_status(error), status);
        ofp_policy_unref(policy);
        ofp_error_free(error);
    }
    ck_assert_int_eq(status, expected);
}

static void check_file(const char *path, ofp_status expected)
{
    ofp_buffer text = {0};
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    for (int byte; (byte = fgetc(file)) != EOF;)
        ofp_buffer_put(&text, &(char){(char)byte}, 1);
    fclose(file);
    check(ofp_buffer_text(&text), expected);
    ofp_buffer_release(&text);
}

START_TEST(right_policies)
{
    check_file(CASES "/contract/policy.yaml", OFP_STATUS_OK);
    check_file(CASES "/policies/right/conditions.yaml", OFP_STATUS_OK);
    check_file(CASES "/policies/right/aliases.yaml", OFP_STATUS_OK);
}
END_TEST

START_TEST(policies_with_warnings)
{
    check_file(CASES "/policies/wrong/warn-overlapping-hours.yaml", OFP_STATUS_OK);
    check_file(CASES "/policies/wrong/warn-unreachable-rule.yaml", OFP_STATUS_OK);
    check_file(CASES "/policies/wrong/warn-no-first-reply.yaml", OFP_STATUS_OK);
    check_file(CASES "/policies/wrong/warn-slower-when-higher.yaml", OFP_STATUS_OK);
    check_file(CASES "/policies/wrong/warn-slower-when-urgent.yaml", OFP_STATUS_OK);
}
END_TEST

START_TEST(wrong_policies)
{
    static const char *const names[] = {
        "yaml-features", "yaml-alias-bomb", "keys-repeated-many",    "names-unknown",
        "names",         "conditions",      "names-of-broken-lists", "patterns",
        "messages",      "zones",           "closed-times",          "types",
        "yaml-tab",      "reminders",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[4096];
        snprintf(path, sizeof path, CASES "/policies/wrong/%s.yaml", names[i]);
        check_file(path, OFP_STATUS_BAD_POLICY);
    }
}
END_TEST

START_TEST(files)
{
    ofp_status status = OFP_STATUS_NO_MEMORY;
    for (size_t i = 0; status == OFP_STATUS_NO_MEMORY; i++) {
        ofp_policy *policy = NULL;
        ofp_error *error = NULL;
        allocations_fail_after(i);
        status = ofp_policy_load(EXAMPLES "/policies/default.yaml", NULL, &policy, &error);
        allocations_allow();
        ofp_policy_unref(policy);
        ofp_error_free(error);
    }
    ck_assert_int_eq(status, OFP_STATUS_OK);
}
END_TEST

TCase *memory_case(void)
{
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, NULL, stop);
    tcase_add_test(tests, right_policies);
    tcase_add_test(tests, policies_with_warnings);
    tcase_add_test(tests, wrong_policies);
    tcase_add_test(tests, files);
    return tests;
}
