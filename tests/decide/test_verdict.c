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

START_TEST(migration)
{
    entitle("desk", "ultimate");
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_verdict("migration", "standard");
    migrate("m2", "cloud", "premium", "2026-11-20", OFP_MIGRATION_APPROVED); /* its last day */
    migrate("m3", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    migrate("m4", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REQUESTED);
    migrate("m5", "cloud", "ultimate", "2026-11-19", OFP_MIGRATION_APPROVED);
    expect_verdict("migration", "premium");
}
END_TEST

START_TEST(a_migration_needs_an_active_entitlement)
{
    migrate("m1", "cloud", "premium", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_verdict("unpaid", "free");
    entitle("desk", "trial");
    expect_verdict("unpaid", "free");
    entitle("desk", "standard")->ends = NOW;
    expect_verdict("lapsed", "free");
    entitle("desk", "standard")->hold = true;
    expect_verdict("on_hold", "free");
    entitle("edge", "standard");
    expect_verdict("migration", "premium");
}
END_TEST

START_TEST(a_migration_ends_with_its_target_date)
{
    const int64_t end = 1795219200; /* 2026-11-21T00:00:00Z */
    entitle("desk", "premium");
    migrate("m1", "cloud", "premium", "2026-11-20", OFP_MIGRATION_APPROVED);
    request.now = end - 1;
    expect_verdict("migration", "premium");
    request.now = end;
    expect_verdict("migration_expired", "free");
    request.now = end + 30 * DAY - 1;
    expect_verdict("migration_expired", "free");
    request.now = end + 30 * DAY; /* forgotten */
    expect_verdict("migration_offer", "premium");
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

START_TEST(migration_pending)
{
    const int64_t end = 1795219200;
    entitle("desk", "premium");
    migrate("m1", "cloud", "ultimate", "2026-11-20", OFP_MIGRATION_REQUESTED);
    request.now = end - 1;
    expect_verdict("migration_pending", "premium");
    request.now = end; /* missed: goodwill is used up */
    expect_verdict("migration_offer", "free");
    request.now = end + 30 * DAY;
    expect_verdict("migration_offer", "premium");
}
END_TEST

START_TEST(migration_refused)
{
    entitle("desk", "premium");
    migrate("m1", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REFUSED);
    expect_verdict("migration_refused", "free");
    request.now = 1798761600 + 30 * DAY - 1; /* 30 days from 2027-01-01 */
    expect_verdict("migration_refused", "free");
    request.now++;
    expect_verdict("migration_offer", "premium");
}
END_TEST

START_TEST(a_refusal_counts_unless_an_approval_ended_later)
{
    entitle("desk", "premium");
    ofp_migration *refusal =
        migrate("m1", "cloud", "ultimate", "2026-11-10", OFP_MIGRATION_REFUSED);
    ofp_migration *approval =
        migrate("m2", "cloud", "ultimate", "2026-11-10", OFP_MIGRATION_APPROVED);
    expect_verdict("migration_refused", "free"); /* both at once */
    approval->target_date++;
    expect_verdict("migration_expired", "free");
    refusal->target_date += 2;
    expect_verdict("migration_refused", "free");
    migrate("m3", "edge", "ultimate", "2026-11-18", OFP_MIGRATION_APPROVED);
    expect_verdict("migration_refused", "free"); /* one to another offering */
    /* The latest of several approvals counts, and the latest of several refusals. */
    migrate("m4", "cloud", "ultimate", "2026-11-13", OFP_MIGRATION_APPROVED);
    expect_verdict("migration_expired", "free");
    migrate("m5", "cloud", "ultimate", "2026-11-14", OFP_MIGRATION_REFUSED);
    expect_verdict("migration_refused", "free");
}
END_TEST

START_TEST(an_open_request_comes_before_a_refusal)
{
    entitle("desk", "premium");
    migrate("m1", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REFUSED);
    migrate("m2", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_verdict("migration_pending", "free"); /* but goodwill is used up */
}
END_TEST

START_TEST(completed_and_cancelled_ones_count_for_nothing)
{
    entitle("desk", "premium");
    migrate("m1", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_COMPLETED);
    migrate("m2", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_CANCELLED);
    migrate("m3", "cloud", "ultimate", "2026-11-19", OFP_MIGRATION_COMPLETED);
    migrate("m4", "cloud", "ultimate", "2026-11-19", OFP_MIGRATION_CANCELLED);
    expect_verdict("migration_offer", "premium");
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
    tcase_add_test(tests, migration);
    tcase_add_test(tests, a_migration_needs_an_active_entitlement);
    tcase_add_test(tests, a_migration_ends_with_its_target_date);
    tcase_add_test(tests, on_hold_for_the_offering);
    tcase_add_test(tests, unpaid_levels_are_never_on_hold_or_upcoming);
    tcase_add_test(tests, upcoming_beside_an_active_one);
    tcase_add_test(tests, upcoming_alone);
    tcase_add_test(tests, upcoming_on_hold_counts_for_nothing);
    tcase_add_test(tests, upcoming_for_another_offering_counts_for_nothing);
    tcase_add_test(tests, migration_pending);
    tcase_add_test(tests, migration_refused);
    tcase_add_test(tests, a_refusal_counts_unless_an_approval_ended_later);
    tcase_add_test(tests, an_open_request_comes_before_a_refusal);
    tcase_add_test(tests, completed_and_cancelled_ones_count_for_nothing);
    tcase_add_test(tests, on_hold_for_another_offering);
    tcase_add_test(tests, lapsed_and_unpaid);
    tcase_add_test(tests, verdicts_have_names);
    return tests;
}
