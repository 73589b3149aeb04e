/* SPDX-License-Identifier: MIT */
/* Until when a decision holds. */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
}

static int64_t valid_until(void)
{
    return ofp_decision_valid_until(decide());
}

START_TEST(nothing_to_come_is_for_ever)
{
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    entitle("cloud", "premium");
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    ofp_entitlement *over = entitle("desk", "premium");
    over->starts = NOW - 2;
    over->ends = NOW - 1;
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    request.entitlement_count = 0;
    request.has_org = false;
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
}
END_TEST

START_TEST(a_bound_that_is_now_has_passed)
{
    ofp_entitlement *entitlement = entitle("cloud", "premium");
    entitlement->starts = NOW;
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    entitlement->starts = NOW + 1;
    ck_assert_int_eq(valid_until(), NOW + 1);
    entitlement->starts = NOW - 1;
    entitlement->ends = NOW;
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    entitlement->ends = NOW + 1;
    ck_assert_int_eq(valid_until(), NOW + 1);
}
END_TEST

START_TEST(the_earliest_bound_counts)
{
    entitle("cloud", "premium")->ends = NOW + 50;
    entitle("cloud", "premium")->starts = NOW + 60;
    ck_assert_int_eq(valid_until(), NOW + 50);
    entitle("desk", "premium")->starts = NOW + 40;
    ck_assert_int_eq(valid_until(), NOW + 40);
}
END_TEST

START_TEST(entitlements_of_any_kind_count)
{
    entitle("edge", "ultimate")->ends = NOW + 90; /* another offering */
    ck_assert_int_eq(valid_until(), NOW + 90);
    entitle("desk", "trial")->ends = NOW + 80; /* unpaid */
    ck_assert_int_eq(valid_until(), NOW + 80);
    ofp_entitlement *held = entitle("desk", "premium");
    held->hold = true;
    held->ends = NOW + 70;
    ck_assert_int_eq(valid_until(), NOW + 70);
    held->starts = NOW + 60;
    ck_assert_int_eq(valid_until(), NOW + 60);
}
END_TEST

START_TEST(migrations_end_and_are_forgotten)
{
    static const ofp_migration_status counting[] = {OFP_MIGRATION_REQUESTED, OFP_MIGRATION_APPROVED,
                                                    OFP_MIGRATION_REFUSED};
    const int64_t end = 1795219200; /* 2026-11-21T00:00:00Z */
    for (size_t i = 0; i < sizeof counting / sizeof *counting; i++) {
        clear_request();
        migrate("m1", "edge", "premium", "2026-11-20", counting[i]);
        request.now = end - 1;
        ck_assert_int_eq(valid_until(), end);
        request.now = end;
        ck_assert_int_eq(valid_until(), end + 30 * DAY);
        request.now = end + 30 * DAY - 1;
        ck_assert_int_eq(valid_until(), end + 30 * DAY);
        request.now = end + 30 * DAY;
        ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    }
}
END_TEST

START_TEST(completed_and_cancelled_ones_do_not_count)
{
    migrate("m1", "cloud", "premium", "2026-11-20", OFP_MIGRATION_COMPLETED);
    migrate("m2", "cloud", "premium", "2026-11-20", OFP_MIGRATION_CANCELLED);
    ck_assert_int_eq(valid_until(), OFP_INSTANT_NONE);
    entitle("desk", "premium")->ends = NOW + 300 * DAY;
    ck_assert_int_eq(valid_until(), NOW + 300 * DAY);
}
END_TEST

/* Between now and then nothing changes; then it does, as far as these facts go. */
START_TEST(the_answer_holds_until_then)
{
    entitle("desk", "premium")->ends = NOW + 200 * DAY;
    entitle("cloud", "standard")->starts = NOW + 90 * DAY;
    migrate("m1", "cloud", "ultimate", "2026-12-24", OFP_MIGRATION_APPROVED);
    migrate("m2", "cloud", "premium", "2027-01-10", OFP_MIGRATION_REQUESTED);
    int changes = 0;
    for (decide(); ofp_decision_valid_until(decision) != OFP_INSTANT_NONE; changes++) {
        const int64_t until = ofp_decision_valid_until(decision);
        const ofp_verdict verdict = ofp_decision_verdict(decision);
        const int32_t level = ofp_decision_level(decision);
        request.now = until - 1;
        decide();
        ck_assert_int_eq(ofp_decision_verdict(decision), verdict);
        ck_assert_int_eq(ofp_decision_level(decision), level);
        ck_assert_int_eq(ofp_decision_valid_until(decision), until);
        request.now = until;
        decide();
    }
    ck_assert_int_eq(changes, 6);
}
END_TEST

TCase *valid_until_case(void)
{
    TCase *tests = tcase_create("valid_until");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, nothing_to_come_is_for_ever);
    tcase_add_test(tests, a_bound_that_is_now_has_passed);
    tcase_add_test(tests, the_earliest_bound_counts);
    tcase_add_test(tests, entitlements_of_any_kind_count);
    tcase_add_test(tests, migrations_end_and_are_forgotten);
    tcase_add_test(tests, completed_and_cancelled_ones_do_not_count);
    tcase_add_test(tests, the_answer_holds_until_then);
    return tests;
}
