/* SPDX-License-Identifier: MIT */
/* One scratch for many decisions, and what happens when memory runs out in the middle. */
#include "allocations.h"
#include "cases.h"
#include "setting.h"

#define POLICY \
    SHOP CURRENT "priority_rules: [{when: {form: other}, priority: low}]\n" \
                 "classify: {rules: [{offering: edge, when: {form: desk}}," \
                 " {offering: cloud, match: cloud}, {offering: desk, match:" \
                 " desk}]}\n" \
                 "sla: [{id: all, when: {not: {form: desk}}, targets: {first_reply: {kind: sla," \
                 " calendar: always, within: 1h}}}]\n"

static void start(void)
{
    start_setting();
    use_policy(POLICY);
}

static void have_much(void)
{
    clear_request();
    request.subject = ofp_text_of("cloud");
    carry_org_tag("vip");
    for (int i = 0; i < 30; i++) {
        entitle("desk", i % 2 ? "premium" : "standard");
        migrate("m", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
        carry_tag("desk_u");
    }
}

START_TEST(the_next_decision_knows_nothing_of_the_last)
{
    for (int round = 0; round < 3; round++) {
        have_much();
        expect_verdict("migration", "standard");
        ck_assert_str_eq(actions(), "-desk_u +cloud_s +focus_cloud note");
        ck_assert_uint_gt(ofp_decision_reason_count(decision), 60);
        clear_request();
        request.subject = ofp_text_of("desk");
        expect_verdict("unpaid", "free");
        ck_assert_str_eq(actions(), "+focus_desk");
        ck_assert_uint_lt(ofp_decision_reason_count(decision), 10);
        ck_assert_int_eq(ofp_decision_valid_until(decision), OFP_INSTANT_NONE);
    }
}
END_TEST

START_TEST(a_scratch_serves_policies_in_turn)
{
    for (int round = 0; round < 3; round++) {
        use_policy(POLICY);
        have_much();
        expect_verdict("migration", "standard");
        use_policy("policy: small\nlevels: [none, some]\nunpaid: [none]\npriorities: [p]\n"
                   "default_priority: p\nofferings: {only: {focus_tag: f}}\n");
        about("only");
        entitle("only", "some");
        expect_verdict("entitled", "some");
        ck_assert_str_eq(actions(), "+f");
        ck_assert_ptr_eq(ofp_decision_policy(decision), policy);
    }
}
END_TEST

START_TEST(a_decision_knows_its_request)
{
    have_much();
    request.org_name = ofp_text_of("Acme");
    request.org_time_zone = ofp_text_of("Europe/Amsterdam");
    request.created_at = NOW - 5;
    decide();
    ck_assert_int_eq(ofp_decision_now(decision), NOW);
    ck_assert_int_eq(ofp_decision_created_at(decision), NOW - 5);
    expect_text(ofp_decision_ticket(decision), "t1");
    expect_text(ofp_decision_org(decision), "acme");
    expect_text(ofp_decision_org_name(decision), "Acme");
    expect_text(ofp_decision_org_time_zone(decision), "Europe/Amsterdam");
}
END_TEST

/* Memory runs out at each allocation in turn: there is no decision then, and the next try with
 * enough of it gives the same one as ever. @return how many allocations it takes */
static size_t decide_with_too_little(void)
{
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        const ofp_decision *result = NULL;
        ofp_error *error = NULL;
        ofp_scratch_free(scratch);
        ofp_scratch_new(&scratch, NULL);
        allocations_fail_after(allowed);
        status = ofp_decide(policy, &request, scratch, &result, &error);
        allocations_allow();
        expect_each((result == NULL) == (status == OFP_STATUS_NO_MEMORY), "%zu", allowed);
        expect_each((error == NULL) == (status == OFP_STATUS_OK), "%zu", allowed);
    }
    expect_each(status == OFP_STATUS_OK, "%s", ofp_status_name(status));
    expect_verdict("migration", "standard");
    return allowed - 1;
}

/* The same, but only one allocation fails, and those after it work. */
static void decide_with_one_failure(void)
{
    bool failed = true;
    for (size_t number = 0; failed; number++) {
        const ofp_decision *result = NULL;
        ofp_scratch_free(scratch);
        ofp_scratch_new(&scratch, NULL);
        allocations_fail_at(number);
        const ofp_status status = ofp_decide(policy, &request, scratch, &result, NULL);
        failed = allocations_count() > number;
        allocations_allow();
        expect_each(status == (failed ? OFP_STATUS_NO_MEMORY : OFP_STATUS_OK), "%zu", number);
    }
}

/* With lists of many lengths, so that each piece of memory is once the one that does not fit into
 * what is there: four more tags take as much as the smallest piece. */
START_TEST(deciding_says_when_memory_is_out)
{
    static ofp_text many[1100];
    size_t most = 0;
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = ofp_text_of("desk_u");
    for (size_t length = 0; length < sizeof many / sizeof *many; length += 4) {
        have_much();
        request.tags = many;
        request.tag_count = length;
        const size_t needed = decide_with_too_little();
        decide_with_one_failure();
        most = needed > most ? needed : most;
    }
    ck_assert_uint_gt(most, 2);
}
END_TEST

/* The first decision of a policy computes calendars, and that may fail like all else. */
START_TEST(the_first_decision_says_when_memory_is_out)
{
    bool failed = true;
    for (size_t number = 0; failed; number++) {
        const ofp_decision *result = NULL;
        ofp_error *error = NULL;
        use_policy(POLICY);
        have_much();
        request.created_at = NOW;
        allocations_fail_at(number);
        const ofp_status status = ofp_decide(policy, &request, scratch, &result, &error);
        failed = allocations_count() > number;
        allocations_allow();
        ck_assert_int_eq(status, failed ? OFP_STATUS_NO_MEMORY : OFP_STATUS_OK);
        ck_assert_int_eq(error ? ofp_error_status(error) : OFP_STATUS_OK, status);
        ofp_error_free(error);
    }
}
END_TEST

/* What comes before the tags needs more where an org has much. */
START_TEST(deciding_for_large_orgs_says_so_too)
{
    static ofp_entitlement many[700];
    have_much();
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = request.entitlements[0];
    request.entitlements = many;
    for (size_t length = 1; length < sizeof many / sizeof *many; length += 2) {
        request.entitlement_count = length;
        decide_with_one_failure();
    }
}
END_TEST

START_TEST(a_scratch_is_not_made_without_memory)
{
    ofp_scratch *none = scratch;
    allocations_fail_after(0);
    const ofp_status status = ofp_scratch_new(&none, NULL);
    allocations_allow();
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    ck_assert_ptr_eq(none, scratch);
    ck_assert_ptr_null(ofp_scratch_free(NULL));
}
END_TEST

START_TEST(writing_says_when_memory_is_out)
{
    ofp_buffer *buffer;
    have_much();
    request.tag_count = 0;
    expect_actions("+cloud_s +focus_cloud note");
    ofp_status status = OFP_STATUS_NO_MEMORY;
    for (size_t allowed = 0; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_buffer_new(&buffer, NULL);
        allocations_fail_after(allowed);
        status = ofp_decision_action_text(decision, 2, buffer, NULL);
        allocations_allow();
        ck_assert_int_eq(ofp_buffer_text(buffer).size == 0, status == OFP_STATUS_NO_MEMORY);
        ofp_buffer_free(buffer);
    }
    ck_assert_int_eq(status, OFP_STATUS_OK);
}
END_TEST

TCase *scratch_case(void)
{
    TCase *tests = tcase_create("scratch");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, the_next_decision_knows_nothing_of_the_last);
    tcase_add_test(tests, a_scratch_serves_policies_in_turn);
    tcase_add_test(tests, a_decision_knows_its_request);
    tcase_add_test(tests, deciding_says_when_memory_is_out);
    tcase_add_test(tests, the_first_decision_says_when_memory_is_out);
    tcase_add_test(tests, deciding_for_large_orgs_says_so_too);
    tcase_add_test(tests, a_scratch_is_not_made_without_memory);
    tcase_add_test(tests, writing_says_when_memory_is_out);
    return tests;
}
