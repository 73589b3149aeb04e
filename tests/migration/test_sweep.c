/* SPDX-License-Identifier: MIT */
/* Ends that come by themselves, and reminders. */
#include <stdio.h>

#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

/* A day that starts so many days before the target date of most tests. */
#define BEFORE(days) (YEAR_END - (days + 1) * (int64_t)DAY)

static void make_live(void)
{
    request(NOON);
    approve("M-1", NOON);
}

/* Migrations to the cloud of org1, org2, … with ends a day apart, the last one first. */
static void make_many(int count)
{
    for (int i = 1; i <= count; i++) {
        char org[16], id[16];
        snprintf(org, sizeof org, "org%d", i);
        snprintf(id, sizeof id, "M-%d", i);
        know(org);
        entitle("desk", "premium");
        know_it();
        start_request(NOON);
        step.org = ofp_text_of(org);
        step.target_date = date_of("2026-12-31") - i;
        take();
        approve(id, NOON);
    }
    facts = ofp_facts_free(facts);
}

START_TEST(nothing_is_due)
{
    sweep(NOON);
    expect_events("");
    make_live();
    sweep(BEFORE(14) - 1);
    expect_events("");
    ck_assert(!ofp_records_more(answer));
    ck_assert_int_eq(event_count(), 3);
}
END_TEST

START_TEST(the_owner_is_reminded)
{
    size_t count;
    make_live();
    sweep(BEFORE(14));
    expect_events("remind M-1");
    expect_actions("remind");
    const ofp_host_action *action = ofp_records_actions(answer, &count);
    expect_text(action->owner, "kim");
    expect_text(action->text, "remind kim");
    ck_assert_int_eq(action->created_at, BEFORE(14));
    const ofp_event *event = ofp_records_events(answer, &count);
    ck_assert_ptr_null(event->actor.data);
    ck_assert_ptr_null(event->role.data);
    expect_text(event->policy, "shop");
    ck_assert_int_eq(ofp_records_migrations(answer, &count)->revision, 2);
    ck_assert_uint_eq(count, 1);
    ck_assert(!ofp_records_migrations(answer, &count)->settled);
    sweep(BEFORE(14));
    expect_events("");
    sweep(BEFORE(3) - 1);
    expect_events("");
    sweep(BEFORE(3));
    expect_events("remind M-1");
    sweep(YEAR_END - 1);
    expect_events("");
    sweep(YEAR_END);
    expect_events("expire M-1");
    expect_actions("-note, -cloud_p");
    sweep(YEAR_END + DAY);
    expect_events("");
}
END_TEST

START_TEST(so_is_that_of_a_request)
{
    request(NOON);
    sweep(BEFORE(3));
    expect_events("remind M-1");
    expect_actions("remind");
}
END_TEST

START_TEST(missed_reminders_are_one)
{
    make_live();
    sweep(BEFORE(2));
    expect_events("remind M-1");
    sweep(YEAR_END - 1);
    expect_events("");
}
END_TEST

START_TEST(an_end_needs_no_reminder)
{
    make_live();
    sweep(YEAR_END);
    expect_events("expire M-1");
}
END_TEST

START_TEST(steps_pass_over_reminders)
{
    make_live();
    extend("M-1", "2027-01-31", BEFORE(14) + HOUR);
    sweep(YEAR_END);
    expect_events("");
    sweep(BEFORE(14) + 31 * DAY);
    expect_events("remind M-1");
}
END_TEST

START_TEST(no_reminders_of_what_is_settled)
{
    make_live();
    complete("M-1", NOON);
    sweep(YEAR_END);
    expect_events("");
}
END_TEST

/* Days of the calendar, also where one of them has 23 hours. */
START_TEST(reminders_are_due_when_the_day_begins)
{
    use_policy(SHOP "migration: {approvers: [manager], remind: [1d]}\n");
    start_request(instant_of("2027-03-20T12:00:00Z"));
    step.target_date = date_of("2027-03-29");
    take();
    sweep(instant_of("2027-03-28T00:00:00+01:00") - 1);
    expect_events("");
    sweep(instant_of("2027-03-28T00:00:00+01:00"));
    expect_events("remind M-1");
    sweep(instant_of("2027-03-30T00:00:00+02:00"));
    expect_events("expire M-1");
}
END_TEST

START_TEST(grace_comes_after_the_target_date)
{
    use_policy(SHOP "migration: {approvers: [manager], grace_days: 5, remind: [1d]}\n");
    make_live();
    sweep(BEFORE(1));
    expect_events("remind M-1");
    sweep(YEAR_END + 5 * DAY - 1);
    expect_events("");
    sweep(YEAR_END + 5 * DAY);
    expect_events("expire M-1");
}
END_TEST

START_TEST(the_longest_due_come_first)
{
    make_many(3);
    sweep(YEAR_END);
    expect_events("expire M-3, expire M-2, expire M-1");
    expect_actions("-note, -cloud_p unless cloud premium, -note, -cloud_p unless cloud premium, "
                   "-note, -cloud_p unless cloud premium");
}
END_TEST

START_TEST(in_batches)
{
    size_t count;
    make_many(5);
    sweep_some(YEAR_END, 2);
    expect_events("expire M-5, expire M-4");
    ck_assert(ofp_records_more(answer));
    ofp_records_migrations(answer, &count);
    ck_assert_uint_eq(count, 2);
    sweep_some(YEAR_END, 2);
    expect_events("expire M-3, expire M-2");
    ck_assert(ofp_records_more(answer));
    sweep_some(YEAR_END, 2);
    expect_events("expire M-1");
    ck_assert(!ofp_records_more(answer));
    ck_assert_int_eq(event_count(), 1 + 5 * 2 + 5);
}
END_TEST

/* A batch can hold an end and a reminder. */
START_TEST(ends_and_reminders)
{
    make_many(2);
    extend("M-2", "2027-01-03", NOON);
    sweep(YEAR_END - DAY);
    expect_events("expire M-1, remind M-2");
    sweep_some(YEAR_END + 3 * DAY, SIZE_MAX);
    expect_events("expire M-2");
}
END_TEST

/* Facts about one org do not touch another. */
START_TEST(facts_about_some)
{
    make_many(3);
    expect_ok(ofp_facts_new(&facts, &error));
    know("org1");
    know_it();
    know("org2");
    entitle("cloud", "premium");
    know_it();
    sweep(YEAR_END);
    expect_events("expire M-3, expire M-2, expire M-1");
    expect_actions("-note, -cloud_p unless cloud premium, -note, -note, -cloud_p");
}
END_TEST

/* A reminder was promised by the policy of the last step. */
START_TEST(the_policy_reminds_no_longer)
{
    make_live();
    use_policy(SHOP "migration: {approvers: [manager]}\n");
    sweep(BEFORE(14));
    expect_events("remind M-1");
    sweep(YEAR_END - 1);
    expect_events("");
}
END_TEST

/* The clock goes back between a sweep and a step: the same reminder comes again. */
START_TEST(the_clock_goes_back)
{
    request(NOON);
    sweep(BEFORE(14));
    expect_events("remind M-1");
    approve("M-1", NOON + HOUR);
    sweep(BEFORE(14));
    expect_events("remind M-1");
    ck_assert_int_eq(event_count(), 5);
}
END_TEST

START_TEST(what_a_sweep_must_be_told)
{
    ofp_sweep how = OFP_SWEEP_INIT;
    expect_failure(ofp_sweep_run(&how, store, policy, &answer, &error), OFP_CODE_STEP_INCOMPLETE);
    how.at = OFP_INSTANT_END;
    expect_failure(ofp_sweep_run(&how, store, policy, &answer, &error), OFP_CODE_INSTANT_RANGE);
    how.at = NOON;
    how.size = 0;
    expect_failure(ofp_sweep_run(&how, store, policy, &answer, &error), OFP_CODE_MISUSE);
    how.size = sizeof how;
    reopen_store(OFP_STORE_READ);
    expect_failure(ofp_sweep_run(&how, store, policy, &answer, &error), OFP_CODE_STORE_READ_ONLY);
    ck_assert_ptr_null(answer);
}
END_TEST

TCase *sweep_case(void)
{
    TCase *tests = tcase_create("sweep");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, nothing_is_due);
    tcase_add_test(tests, the_owner_is_reminded);
    tcase_add_test(tests, so_is_that_of_a_request);
    tcase_add_test(tests, missed_reminders_are_one);
    tcase_add_test(tests, an_end_needs_no_reminder);
    tcase_add_test(tests, steps_pass_over_reminders);
    tcase_add_test(tests, no_reminders_of_what_is_settled);
    tcase_add_test(tests, reminders_are_due_when_the_day_begins);
    tcase_add_test(tests, grace_comes_after_the_target_date);
    tcase_add_test(tests, the_longest_due_come_first);
    tcase_add_test(tests, in_batches);
    tcase_add_test(tests, ends_and_reminders);
    tcase_add_test(tests, facts_about_some);
    tcase_add_test(tests, the_policy_reminds_no_longer);
    tcase_add_test(tests, the_clock_goes_back);
    tcase_add_test(tests, what_a_sweep_must_be_told);
    return tests;
}
