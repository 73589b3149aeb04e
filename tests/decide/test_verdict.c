/* SPDX-License-Identifier: MIT */
/* Each line of the verdict table, and its bounds in time. The ticket is about the cloud. */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
}

START_TEST(unknown_org)
{
    request.has_org = false;
    request.org = (ofp_text){0};
    expect_verdict("unknown_org", "free");
    request.offering = OFP_NONE; /* comes before unsure */
    expect_verdict("unknown_org", "free");
    ck_assert_ptr_null(ofp_decision_org(decision).data);
}
END_TEST

START_TEST(unsure)
{
    request.offering = OFP_NONE;
    expect_verdict("unsure", "free");
    entitle("desk", "standard");
    entitle("cloud", "premium");
    expect_verdict("unsure", "premium"); /* of any active entitlement */
    ck_assert_int_eq(ofp_decision_offering(decision), OFP_NONE);
    entitle("edge", "ultimate")->hold = true;
    entitle("edge", "ultimate")->ends = NOW;
    entitle("edge", "ultimate")->starts = NOW + 1;
    migrate("m1", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_verdict("unsure", "premium");
}
END_TEST

START_TEST(entitled)
{
    entitle("cloud", "standard");
    expect_verdict("entitled", "standard");
    entitle("cloud", "premium");
    entitle("desk", "ultimate"); /* another offering's level does not count */
    entitle("cloud", "ultimate")->hold = true;
    expect_verdict("entitled", "premium");
    migrate("m1", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_verdict("entitled", "ultimate"); /* live migrations to it count too */
}
END_TEST

START_TEST(entitled_from_start_to_end)
{
    ofp_entitlement *entitlement = entitle("cloud", "standard");
    entitlement->starts = NOW;
    entitlement->ends = NOW + 1;
    expect_verdict("entitled", "standard");
    request.now = NOW + 1;
    expect_verdict("lapsed", "free");
    request.now = NOW - 1;
    expect_verdict("upcoming", "free");
    entitlement->ends = NOW; /* empty: never current */
    request.now = NOW;
    expect_verdict("lapsed", "free");
}
END_TEST

START_TEST(on_hold_for_the_offering)
{
    entitle("cloud", "premium")->hold = true;
    expect_verdict("on_hold", "free");
    entitle("desk", "ultimate");
    expect_verdict("on_hold", "free");
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_verdict("on_hold", "free");
}
END_TEST

START_TEST(unpaid_levels_are_never_on_hold_or_upcoming)
{
    entitle("cloud", "trial")->hold = true;
    expect_verdict("unpaid", "free");
    entitle("cloud", "trial")->starts = NOW + 1;
    expect_verdict("unpaid", "free");
    entitle("cloud", "trial")->ends = NOW;
    expect_verdict("unpaid", "free");
    entitle("cloud", "trial"); /* current, but nobody pays */
    expect_verdict("unpaid", "free");
}
END_TEST

START_TEST(upcoming_beside_an_active_one)
{
    entitle("desk", "premium");
    entitle("cloud", "ultimate")->starts = NOW + 1;
    expect_verdict("upcoming", "premium");
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_verdict("upcoming", "premium"); /* comes before migration_pending */
}
END_TEST

START_TEST(upcoming_alone)
{
    entitle("cloud", "ultimate")->starts = NOW + 1;
    expect_verdict("upcoming", "free");
    entitle("desk", "ultimate")->ends = NOW;
    expect_verdict("upcoming", "free"); /* comes before lapsed */
    entitle("edge", "ultimate")->hold = true;
    expect_verdict("on_hold", "free"); /* which comes before it */
}
END_TEST

START_TEST(upcoming_on_hold_counts_for_nothing)
{
    ofp_entitlement *later = entitle("cloud", "ultimate");
    later->starts = NOW + 1;
    later->hold = true;
    expect_verdict("unpaid", "free");
    entitle("desk", "premium");
    expect_verdict("migration_offer", "premium");
}
END_TEST

START_TEST(upcoming_for_another_offering_counts_for_nothing)
{
    entitle("desk", "ultimate")->starts = NOW + 1;
    expect_verdict("unpaid", "free");
}
END_TEST

START_TEST(on_hold_for_another_offering)
{
    entitle("desk", "premium")->hold = true;
    expect_verdict("on_hold", "free");
    entitle("desk", "premium")->ends = NOW;
    expect_verdict("on_hold", "free"); /* comes before lapsed */
    entitle("edge", "premium");
    expect_verdict("migration_offer", "premium"); /* which comes before it */
}
END_TEST

START_TEST(lapsed_and_unpaid)
{
    expect_verdict("unpaid", "free");
    entitle("desk", "premium")->ends = NOW;
    expect_verdict("lapsed", "free");
    ofp_entitlement *held = entitle("desk", "premium");
    held->ends = NOW - 1;
    held->hold = true;
    expect_verdict("lapsed", "free");
}
END_TEST

START_TEST(verdicts_have_names)
{
    static const char *const names[] = {
        "unknown_org",
        "unsure",
        "entitled",
        "migration",
        "on_hold",
        "upcoming",
        "migration_pending",
        "migration_refused",
        "migration_expired",
        "migration_offer",
        "lapsed",
        "unpaid",
    };
    for (int i = 0; i < OFP_VERDICT_COUNT; i++)
        ck_assert_str_eq(ofp_verdict_name((ofp_verdict)i), names[i]);
    ck_assert_ptr_null(ofp_verdict_name((ofp_verdict)OFP_VERDICT_COUNT));
    ck_assert_ptr_null(ofp_verdict_name((ofp_verdict)-1));
}
END_TEST

TCase *verdict_case(void)
{
    TCase *tests = tcase_create("verdict");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, unknown_org);
    tcase_add_test(tests, unsure);
    tcase_add_test(tests, entitled);
    tcase_add_test(tests, entitled_from_start_to_end);
    tcase_add_test(tests, on_hold_for_the_offering);
    tcase_add_test(tests, unpaid_levels_are_never_on_hold_or_upcoming);
    tcase_add_test(tests, upcoming_beside_an_active_one);
    tcase_add_test(tests, upcoming_alone);
    tcase_add_test(tests, upcoming_on_hold_counts_for_nothing);
    tcase_add_test(tests, upcoming_for_another_offering_counts_for_nothing);
    tcase_add_test(tests, on_hold_for_another_offering);
    tcase_add_test(tests, lapsed_and_unpaid);
    tcase_add_test(tests, verdicts_have_names);
    return tests;
}
