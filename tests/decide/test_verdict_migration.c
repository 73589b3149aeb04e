/* SPDX-License-Identifier: MIT */
/* The lines of the verdict table that migrations give. The ticket is about the cloud. */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
}

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

START_TEST(a_refusal_counts_in_any_order)
{
    entitle("desk", "premium");
    migrate("m1", "cloud", "ultimate", "2026-11-10", OFP_MIGRATION_APPROVED);
    migrate("m2", "cloud", "ultimate", "2026-11-10", OFP_MIGRATION_REFUSED);
    expect_verdict("migration_refused", "free");
    request.migration_count = 0;
    migrate("m1", "cloud", "ultimate", "2026-11-10", OFP_MIGRATION_REFUSED);
    migrate("m2", "cloud", "ultimate", "2026-11-10", OFP_MIGRATION_APPROVED);
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

TCase *verdict_migration_case(void)
{
    TCase *tests = tcase_create("verdict of migrations");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, migration);
    tcase_add_test(tests, a_migration_needs_an_active_entitlement);
    tcase_add_test(tests, a_migration_ends_with_its_target_date);
    tcase_add_test(tests, migration_pending);
    tcase_add_test(tests, migration_refused);
    tcase_add_test(tests, a_refusal_counts_unless_an_approval_ended_later);
    tcase_add_test(tests, a_refusal_counts_in_any_order);
    tcase_add_test(tests, an_open_request_comes_before_a_refusal);
    tcase_add_test(tests, completed_and_cancelled_ones_count_for_nothing);
    return tests;
}
