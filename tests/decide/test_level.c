/* SPDX-License-Identifier: MIT */
/* Levels: the provisional one, the lowest unpaid one, and dates that decide between them. */
#include "cases.h"
#include "setting.h"

START_TEST(provisional_level_by_name)
{
    use_policy(SHOP "migration: {provisional_level: standard, memory_days: 30}\n");
    about("cloud");
    entitle("desk", "ultimate");
    expect_verdict("migration_offer", "standard");
    ofp_migration *request_made =
        migrate("m1", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_verdict("migration_pending", "standard");
    request_made->status = OFP_MIGRATION_CANCELLED;
    entitle("cloud", "premium")->starts = NOW + 1;
    expect_verdict("upcoming", "standard");
}
END_TEST

START_TEST(provisional_level_may_be_unpaid)
{
    use_policy(SHOP "migration: {provisional_level: trial}\n");
    about("cloud");
    entitle("desk", "ultimate");
    expect_verdict("migration_offer", "trial");
    entitle("cloud", "standard")->ends = NOW;
    expect_verdict("migration_offer", "free");
}
END_TEST

START_TEST(provisional_level_is_the_lowest_unpaid_by_default)
{
    use_policy(SHOP);
    about("cloud");
    entitle("desk", "ultimate");
    expect_verdict("migration_offer", "free");
    migrate("m1", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_verdict("migration_pending", "free");
}
END_TEST

START_TEST(current_is_the_highest_of_the_active_ones)
{
    use_policy(SHOP CURRENT);
    about("cloud");
    entitle("desk", "standard");
    entitle("edge", "premium");
    entitle("edge", "ultimate")->hold = true;
    entitle("desk", "ultimate")->ends = NOW;
    entitle("desk", "ultimate")->starts = NOW + 1;
    expect_verdict("migration_offer", "premium");
}
END_TEST

/* Each of what uses goodwill up, for this offering only. */
START_TEST(goodwill_can_be_used_up)
{
    static const struct {
        const char *date;
        ofp_migration_status status;
        const char *verdict;
    } cases[] = {
        {"2026-12-31", OFP_MIGRATION_REFUSED, "migration_refused"},
        {"2026-11-19", OFP_MIGRATION_REFUSED, "migration_refused"},
        {"2026-11-19", OFP_MIGRATION_APPROVED, "migration_expired"},
        {"2026-11-19", OFP_MIGRATION_REQUESTED, "migration_offer"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        use_policy(SHOP CURRENT);
        about("cloud");
        entitle("desk", "premium");
        ofp_migration *migration =
            migrate("m1", "cloud", "standard", cases[i].date, cases[i].status);
        expect_verdict(cases[i].verdict, "free");
        ofp_entitlement *later = entitle("cloud", "ultimate");
        later->starts = NOW + 1;
        expect_verdict("upcoming", "free");
        migration->to = offering_of("edge");
        expect_verdict("upcoming", "premium");
        later->offering = offering_of("edge");
        expect_verdict("migration_offer", "premium");
    }
}
END_TEST

START_TEST(goodwill_is_for_those_who_never_had_it)
{
    use_policy(SHOP CURRENT);
    about("cloud");
    entitle("desk", "premium");
    ofp_entitlement *before = entitle("cloud", "standard");
    before->ends = NOW;
    expect_verdict("migration_offer", "free");
    before->hold = true; /* held or not */
    expect_verdict("migration_offer", "free");
    before->level = level_of("trial"); /* a trial was not paid */
    expect_verdict("migration_offer", "premium");
    before->level = level_of("standard");
    before->offering = offering_of("edge");
    expect_verdict("migration_offer", "premium");
}
END_TEST

/* The lowest unpaid level need not be the lowest one. */
START_TEST(the_lowest_unpaid_level_may_stand_anywhere)
{
    use_policy("policy: p\nlevels: [basic, guest, gold, community]\nunpaid: [community, guest]\n"
               "priorities: [low]\ndefault_priority: low\n"
               "offerings: {one: {title: One}, two: {title: Two}}\n");
    about("one");
    expect_verdict("unpaid", "guest");
    entitle("two", "basic");
    expect_verdict("migration_offer", "guest");
    entitle("one", "community"); /* higher than gold, but nobody pays */
    expect_verdict("migration_offer", "guest");
    entitle("one", "basic");
    expect_verdict("entitled", "basic");
}
END_TEST

#define ZONED \
    "policy: p\ntime_zone: America/Los_Angeles\nlevels: [free, gold]\nunpaid: [free]\n" \
    "priorities: [low]\ndefault_priority: low\nofferings: {one: {}, two: {}}\n"

/* A migration's days are local days of the policy's zone, 25 hours long where clocks go back. */
START_TEST(migrations_end_with_local_days)
{
    use_policy(ZONED "migration: {grace_days: 2, memory_days: 3, provisional_level: current}\n");
    about("two");
    entitle("one", "gold");
    migrate("m1", "two", "gold", "2026-10-30", OFP_MIGRATION_APPROVED);
    /* Through 2026-11-01, when daylight saving time ends: until 2026-11-02 00:00 PST. */
    request.now = 1793606400 - 1;
    expect_verdict("migration", "gold");
    ck_assert_int_eq(ofp_decision_valid_until(decision), 1793606400);
    request.now++;
    expect_verdict("migration_expired", "free");
    ck_assert_int_eq(ofp_decision_valid_until(decision), 1793606400 + 3 * DAY);
    request.now = 1793606400 + 3 * DAY;
    expect_verdict("migration_offer", "gold");
    ck_assert_int_eq(ofp_decision_valid_until(decision), OFP_INSTANT_NONE);
}
END_TEST

/* Bounds that were fixed when the migration was approved outlive a change of the policy. */
START_TEST(migrations_may_bring_their_bounds)
{
    use_policy(SHOP CURRENT);
    about("cloud");
    entitle("desk", "premium");
    ofp_migration *migration =
        migrate("m1", "cloud", "standard", "2026-11-01", OFP_MIGRATION_APPROVED);
    migration->end = NOW + 1;
    migration->forgotten = NOW + 100;
    expect_verdict("migration", "standard");
    ck_assert_int_eq(ofp_decision_valid_until(decision), NOW + 1);
    request.now = NOW + 1;
    expect_verdict("migration_expired", "free");
    ck_assert_int_eq(ofp_decision_valid_until(decision), NOW + 100);
    request.now = NOW + 100;
    expect_verdict("migration_offer", "premium");
}
END_TEST

TCase *level_case(void)
{
    TCase *tests = tcase_create("level");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, provisional_level_by_name);
    tcase_add_test(tests, provisional_level_may_be_unpaid);
    tcase_add_test(tests, provisional_level_is_the_lowest_unpaid_by_default);
    tcase_add_test(tests, current_is_the_highest_of_the_active_ones);
    tcase_add_test(tests, goodwill_can_be_used_up);
    tcase_add_test(tests, goodwill_is_for_those_who_never_had_it);
    tcase_add_test(tests, the_lowest_unpaid_level_may_stand_anywhere);
    tcase_add_test(tests, migrations_end_with_local_days);
    tcase_add_test(tests, migrations_may_bring_their_bounds);
    return tests;
}
