/* SPDX-License-Identifier: MIT */
/* Repeats change nothing and get the first answer; honest repeats are no repeats. */
#include "buffer.h"
#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

static ofp_buffer first, again;

static void stop(void)
{
    ofp_buffer_release(&first);
    ofp_buffer_release(&again);
    first = again = (ofp_buffer){0};
    stop_setting();
}

/* Writes an answer as documents. */
static void write_answer(ofp_buffer *buffer)
{
    size_t count;
    const ofp_migration_record *record = ofp_records_migrations(answer, &count);
    ck_assert_uint_eq(count, 1);
    expect_ok(ofp_migration_record_write_json(record, step.at, buffer, &error));
    const ofp_event *event = ofp_records_events(answer, &count);
    ck_assert_uint_eq(count, 1);
    expect_ok(ofp_event_write_json(event, buffer, &error));
    const ofp_host_action *list = ofp_records_actions(answer, &count);
    for (size_t i = 0; i < count; i++)
        expect_ok(ofp_host_action_write_json(&list[i], buffer, &error));
}

/* Takes the step anew, at a later instant, and expects that it is a repeat. */
static void take_again(void)
{
    const int64_t before = event_count(), at = step.at;
    ck_assert(!ofp_records_repeated(answer));
    ofp_buffer_clear(&first);
    write_answer(&first);
    step.at += HOUR;
    take();
    step.at = at;
    ck_assert(ofp_records_repeated(answer));
    ofp_buffer_clear(&again);
    write_answer(&again);
    ck_assert_str_eq(ofp_buffer_text(&again).data, ofp_buffer_text(&first).data);
    ck_assert_int_eq(event_count(), before);
}

START_TEST(a_key_makes_a_repeat)
{
    request(NOON);
    start_step(OFP_STEP_APPROVE, "M-1", NOON + HOUR);
    step.key = ofp_text_of("k1");
    take();
    take_again();
    /* Also when much has happened since, and whatever revision the program thinks it has. */
    step.if_revision = 1;
    const ofp_step approval = step;
    end("M-1", NOON + DAY);
    step = approval;
    const ofp_migration_record *record = take();
    ck_assert(ofp_records_repeated(answer));
    ck_assert_int_eq(record->revision, 2);
    ck_assert_int_eq(record->ends_at, YEAR_END);
    expect_actions("+cloud_p, note");
    ck_assert_int_eq(look_up("M-1")->revision, 3);
}
END_TEST

START_TEST(a_key_serves_once)
{
    request(NOON);
    start_step(OFP_STEP_APPROVE, "M-1", NOON + HOUR);
    step.key = ofp_text_of("k1");
    take();
    static const char refusal[] =
        "the key \"k1\" was used for another step: use a new key for a new step";
    const ofp_step approval = step;
    step.actor = ofp_text_of("al");
    refused(OFP_CODE_KEY_REUSED, refusal);
    step = approval;
    step.role = ofp_text_of("director");
    refused(OFP_CODE_KEY_REUSED, refusal);
    step = approval;
    step.reason = ofp_text_of("");
    refused(OFP_CODE_KEY_REUSED, refusal);
    step = approval;
    step.kind = OFP_STEP_REFUSE;
    refused(OFP_CODE_KEY_REUSED, refusal);
    start_request(NOON + HOUR);
    step.key = ofp_text_of("k1");
    refused(OFP_CODE_KEY_REUSED, refusal);
}
END_TEST

/* All that a request says is a part of what it is. */
START_TEST(every_member_tells_steps_apart)
{
    start_request(NOON);
    step.key = ofp_text_of("k1");
    take();
    const ofp_step first_step = step;
    ofp_text *const members[] = {&step.actor, &step.role, &step.reason, &step.org,     &step.from,
                                 &step.level, &step.to,   &step.owner,  &step.evidence};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        step = first_step;
        *members[i] = ofp_text_of("other");
        refused(OFP_CODE_KEY_REUSED,
                "the key \"k1\" was used for another step: use a new key for a new step");
    }
    step = first_step;
    step.target_date++;
    refused(OFP_CODE_KEY_REUSED,
            "the key \"k1\" was used for another step: use a new key for a new step");
    /* What is known of the org does not count; a repeat needs no facts. */
    step = first_step;
    step.facts = NULL;
    take();
    ck_assert(ofp_records_repeated(answer));
}
END_TEST

START_TEST(a_request_is_a_repeat_while_it_counts)
{
    request(NOON);
    take_again();
    approve("M-1", NOON + HOUR);
    start_request(NOON + 2 * HOUR);
    const ofp_migration_record *record = take();
    ck_assert(ofp_records_repeated(answer));
    ck_assert_int_eq(record->status, OFP_MIGRATION_REQUESTED);
}
END_TEST

START_TEST(request_cancel_request)
{
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"M-1", "M-2", "M-3"};
        const int64_t at = NOON + i * DAY;
        ck_assert_str_eq(request(at)->id.data, ids[i]);
        ck_assert(!ofp_records_repeated(answer));
        take_again();
        start_step(OFP_STEP_CANCEL, ids[i], at + 2 * HOUR);
        take();
    }
}
END_TEST

START_TEST(a_request_after_the_end)
{
    request(NOON);
    start_request(YEAR_END);
    step.target_date = date_of("2027-01-31");
    take();
    ck_assert(!ofp_records_repeated(answer));
    take_again();
}
END_TEST

/* Those of other orgs, and to other offerings, are counted apart. */
START_TEST(requests_are_counted_apart)
{
    request(NOON);
    start_request(NOON);
    step.to = ofp_text_of("edge");
    take();
    take_again();
    know("other");
    entitle("desk", "premium");
    know_it();
    start_request(NOON);
    step.org = ofp_text_of("other");
    take();
    take_again();
    start_request(NOON);
    take();
    ck_assert(ofp_records_repeated(answer));
    expect_events("request M-1");
}
END_TEST

START_TEST(a_revision_makes_a_repeat)
{
    request(NOON);
    start_step(OFP_STEP_APPROVE, "M-1", NOON + HOUR);
    step.if_revision = 1;
    take();
    take_again();
    /* Without one nobody can tell, and the state says no. */
    step.if_revision = 0;
    refused(
        OFP_CODE_STATE_NOT_ALLOWED,
        "M-1 was approved at 2026-11-20T12:00:00Z by mia: only an open request can be approved");
    /* Somebody else's approval is no repeat. */
    step.if_revision = 1;
    step.actor = ofp_text_of("al");
    refused(OFP_CODE_REVISION_CHANGED, "M-1 has changed: its revision is 2 now, not 1");
}
END_TEST

START_TEST(two_extensions)
{
    request(NOON);
    approve("M-1", NOON);
    extend("M-1", "2027-01-10", NOON + HOUR);
    const ofp_migration_record *record = extend("M-1", "2027-01-20", NOON + HOUR);
    ck_assert(!ofp_records_repeated(answer));
    ck_assert_int_eq(record->extensions, 2);
}
END_TEST

/* The keys that are promised to be the same for ever. */
START_TEST(keys_as_they_are_made)
{
    size_t count;
    request(NOON);
    expect_text(ofp_records_events(answer, &count)->key, "v1:a367128f7b93ff9e8fe02ac9a36baa63");
    expect_text(ofp_records_actions(answer, &count)->key, "v1:8473acd85e42e73fad7f6ebedae7b45f");
    approve("M-1", NOON);
    expect_text(ofp_records_events(answer, &count)->key, "v1:896c8772da6481cc7118e063737cd004");
    expect_text(ofp_records_actions(answer, &count)[0].key, "v1:e3cef09d84ee855eee26dcff2a329658");
    sweep(YEAR_END);
    expect_text(ofp_records_events(answer, &count)->key, "v1:5a48d6d148c9bec02dc0913268be2db9");
    expect_text(ofp_records_actions(answer, &count)[1].key, "v1:ec249e5125857e4273b3249b52689c62");
}
END_TEST

TCase *keys_case(void)
{
    TCase *tests = tcase_create("keys");
    tcase_add_checked_fixture(tests, start_setting, stop);
    tcase_add_test(tests, a_key_makes_a_repeat);
    tcase_add_test(tests, a_key_serves_once);
    tcase_add_test(tests, every_member_tells_steps_apart);
    tcase_add_test(tests, a_request_is_a_repeat_while_it_counts);
    tcase_add_test(tests, request_cancel_request);
    tcase_add_test(tests, a_request_after_the_end);
    tcase_add_test(tests, requests_are_counted_apart);
    tcase_add_test(tests, a_revision_makes_a_repeat);
    tcase_add_test(tests, two_extensions);
    tcase_add_test(tests, keys_as_they_are_made);
    return tests;
}
