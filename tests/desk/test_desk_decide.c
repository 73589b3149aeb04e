/* SPDX-License-Identifier: MIT */
/* Deciding with the migrations that are in the store. */
#include <stdio.h>

#include "connection.h"
#include "desk_setting.h"

/* The decision's reason about migration number `index`. */
static ofp_reason reason_about(size_t index)
{
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++) {
        if (reason.id.data && reason.code != OFP_REASON_SLA_RULE &&
            reason.code != OFP_REASON_SLA_RULE_FAILED &&
            reason.code != OFP_REASON_SLA_TARGET_LEFT_OUT && reason.index == (int32_t)index)
            return reason;
    }
    ck_abort_msg("no reason about migration %zu", index);
}

START_TEST(an_org_without_migrations)
{
    expect_verdict("migration_offer", "premium");
    ck_assert_ptr_eq(ofp_decision_policy(decision), policy);
    request.has_org = false;
    request.entitlement_count = 0;
    expect_verdict("unknown_org", "free");
}
END_TEST

START_TEST(an_approval_counts)
{
    ck_assert_int_eq(put_status(OFP_MIGRATION_APPROVED), 1);
    expect_verdict("migration", "ultimate");
    const ofp_reason reason = reason_about(0);
    ck_assert_int_eq(reason.code, OFP_REASON_MIGRATION_LIVE);
    ck_assert(reason.decides);
    expect_text(reason.id, "M-1");
    ck_assert_int_eq(reason.date, 20818);
    ck_assert_int_eq(ofp_decision_valid_until(decision), make_migration().ends_at);
}
END_TEST

START_TEST(each_status_counts_as_in_a_request)
{
    static const struct {
        ofp_migration_status status;
        const char *verdict, *level;
    } cases[] = {
        {OFP_MIGRATION_REQUESTED, "migration_pending", "premium"},
        {OFP_MIGRATION_REFUSED, "migration_refused", "free"},
        {OFP_MIGRATION_COMPLETED, "migration_offer", "premium"},
        {OFP_MIGRATION_CANCELLED, "migration_offer", "premium"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put_status(cases[i].status);
        expect_verdict(cases[i].verdict, cases[i].level);
        stop_setting();
        start_setting();
    }
}
END_TEST

START_TEST(other_orgs_do_not_matter)
{
    put_status(OFP_MIGRATION_APPROVED);
    request.org = ofp_text_of("acme2");
    expect_verdict("migration_offer", "premium");
    request.org = ofp_text_of("acm");
    expect_verdict("migration_offer", "premium");
    request.org = (ofp_text){"acme\0", 5};
    expect_verdict("migration_offer", "premium");
    request.org = ofp_text_of("acme");
    expect_verdict("migration", "ultimate");
}
END_TEST

START_TEST(the_clock_ends_it)
{
    const ofp_migration_record record = make_migration();
    put(&record);
    request.now = record.ends_at - 1;
    expect_verdict("migration", "ultimate");
    request.now = record.ends_at;
    expect_verdict("migration_expired", "free");
    ck_assert_int_eq(ofp_decision_valid_until(decision), record.forgotten_at);
    request.now = record.forgotten_at - 1;
    expect_verdict("migration_expired", "free");
    request.now = record.forgotten_at;
    expect_verdict("migration_offer", "premium");
    ck_assert_int_eq(ofp_decision_valid_until(decision), OFP_INSTANT_NONE);
}
END_TEST

/* A policy that grants more days now does not bring back what has ended, nor one with fewer end
 * what was promised. */
START_TEST(a_promise_stays_as_it_was_made)
{
    ofp_migration_record record = make_migration();
    put(&record);
    request.now = record.ends_at;
    expect_verdict("migration_expired", "free");
    decide_by(parse_changed((const char *[]){"grace_days: 0", "grace_days: 30", NULL}));
    request.now = record.ends_at;
    expect_verdict("migration_expired", "free");
    decide_by(parse_changed(
        (const char *[]){"time_zone: America/Los_Angeles", "time_zone: Asia/Tokyo", NULL}));
    request.now = record.ends_at - 1;
    expect_verdict("migration", "ultimate");
}
END_TEST

/* Ended early by somebody: that instant is its end, whatever its target date. */
START_TEST(an_early_end_counts)
{
    ofp_migration_record record = make_migration();
    record.closed_by = ofp_text_of("anna");
    record.closed_at = record.ends_at = NOW;
    record.forgotten_at = NOW + 180 * DAY;
    record.settled = true;
    put(&record);
    expect_verdict("migration_expired", "free");
    ck_assert_int_eq(ofp_decision_valid_until(decision), record.forgotten_at);
}
END_TEST

START_TEST(the_order_is_that_of_the_store)
{
    ofp_migration_record record = make_migration();
    for (int i = 1; i <= 12; i++) {
        record.level = ofp_text_of(i == 11 ? "ultimate" : "premium");
        ck_assert_int_eq(put(&record), i);
    }
    expect_verdict("migration", "ultimate");
    for (int i = 1; i <= 12; i++) {
        char id[8];
        const ofp_reason reason = reason_about((size_t)i - 1);
        const int size = snprintf(id, sizeof id, "M-%d", i);
        ck_assert_uint_eq(reason.id.size, (size_t)size);
        ck_assert_mem_eq(reason.id.data, id, (size_t)size);
        ck_assert_int_eq(reason.decides, i == 11);
    }
}
END_TEST

START_TEST(an_offering_that_the_policy_does_not_know_is_left_out)
{
    ofp_migration_record record = make_migration();
    record.to = ofp_text_of("mobile");
    record.level = ofp_text_of("platinum");
    put(&record);
    expect_verdict("migration_offer", "premium");
    put_status(OFP_MIGRATION_APPROVED);
    expect_verdict("migration", "ultimate");
    expect_text(reason_about(0).id, "M-2");
}
END_TEST

START_TEST(a_level_that_the_policy_does_not_know_is_refused)
{
    ofp_migration_record record = make_migration();
    record.level = ofp_text_of("platinum");
    put(&record);
    expect_refused(OFP_CODE_POLICY_LACKS_NAME, NULL,
                   "migration \"M-1\" of org \"acme\" is for level \"platinum\" of \"saas\", but "
                   "this policy has no such level");
    request.org = ofp_text_of("other");
    expect_verdict("migration_offer", "premium");
}
END_TEST

START_TEST(an_unpaid_level_is_refused)
{
    ofp_migration_record record = make_migration();
    record.level = ofp_text_of("free");
    put(&record);
    expect_refused(OFP_CODE_POLICY_LACKS_NAME, NULL,
                   "migration \"M-1\" of org \"acme\" is for level \"free\" of \"saas\", but "
                   "nobody pays for this level by this policy");
}
END_TEST

START_TEST(migrations_in_the_request_are_refused)
{
    const ofp_migration migration = {.id = {"m", 1},
                                     .to = 1,
                                     .level = 3,
                                     .end = OFP_INSTANT_NONE,
                                     .forgotten = OFP_INSTANT_NONE};
    request.migrations = &migration;
    request.migration_count = 1;
    expect_refused(OFP_CODE_MIGRATIONS_GIVEN, "/migrations",
                   "the org's migrations come from the store: leave them out here");
    request.migration_count = 0;
    decide();
}
END_TEST

START_TEST(a_wrong_request_is_refused_as_ever)
{
    request.ticket = (ofp_text){0};
    expect_refused(OFP_CODE_EMPTY_ID, "/ticket/id", "the id is empty");
    request.ticket = ofp_text_of("T-1");
    request.now = OFP_INSTANT_NONE;
    expect_refused(OFP_CODE_NOW_MISSING, "",
                   "\"now\" is missing: for which instant shall be decided?");
    request.now = NOW;
    request.size--;
    request.migration_count = 1;
    ofp_error *refusal = NULL;
    ck_assert_int_eq(ofp_desk_decide(desk, &request, &decision, &refusal), OFP_STATUS_MISUSE);
    ofp_error_free(refusal);
}
END_TEST

START_TEST(a_store_that_others_write_to_can_be_read)
{
    put_status(OFP_MIGRATION_APPROVED);
    expect_ok(ofp_store_begin_write(other, &error));
    expect_verdict("migration", "ultimate");
    ofp_store_rollback(other);
}
END_TEST

START_TEST(options_are_checked)
{
    const ofp_desk_options options = {.size = 1};
    ofp_desk *made = NULL;
    expect_failure(ofp_desk_new(store, policy, &options, &made, &error), OFP_CODE_MISUSE);
    ck_assert_ptr_null(made);
    expect_ok(ofp_desk_new(store, policy, NULL, &made, &error));
    ck_assert_ptr_null(ofp_desk_free(made));
    ck_assert_ptr_null(ofp_desk_free(NULL));
}
END_TEST

TCase *desk_decide_case(void)
{
    TCase *tests = tcase_create("deciding with a store");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, an_org_without_migrations);
    tcase_add_test(tests, an_approval_counts);
    tcase_add_test(tests, each_status_counts_as_in_a_request);
    tcase_add_test(tests, other_orgs_do_not_matter);
    tcase_add_test(tests, the_clock_ends_it);
    tcase_add_test(tests, a_promise_stays_as_it_was_made);
    tcase_add_test(tests, an_early_end_counts);
    tcase_add_test(tests, the_order_is_that_of_the_store);
    tcase_add_test(tests, an_offering_that_the_policy_does_not_know_is_left_out);
    tcase_add_test(tests, a_level_that_the_policy_does_not_know_is_refused);
    tcase_add_test(tests, an_unpaid_level_is_refused);
    tcase_add_test(tests, migrations_in_the_request_are_refused);
    tcase_add_test(tests, a_wrong_request_is_refused_as_ever);
    tcase_add_test(tests, a_store_that_others_write_to_can_be_read);
    tcase_add_test(tests, options_are_checked);
    return tests;
}
