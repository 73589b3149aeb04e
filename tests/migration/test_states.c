/* SPDX-License-Identifier: MIT */
/* Every step in every state: it works in one, and is refused with the state's words in others. */
#include <stdio.h>

#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

/* When the step under test is taken: the day after all others, or for ends and misses later. */
#define LATER (NOON + DAY)

static void take_short(ofp_step_kind kind, int64_t at)
{
    start_step(kind, "M-1", at);
    take();
}

static void make_open(void)
{
    request(NOON);
}

static void make_live(void)
{
    request(NOON);
    approve("M-1", NOON + HOUR);
}

static void make_refused(void)
{
    request(NOON);
    take_short(OFP_STEP_REFUSE, NOON + HOUR);
}

static void make_completed(void)
{
    make_live();
    complete("M-1", NOON + 2 * HOUR);
}

static void make_cancelled(void)
{
    request(NOON);
    take_short(OFP_STEP_CANCEL, NOON + HOUR);
}

static void make_ended_early(void)
{
    make_live();
    end("M-1", NOON + 2 * HOUR);
}

static const struct {
    void (*make)(void);
    int64_t at;
    ofp_migration_state state;
    const char *words;
} states[] = {
    {make_open, LATER, OFP_MIGRATION_IS_OPEN, "was requested at 2026-11-20T11:00:00Z by bo"},
    {make_open, YEAR_END - 1, OFP_MIGRATION_IS_OPEN, "was requested at 2026-11-20T11:00:00Z by bo"},
    {make_live, LATER, OFP_MIGRATION_IS_LIVE, "was approved at 2026-11-20T12:00:00Z by mia"},
    {make_live, YEAR_END - 1, OFP_MIGRATION_IS_LIVE, "was approved at 2026-11-20T12:00:00Z by mia"},
    {make_refused, LATER, OFP_MIGRATION_IS_REFUSED, "was refused at 2026-11-20T12:00:00Z by mia"},
    {make_completed, LATER, OFP_MIGRATION_IS_COMPLETED,
     "was completed at 2026-11-20T13:00:00Z by mia"},
    {make_cancelled, LATER, OFP_MIGRATION_IS_CANCELLED,
     "was cancelled at 2026-11-20T12:00:00Z by mia"},
    {make_ended_early, LATER, OFP_MIGRATION_IS_ENDED, "was ended at 2026-11-20T13:00:00Z by mia"},
    {make_live, YEAR_END, OFP_MIGRATION_IS_ENDED, "ended after 2026-12-31"},
    {make_open, YEAR_END, OFP_MIGRATION_IS_MISSED,
     "was not decided in time: its request ended after 2026-12-31"},
};

static const struct {
    ofp_step_kind kind;
    ofp_migration_state from;
    const char *need;
} steps[] = {
    {OFP_STEP_APPROVE, OFP_MIGRATION_IS_OPEN, "only an open request can be approved"},
    {OFP_STEP_REFUSE, OFP_MIGRATION_IS_OPEN, "only an open request can be refused"},
    {OFP_STEP_CANCEL, OFP_MIGRATION_IS_OPEN, "only an open request can be cancelled"},
    {OFP_STEP_EXTEND, OFP_MIGRATION_IS_LIVE, "only a live migration can be extended"},
    {OFP_STEP_END, OFP_MIGRATION_IS_LIVE, "only a live migration can be ended"},
    {OFP_STEP_COMPLETE, OFP_MIGRATION_IS_LIVE, "only a live migration can be completed"},
};

enum { STATE_COUNT = sizeof states / sizeof *states, STEP_COUNT = sizeof steps / sizeof *steps };

START_TEST(every_step_in_every_state)
{
    const int state = _i / STEP_COUNT, kind = _i % STEP_COUNT;
    char message[256];
    snprintf(message, sizeof message, "M-1 %s: %s", states[state].words, steps[kind].need);
    states[state].make();
    ck_assert_int_eq(ofp_migration_record_state(look_up("M-1"), states[state].at),
                     states[state].state);
    start_step(steps[kind].kind, "M-1", states[state].at);
    if (steps[kind].kind == OFP_STEP_EXTEND)
        step.target_date = date_of("2027-01-31");
    if (steps[kind].kind == OFP_STEP_COMPLETE)
        step.outcome = OFP_OUTCOME_REACHED;
    if (states[state].state == steps[kind].from)
        take();
    else
        refused(OFP_CODE_STATE_NOT_ALLOWED, message);
}
END_TEST

/* Another machine's clock was ahead and its sweep has settled it: nothing brings it back. */
START_TEST(what_a_sweep_has_ended_stays_ended)
{
    make_live();
    sweep(YEAR_END);
    start_step(OFP_STEP_EXTEND, "M-1", YEAR_END - 5);
    step.target_date = date_of("2027-01-31");
    refused(OFP_CODE_STATE_NOT_ALLOWED,
            "M-1 ended after 2026-12-31: only a live migration can be extended");
}
END_TEST

START_TEST(what_a_sweep_has_seen_missed_stays_missed)
{
    make_open();
    sweep(YEAR_END);
    start_step(OFP_STEP_APPROVE, "M-1", YEAR_END - 5);
    refused(OFP_CODE_STATE_NOT_ALLOWED,
            "M-1 was not decided in time: its request ended after 2026-12-31: only an open request "
            "can be approved");
}
END_TEST

START_TEST(an_unknown_one)
{
    make_open();
    start_step(OFP_STEP_APPROVE, "M-2", LATER);
    refused(OFP_CODE_UNKNOWN_MIGRATION, "there is no migration \"M-2\"");
    step.migration = ofp_text_of("17");
    refused(OFP_CODE_UNKNOWN_MIGRATION, "there is no migration \"17\": ids look like M-17");
    step.migration = ofp_text_of("M-01");
    refused(OFP_CODE_UNKNOWN_MIGRATION, "there is no migration \"M-01\": ids look like M-17");
    step.migration = ofp_text_of("M-1\n\xFF");
    refused(OFP_CODE_UNKNOWN_MIGRATION,
            "there is no migration \"M-1\xEF\xBF\xBD\xEF\xBF\xBD\": ids look like M-17");
}
END_TEST

START_TEST(a_step_may_not_be_dated_before_the_last)
{
    make_live();
    start_step(OFP_STEP_END, "M-1", NOON + HOUR - 1);
    refused(OFP_CODE_STEP_BEFORE_LAST,
            "2026-11-20T11:59:59Z is dated before the last step of M-1, which was taken at "
            "2026-11-20T12:00:00Z");
    step.at++;
    take();
}
END_TEST

/* A sweep is no step: its instant does not count. */
START_TEST(a_step_may_be_dated_before_a_sweep)
{
    make_live();
    sweep(YEAR_END - 15 * DAY);
    sweep(YEAR_END - 14 * DAY);
    ck_assert_int_eq(event_count(), 4);
    extend("M-1", "2027-01-31", YEAR_END - 16 * DAY);
    sweep(YEAR_END - 14 * DAY);
    expect_events("");
}
END_TEST

START_TEST(a_revision_that_has_changed)
{
    make_live();
    start_step(OFP_STEP_END, "M-1", LATER);
    step.if_revision = 1;
    refused(OFP_CODE_REVISION_CHANGED, "M-1 has changed: its revision is 2 now, not 1");
    step.if_revision = -1;
    refused(OFP_CODE_REVISION_CHANGED, "M-1 has changed: its revision is 2 now, not -1");
    step.if_revision = 2;
    take();
}
END_TEST

/* Each question is asked only when those before it have an answer. */
START_TEST(the_order_of_the_questions)
{
    make_refused();
    start_step(OFP_STEP_APPROVE, "M-1", NOON);
    step.actor = ofp_text_of("bo");
    step.role = ofp_text_of("nobody");
    step.if_revision = 1;
    refused(OFP_CODE_REVISION_CHANGED, "M-1 has changed: its revision is 2 now, not 1");
    step.if_revision = 2;
    refused(OFP_CODE_STEP_BEFORE_LAST,
            "2026-11-20T11:00:00Z is dated before the last step of M-1, which was taken at "
            "2026-11-20T12:00:00Z");
    step.at = LATER;
    refused(OFP_CODE_STATE_NOT_ALLOWED,
            "M-1 was refused at 2026-11-20T12:00:00Z by mia: only an open request can be approved");
}
END_TEST

TCase *states_case(void)
{
    TCase *tests = tcase_create("states");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_loop_test(tests, every_step_in_every_state, 0, STATE_COUNT * STEP_COUNT);
    tcase_add_test(tests, what_a_sweep_has_ended_stays_ended);
    tcase_add_test(tests, what_a_sweep_has_seen_missed_stays_missed);
    tcase_add_test(tests, an_unknown_one);
    tcase_add_test(tests, a_step_may_not_be_dated_before_the_last);
    tcase_add_test(tests, a_step_may_be_dated_before_a_sweep);
    tcase_add_test(tests, a_revision_that_has_changed);
    tcase_add_test(tests, the_order_of_the_questions);
    return tests;
}
