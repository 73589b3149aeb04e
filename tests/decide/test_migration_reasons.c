/* SPDX-License-Identifier: MIT */
/* What decisions say about migrations. */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
}

/* One migration of each kind, in this order. */
START_TEST(migrations)
{
    static const struct {
        ofp_reason_code code;
        const char *date;
        ofp_migration_status status;
        int64_t at;
    } kinds[] = {
        {OFP_REASON_MIGRATION_LIVE, "2026-12-31", OFP_MIGRATION_APPROVED, 1798761600},
        {OFP_REASON_MIGRATION_OPEN, "2026-12-31", OFP_MIGRATION_REQUESTED, 1798761600},
        {OFP_REASON_MIGRATION_REFUSED, "2026-11-18", OFP_MIGRATION_REFUSED, 1795046400},
        {OFP_REASON_MIGRATION_ENDED, "2026-11-18", OFP_MIGRATION_APPROVED, 1795046400},
        {OFP_REASON_MIGRATION_MISSED, "2026-11-18", OFP_MIGRATION_REQUESTED, 1795046400},
        {OFP_REASON_MIGRATION_FORGOTTEN, "2026-10-01", OFP_MIGRATION_REFUSED,
         1790899200 + 30 * DAY},
        {OFP_REASON_MIGRATION_COMPLETED, "2026-12-31", OFP_MIGRATION_COMPLETED, 0},
        {OFP_REASON_MIGRATION_CANCELLED, "2026-10-01", OFP_MIGRATION_CANCELLED, 0},
    };
    static const char *const ids[] = {"m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"};
    const size_t count = sizeof kinds / sizeof *kinds;
    entitle("desk", "premium");
    for (size_t i = 0; i < count; i++)
        migrate(ids[i], "cloud", "standard", kinds[i].date, kinds[i].status);
    decide();
    for (size_t i = 0; i < count; i++) {
        const ofp_reason reason = reason_of(kinds[i].code);
        ck_assert_int_eq(reason.index, (int32_t)i);
        ck_assert(ofp_span_equal(reason.id, ofp_text_of(ids[i])));
        ck_assert_int_eq(reason.offering, offering_of("cloud"));
        ck_assert_int_eq(reason.level, level_of("standard"));
        ck_assert_int_eq(reason.date, request.migrations[i].target_date);
        if (kinds[i].at)
            ck_assert_int_eq(reason.at, kinds[i].at);
        ck_assert_int_eq(reason.decides, i == 0);
    }
    ck_assert(reason_of(OFP_REASON_LEVEL_HELD).decides);
}
END_TEST

/* However long ago. */
START_TEST(what_is_over_stays_so)
{
    static const char *const dates[] = {"2026-12-31", "2026-11-18", "2026-09-01"};
    entitle("desk", "premium");
    for (size_t i = 0; i < 3; i++) {
        migrate("done", "cloud", "standard", dates[i], OFP_MIGRATION_COMPLETED);
        migrate("withdrawn", "cloud", "standard", dates[i], OFP_MIGRATION_CANCELLED);
    }
    decide();
    ck_assert_uint_eq(reason_count(OFP_REASON_MIGRATION_COMPLETED), 3);
    ck_assert_uint_eq(reason_count(OFP_REASON_MIGRATION_CANCELLED), 3);
    ck_assert_int_eq(ofp_decision_valid_until(decision), OFP_INSTANT_NONE);
}
END_TEST

START_TEST(a_migration_without_an_entitlement)
{
    entitle("desk", "premium")->ends = NOW;
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_verdict("lapsed", "free");
    const ofp_reason reason = reason_of(OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT);
    ck_assert_int_eq(reason.index, 0);
    ck_assert_int_eq(reason.at, 1798761600);
    ck_assert(!reason.decides);
    ck_assert_uint_eq(reason_count(OFP_REASON_MIGRATION_LIVE), 0);
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ENDED).decides);
}
END_TEST

START_TEST(a_migration_may_raise_the_level_of_an_entitlement)
{
    entitle("cloud", "standard");
    entitle("cloud", "trial");
    migrate("m1", "cloud", "premium", "2026-12-31", OFP_MIGRATION_APPROVED);
    migrate("m2", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_verdict("entitled", "premium");
    ck_assert(reason_of(OFP_REASON_MIGRATION_LIVE).decides);
    ck_assert_int_eq(reason_of(OFP_REASON_MIGRATION_LIVE).index, 0);
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ACTIVE).decides);
    ck_assert(!reason_of(OFP_REASON_ENTITLEMENT_UNPAID).decides);
    entitle("cloud", "ultimate");
    expect_verdict("entitled", "ultimate");
    ck_assert(!reason_of(OFP_REASON_MIGRATION_LIVE).decides);
}
END_TEST

START_TEST(what_decides_is_told_apart)
{
    entitle("desk", "premium");
    migrate("m1", "cloud", "ultimate", "2026-11-18", OFP_MIGRATION_APPROVED);
    migrate("m2", "cloud", "standard", "2026-11-19", OFP_MIGRATION_REFUSED);
    migrate("m3", "edge", "standard", "2026-12-31", OFP_MIGRATION_REFUSED);
    expect_verdict("migration_refused", "free");
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == OFP_REASON_MIGRATION_REFUSED)
            ck_assert_int_eq(reason.decides, reason.index == 1);
    ck_assert(!reason_of(OFP_REASON_MIGRATION_ENDED).decides);
}
END_TEST

TCase *migration_reasons_case(void)
{
    TCase *tests = tcase_create("reasons of migrations");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, migrations);
    tcase_add_test(tests, what_is_over_stays_so);
    tcase_add_test(tests, a_migration_without_an_entitlement);
    tcase_add_test(tests, a_migration_may_raise_the_level_of_an_entitlement);
    tcase_add_test(tests, what_decides_is_told_apart);
    return tests;
}
