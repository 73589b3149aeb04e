/* SPDX-License-Identifier: MIT */
/* What deciding refuses, and where it says the mistake is. */
#include <stdlib.h>

#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
    entitle("desk", "premium");
    entitle("cloud", "standard");
    migrate("m0", "cloud", "premium", "2026-12-31", OFP_MIGRATION_APPROVED);
    migrate("m1", "edge", "premium", "2026-12-31", OFP_MIGRATION_REQUESTED);
    decide();
}

static ofp_entitlement *second_entitlement(void)
{
    return (ofp_entitlement *)&request.entitlements[1];
}

static ofp_migration *second_migration(void)
{
    return (ofp_migration *)&request.migrations[1];
}

START_TEST(instants)
{
    request.now = OFP_INSTANT_NONE;
    expect_refused(OFP_CODE_NOW_MISSING, ""); /* missing in the document as a whole */
    request.now = -1;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/now");
    request.now = OFP_INSTANT_END;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/now");
    request.now = OFP_INSTANT_END - 1;
    decide();
    request.now = 0;
    decide();
    request.created_at = -1;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/ticket/created_at");
    request.created_at = INT64_MAX;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/ticket/created_at");
    request.created_at = OFP_INSTANT_NONE; /* without SLA rules nobody needs it */
    decide();
}
END_TEST

START_TEST(sla_rules_need_the_creation)
{
    use_policy(SHOP
               "sla: [{id: all, when: {level: {not: [free]}}, targets: {first_reply: {kind: sla,"
               " calendar: always, within: 1h}}}]\n");
    request.created_at = OFP_INSTANT_NONE;
    expect_refused(OFP_CODE_CREATED_AT_MISSING, "/ticket");
}
END_TEST

START_TEST(ids)
{
    request.ticket = (ofp_text){0};
    expect_refused(OFP_CODE_EMPTY_ID, "/ticket/id");
    request.ticket = ofp_text_of("");
    expect_refused(OFP_CODE_EMPTY_ID, "/ticket/id");
    request.ticket = ofp_text_of("t1");
    request.org = (ofp_text){0};
    expect_refused(OFP_CODE_EMPTY_ID, "/org/id");
    request.org = ofp_text_of("acme");
    second_migration()->id = ofp_text_of("");
    expect_refused(OFP_CODE_EMPTY_ID, "/migrations/1/id");
}
END_TEST

START_TEST(indexes_of_the_ticket)
{
    const int32_t wrong[] = {-2, INT32_MIN, 3, INT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        request.offering = wrong[i];
        expect_refused(OFP_CODE_INDEX_RANGE, "/ticket/offering");
        request.offering = OFP_NONE;
        request.priority = wrong[i] == 3 ? 4 : wrong[i];
        expect_refused(OFP_CODE_INDEX_RANGE, "/ticket/priority");
        request.priority = OFP_NONE;
    }
    request.priority = 3;
    request.offering = 2;
    decide();
}
END_TEST

START_TEST(indexes_of_entitlements_and_migrations)
{
    const int32_t wrong[] = {OFP_NONE, -2, INT32_MIN, 5, INT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const int32_t wrong_offering = wrong[i] == 5 ? 3 : wrong[i];
        second_entitlement()->offering = wrong_offering;
        expect_refused(OFP_CODE_INDEX_RANGE, "/entitlements/1/offering");
        second_entitlement()->offering = 0;
        second_entitlement()->level = wrong[i];
        expect_refused(OFP_CODE_INDEX_RANGE, "/entitlements/1/level");
        second_entitlement()->level = 0;
        second_migration()->to = wrong_offering;
        expect_refused(OFP_CODE_INDEX_RANGE, "/migrations/1/to");
        second_migration()->to = 0;
        second_migration()->level = wrong[i];
        expect_refused(OFP_CODE_INDEX_RANGE, "/migrations/1/level");
        second_migration()->level = level_of("premium");
    }
    decide();
    second_migration()->status = (ofp_migration_status)5;
    expect_refused(OFP_CODE_INDEX_RANGE, "/migrations/1/status");
    second_migration()->status = (ofp_migration_status)-1;
    expect_refused(OFP_CODE_INDEX_RANGE, "/migrations/1/status");
}
END_TEST

START_TEST(fields)
{
    set_field("region", "apac");
    set_field("form", "cloud");
    decide();
    ofp_field_value *second = (ofp_field_value *)&request.fields[1];
    second->field = 0;
    second->value = 3;
    expect_refused(OFP_CODE_INDEX_RANGE, "/ticket/fields");
    second->value = -1;
    expect_refused(OFP_CODE_INDEX_RANGE, "/ticket/fields");
    *second = (ofp_field_value){1, 0};
    expect_refused(OFP_CODE_DUPLICATE_KEY, "/ticket/fields");
    second->field = 2;
    expect_refused(OFP_CODE_INDEX_RANGE, "/ticket/fields");
    second->field = -1;
    expect_refused(OFP_CODE_INDEX_RANGE, "/ticket/fields");
}
END_TEST

START_TEST(bounds_of_entitlements)
{
    second_entitlement()->starts = -3 * DAY;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/entitlements/1/starts");
    second_entitlement()->starts = OFP_INSTANT_NONE;
    second_entitlement()->ends = OFP_INSTANT_END + 3 * DAY;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/entitlements/1/ends");
    second_entitlement()->starts = NOW;
    second_entitlement()->ends = NOW - 1;
    expect_refused(OFP_CODE_ENDS_BEFORE_STARTS, "/entitlements/1/ends");
    second_entitlement()->ends = NOW;
    decide();
    /* The first and the last date that there are, in zones far from UTC. */
    second_entitlement()->starts = -14 * HOUR;
    second_entitlement()->ends = OFP_INSTANT_END + 12 * HOUR;
    decide();
}
END_TEST

START_TEST(migrations_are_to_paid_levels)
{
    second_migration()->level = level_of("trial");
    expect_refused(OFP_CODE_UNPAID_MIGRATION, "/migrations/1/level");
    second_migration()->level = level_of("free");
    second_migration()->status = OFP_MIGRATION_CANCELLED; /* even those */
    expect_refused(OFP_CODE_UNPAID_MIGRATION, "/migrations/1/level");
}
END_TEST

START_TEST(target_dates)
{
    const int32_t wrong[] = {-1, OFP_DATE_NONE, 84371, INT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        second_migration()->target_date = wrong[i];
        expect_refused(OFP_CODE_INSTANT_RANGE, "/migrations/1/target_date");
    }
    second_migration()->target_date = 84370;
    decide();
    second_migration()->target_date = 0;
    decide();
}
END_TEST

START_TEST(bounds_of_migrations)
{
    second_migration()->end = NOW;
    expect_refused(OFP_CODE_MISSING_KEY, "/migrations/1");
    second_migration()->forgotten = NOW - 1;
    expect_refused(OFP_CODE_FORGOTTEN_BEFORE_END, "/migrations/1/forgotten_at");
    second_migration()->end = OFP_INSTANT_NONE;
    expect_refused(OFP_CODE_MISSING_KEY, "/migrations/1");
    second_migration()->end = second_migration()->forgotten = NOW;
    decide();
}
END_TEST

START_TEST(without_an_org_there_is_nothing_to_have)
{
    request.has_org = false;
    expect_refused(OFP_CODE_NO_ORG, "/entitlements");
    request.entitlement_count = 0;
    expect_refused(OFP_CODE_NO_ORG, "/migrations");
    request.migration_count = 0;
    decide();
}
END_TEST

START_TEST(what_was_classified_has_no_texts)
{
    static const char place[] = "/ticket/classified";
    request.classified = true;
    request.classified_as = OFP_NONE;
    expect_refused(OFP_CODE_CLASSIFIED_MISPLACED, place); /* the ticket names its offering */
    request.offering = OFP_NONE;
    decide();
    request.subject = ofp_text_of("");
    expect_refused(OFP_CODE_CLASSIFIED_MISPLACED, place);
    request.subject = (ofp_text){0};
    request.description = ofp_text_of("");
    expect_refused(OFP_CODE_CLASSIFIED_MISPLACED, place);
    request.description = (ofp_text){0};
    request.classified_as = ofp_policy_offering_count(policy);
    expect_refused(OFP_CODE_INDEX_RANGE, place);
    request.classified_as--;
    decide();
    request.classified_as = -2;
    expect_refused(OFP_CODE_INDEX_RANGE, place);
    request.classified = false; /* then nobody looks at it */
    decide();
}
END_TEST

START_TEST(a_program_can_be_wrong)
{
    request.size = 0;
    expect_failure(ofp_decide(policy, &request, scratch, &decision, &error), OFP_CODE_MISUSE);
    request.size = sizeof request - 1;
    expect_failure(ofp_decide(policy, &request, scratch, &decision, &error), OFP_CODE_MISUSE);
}
END_TEST

/* After a refusal the scratch serves as before. */
START_TEST(a_scratch_outlives_a_refusal)
{
    request.now = -1;
    expect_refused(OFP_CODE_INSTANT_RANGE, "/now");
    ck_assert_int_eq(ofp_decide(policy, &request, scratch, &decision, NULL),
                     OFP_STATUS_BAD_REQUEST);
    request.now = NOW;
    expect_verdict("entitled", "premium");
}
END_TEST

TCase *request_check_case(void)
{
    TCase *tests = tcase_create("request check");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, instants);
    tcase_add_test(tests, sla_rules_need_the_creation);
    tcase_add_test(tests, ids);
    tcase_add_test(tests, indexes_of_the_ticket);
    tcase_add_test(tests, indexes_of_entitlements_and_migrations);
    tcase_add_test(tests, fields);
    tcase_add_test(tests, bounds_of_entitlements);
    tcase_add_test(tests, migrations_are_to_paid_levels);
    tcase_add_test(tests, target_dates);
    tcase_add_test(tests, bounds_of_migrations);
    tcase_add_test(tests, without_an_org_there_is_nothing_to_have);
    tcase_add_test(tests, what_was_classified_has_no_texts);
    tcase_add_test(tests, a_program_can_be_wrong);
    tcase_add_test(tests, a_scratch_outlives_a_refusal);
    return tests;
}
