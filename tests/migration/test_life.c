/* SPDX-License-Identifier: MIT */
/* A migration's whole life, each way that it can go, and what the record says at each point. */
#include "cases.h"
#include "connection.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

START_TEST(a_request_is_kept_as_it_was_made)
{
    start_request(NOON);
    step.reason = ofp_text_of("they move\nin spring");
    step.evidence = ofp_text_of("https://example.com/4711");
    const ofp_migration_record *record = take();
    expect_text(record->id, "M-1");
    expect_text(record->org, "acme");
    ck_assert_ptr_null(record->org_name.data);
    expect_text(record->from, "desk");
    expect_text(record->from_level, "premium");
    expect_text(record->to, "cloud");
    expect_text(record->level, "premium");
    ck_assert_int_eq(record->target_date, date_of("2026-12-31"));
    ck_assert_int_eq(record->ends_at, YEAR_END);
    ck_assert_int_eq(record->forgotten_at, YEAR_END + 30 * DAY);
    ck_assert_int_eq(record->status, OFP_MIGRATION_REQUESTED);
    ck_assert_int_eq(record->revision, 1);
    expect_text(record->owner, "kim");
    expect_text(record->reason, "they move\nin spring");
    expect_text(record->evidence, "https://example.com/4711");
    expect_text(record->requested_by, "bo");
    ck_assert_int_eq(record->requested_at, NOON);
    ck_assert_int_eq(record->changed_at, NOON);
    ck_assert_ptr_null(record->decided_by.data);
    ck_assert_int_eq(record->decided_at, OFP_INSTANT_NONE);
    ck_assert_ptr_null(record->policy.data);
    ck_assert(!record->settled);
    ck_assert(!ofp_records_repeated(answer));
    expect_events("request M-1");
    expect_actions("ask");
}
END_TEST

START_TEST(an_approval_promises)
{
    request(NOON);
    const ofp_migration_record *record = approve("M-1", NOON + HOUR);
    ck_assert_int_eq(record->status, OFP_MIGRATION_APPROVED);
    ck_assert_int_eq(record->revision, 2);
    expect_text(record->decided_by, "mia");
    ck_assert_int_eq(record->decided_at, NOON + HOUR);
    ck_assert_int_eq(record->changed_at, NOON + HOUR);
    expect_text(record->policy, "shop");
    expect_text(record->policy_revision, "seven");
    ck_assert_str_eq(record->policy_digest.data, ofp_policy_digest(policy));
    ck_assert(!record->settled);
    ck_assert_int_eq(ofp_migration_record_state(record, NOON + HOUR), OFP_MIGRATION_IS_LIVE);
    expect_events("approve M-1");
    expect_actions("+cloud_p, note");
}
END_TEST

START_TEST(a_refusal_settles)
{
    request(NOON);
    start_step(OFP_STEP_REFUSE, "M-1", NOON + HOUR);
    step.reason = ofp_text_of("no goal");
    const ofp_migration_record *record = take();
    ck_assert_int_eq(record->status, OFP_MIGRATION_REFUSED);
    ck_assert_int_eq(record->revision, 2);
    expect_text(record->decided_by, "mia");
    ck_assert_int_eq(record->decided_at, NOON + HOUR);
    ck_assert_ptr_null(record->closed_by.data);
    ck_assert_ptr_null(record->policy.data);
    ck_assert_ptr_null(record->reason.data);
    ck_assert_int_eq(record->ends_at, YEAR_END);
    ck_assert(record->settled);
    expect_events("refuse M-1");
    expect_actions("");
}
END_TEST

START_TEST(a_cancellation_settles)
{
    request(NOON);
    start_step(OFP_STEP_CANCEL, "M-1", NOON + HOUR);
    const ofp_migration_record *record = take();
    ck_assert_int_eq(record->status, OFP_MIGRATION_CANCELLED);
    ck_assert_ptr_null(record->decided_by.data);
    expect_text(record->closed_by, "mia");
    ck_assert_int_eq(record->closed_at, NOON + HOUR);
    ck_assert(record->settled);
    expect_events("cancel M-1");
    expect_actions("");
}
END_TEST

START_TEST(an_extension_moves_the_end)
{
    size_t count;
    request(NOON);
    approve("M-1", NOON + HOUR);
    start_step(OFP_STEP_EXTEND, "M-1", NOON + 2 * HOUR);
    step.target_date = date_of("2027-01-31");
    step.reason = ofp_text_of("late");
    const ofp_migration_record *record = take();
    ck_assert_int_eq(record->status, OFP_MIGRATION_APPROVED);
    ck_assert_int_eq(record->revision, 3);
    ck_assert_int_eq(record->extensions, 1);
    ck_assert_int_eq(record->target_date, date_of("2027-01-31"));
    ck_assert_int_eq(record->ends_at, YEAR_END + 31 * DAY);
    ck_assert_int_eq(record->forgotten_at, YEAR_END + 61 * DAY);
    ck_assert_int_eq(record->decided_at, NOON + HOUR);
    ck_assert_int_eq(record->changed_at, NOON + 2 * HOUR);
    ck_assert_ptr_null(record->reason.data);
    const ofp_event *event = ofp_records_events(answer, &count);
    ck_assert_int_eq(event->previous_date, date_of("2026-12-31"));
    expect_text(event->reason, "late");
    expect_actions("-note, note");
    expect_text(ofp_records_actions(answer, &count)[1].text, "note 2027-01-31");
}
END_TEST

START_TEST(an_early_end_is_the_end)
{
    request(NOON);
    approve("M-1", NOON + HOUR);
    const ofp_migration_record *record = end("M-1", NOON + DAY);
    ck_assert_int_eq(record->status, OFP_MIGRATION_APPROVED);
    ck_assert_int_eq(record->revision, 3);
    ck_assert_int_eq(record->ends_at, NOON + DAY);
    /* Thirty days of memory, after the 21st of November. */
    ck_assert_int_eq(record->forgotten_at, instant_of("2026-12-22T00:00:00+01:00"));
    ck_assert_int_eq(record->target_date, date_of("2026-12-31"));
    expect_text(record->closed_by, "mia");
    ck_assert_int_eq(record->closed_at, NOON + DAY);
    expect_text(record->decided_by, "mia");
    ck_assert(record->settled);
    ck_assert_int_eq(ofp_migration_record_state(record, NOON + DAY), OFP_MIGRATION_IS_ENDED);
    ck_assert_int_eq(ofp_migration_record_state(record, NOON + DAY - 1), OFP_MIGRATION_IS_LIVE);
    expect_actions("-note, -cloud_p unless cloud premium");
}
END_TEST

START_TEST(a_completion_has_an_outcome)
{
    request(NOON);
    approve("M-1", NOON + HOUR);
    start_step(OFP_STEP_COMPLETE, "M-1", NOON + DAY);
    step.outcome = OFP_OUTCOME_NOT_REACHED;
    const ofp_migration_record *record = take();
    ck_assert_int_eq(record->status, OFP_MIGRATION_COMPLETED);
    ck_assert_int_eq(record->outcome, OFP_OUTCOME_NOT_REACHED);
    ck_assert_int_eq(record->ends_at, YEAR_END);
    expect_text(record->closed_by, "mia");
    ck_assert_int_eq(record->closed_at, NOON + DAY);
    ck_assert(record->settled);
    expect_actions("-note, -desk_p unless desk premium");
}
END_TEST

START_TEST(an_end_comes_by_itself)
{
    request(NOON);
    approve("M-1", NOON + HOUR);
    sweep(YEAR_END);
    expect_events("expire M-1");
    const ofp_migration_record *record = look_up("M-1");
    ck_assert_int_eq(record->status, OFP_MIGRATION_APPROVED);
    ck_assert_int_eq(record->revision, 2);
    ck_assert_int_eq(record->changed_at, NOON + HOUR);
    ck_assert_ptr_null(record->closed_by.data);
    ck_assert(record->settled);
    ck_assert_int_eq(ofp_migration_record_state(record, YEAR_END), OFP_MIGRATION_IS_ENDED);
}
END_TEST

START_TEST(a_request_that_nobody_decides_is_missed)
{
    request(NOON);
    sweep(YEAR_END);
    expect_events("expire M-1");
    expect_actions("");
    const ofp_migration_record *record = look_up("M-1");
    ck_assert_int_eq(record->status, OFP_MIGRATION_REQUESTED);
    ck_assert_int_eq(record->revision, 1);
    ck_assert(record->settled);
    ck_assert_int_eq(ofp_migration_record_state(record, YEAR_END), OFP_MIGRATION_IS_MISSED);
}
END_TEST

/* Who, in which role, when, why and by which policy: all of it is in the log. */
START_TEST(every_step_is_an_event)
{
    size_t count;
    request(NOON);
    start_step(OFP_STEP_APPROVE, "M-1", NOON + HOUR);
    step.role = ofp_text_of("director");
    step.reason = ofp_text_of("a large customer");
    step.key = ofp_text_of("my key");
    take();
    const ofp_event *event = ofp_records_events(answer, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(event->seq, 3);
    ck_assert_int_eq(event->at, NOON + HOUR);
    ck_assert_int_eq(event->kind, OFP_EVENT_APPROVE);
    expect_text(event->actor, "mia");
    expect_text(event->role, "director");
    expect_text(event->reason, "a large customer");
    expect_text(event->key, "my key");
    expect_text(event->policy, "shop");
    ck_assert_str_eq(event->policy_digest.data, ofp_policy_digest(policy));
    ck_assert_int_eq(event->previous_date, OFP_DATE_NONE);
    expect_text(event->migration->id, "M-1");
    ck_assert_int_eq(event->migration->status, OFP_MIGRATION_APPROVED);
    ck_assert_int_eq(event_count(), 3);
}
END_TEST

/* The revision is for those who look into the file. */
START_TEST(events_name_the_policys_revision)
{
    sqlite3_stmt *statement = NULL;
    request(NOON);
    ck_assert_int_eq(sqlite3_prepare_v2(store->db,
                                        "SELECT policy_revision FROM audit WHERE kind = 'request'",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_str_eq((const char *)sqlite3_column_text(statement, 0), "seven");
    sqlite3_finalize(statement);
}
END_TEST

START_TEST(an_answer_outlives_the_store)
{
    size_t count;
    request(NOON);
    approve("M-1", NOON + HOUR);
    stop_store();
    memset(&step, 0x55, sizeof step);
    expect_text(ofp_records_migrations(answer, &count)->org, "acme");
    expect_text(ofp_records_actions(answer, &count)[1].text, "note 2026-12-31");
    expect_text(ofp_records_events(answer, &count)->actor, "mia");
}
END_TEST

START_TEST(steps_have_names)
{
    static const char *const names[] = {"request", "approve",  "refuse", "extend",
                                        "end",     "complete", "cancel"};
    for (int kind = 0; kind < 7; kind++) {
        ck_assert_str_eq(ofp_step_kind_name((ofp_step_kind)kind), names[kind]);
        ck_assert_str_eq(ofp_event_kind_name((ofp_event_kind)kind), names[kind]);
    }
    ck_assert_ptr_null(ofp_step_kind_name((ofp_step_kind)7));
    ck_assert_ptr_null(ofp_step_kind_name((ofp_step_kind)-1));
}
END_TEST

TCase *life_case(void)
{
    TCase *tests = tcase_create("life");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, a_request_is_kept_as_it_was_made);
    tcase_add_test(tests, an_approval_promises);
    tcase_add_test(tests, a_refusal_settles);
    tcase_add_test(tests, a_cancellation_settles);
    tcase_add_test(tests, an_extension_moves_the_end);
    tcase_add_test(tests, an_early_end_is_the_end);
    tcase_add_test(tests, a_completion_has_an_outcome);
    tcase_add_test(tests, an_end_comes_by_itself);
    tcase_add_test(tests, a_request_that_nobody_decides_is_missed);
    tcase_add_test(tests, every_step_is_an_event);
    tcase_add_test(tests, events_name_the_policys_revision);
    tcase_add_test(tests, an_answer_outlives_the_store);
    tcase_add_test(tests, steps_have_names);
    return tests;
}
