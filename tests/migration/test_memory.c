/* SPDX-License-Identifier: MIT */
/*
 * Steps while memory runs out after the first, second, third … allocation: each time they say so
 * and leave nothing behind, neither in memory nor in the store.
 */
#include "allocations.h"
#include "buffer.h"
#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

enum { MOST_ALLOCATIONS = 100000 };

/* What runs out of memory; sets `answer` if it works. */
typedef ofp_status attempt(ofp_error **reterr);

static ofp_status take_step(ofp_error **reterr)
{
    return ofp_step_take(&step, store, policy, &answer, reterr);
}

static ofp_status run_sweep(ofp_error **reterr)
{
    ofp_sweep how = OFP_SWEEP_INIT;
    how.at = YEAR_END - 1;
    how.facts = facts;
    return ofp_sweep_run(&how, store, policy, &answer, reterr);
}

/* Tries until there is memory enough. @param events how many it shall append */
static void try_hard(attempt *call, ofp_status expected, int events)
{
    const int64_t before = event_count();
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    answer = ofp_records_free(answer);
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_error *error = NULL;
        ck_assert_uint_lt(allowed, MOST_ALLOCATIONS);
        allocations_fail_after(allowed);
        status = call(&error);
        allocations_allow();
        ck_assert_int_eq(answer != NULL, status == OFP_STATUS_OK);
        ck_assert_int_eq(error != NULL, status != OFP_STATUS_OK);
        if (error)
            ck_assert_int_eq(ofp_error_status(error), status);
        if (status)
            ck_assert_int_eq(event_count(), before);
        ofp_error_free(error);
    }
    ck_assert_int_eq(status, expected);
    ck_assert_uint_gt(allowed, 1);
    ck_assert_int_eq(event_count(), before + events);
}

START_TEST(a_whole_life)
{
    start_request(NOON);
    step.reason = ofp_text_of("why");
    try_hard(take_step, OFP_STATUS_OK, 1);
    try_hard(take_step, OFP_STATUS_OK, 0);
    ck_assert(ofp_records_repeated(answer));
    start_step(OFP_STEP_APPROVE, "M-1", NOON);
    try_hard(take_step, OFP_STATUS_OK, 1);
    expect_actions("+cloud_p, note");
    start_step(OFP_STEP_EXTEND, "M-1", NOON);
    step.target_date = date_of("2027-01-01");
    try_hard(take_step, OFP_STATUS_OK, 1);
    try_hard(run_sweep, OFP_STATUS_OK, 1);
    expect_actions("remind");
    start_step(OFP_STEP_COMPLETE, "M-1", NOON);
    step.outcome = OFP_OUTCOME_REACHED;
    step.facts = facts;
    try_hard(take_step, OFP_STATUS_OK, 1);
    expect_actions("-note, -desk_p unless desk premium");
}
END_TEST

START_TEST(an_end)
{
    request(NOON);
    approve("M-1", NOON);
    know("other");
    entitle("desk", "premium");
    know_it();
    start_request(NOON);
    step.org = ofp_text_of("other");
    step.target_date--;
    take();
    approve("M-2", NOON);
    start_step(OFP_STEP_END, "M-1", NOON);
    try_hard(take_step, OFP_STATUS_OK, 1);
    try_hard(run_sweep, OFP_STATUS_OK, 1);
    expect_events("expire M-2");
}
END_TEST

START_TEST(refusals)
{
    request(NOON);
    start_step(OFP_STEP_APPROVE, "M-1", NOON);
    step.role = (ofp_text){0};
    try_hard(take_step, OFP_STATUS_NOT_ALLOWED, 0);
    start_step(OFP_STEP_END, "M-1", NOON);
    try_hard(take_step, OFP_STATUS_NOT_ALLOWED, 0);
    start_step(OFP_STEP_END, "M-7", NOON);
    try_hard(take_step, OFP_STATUS_NOT_FOUND, 0);
    start_request(NOON + 1);
    step.level = ofp_text_of("premum");
    try_hard(take_step, OFP_STATUS_BAD_REQUEST, 0);
    step.level = ofp_text_of("standard");
    try_hard(take_step, OFP_STATUS_NOT_ALLOWED, 0);
}
END_TEST

START_TEST(adding_facts)
{
    ofp_request request = OFP_REQUEST_INIT;
    const ofp_entitlement desk = {.offering = 0, .level = 1};
    ofp_status status = OFP_STATUS_NO_MEMORY;
    request.has_org = true;
    request.org = request.org_name = ofp_text_of("acme");
    request.entitlements = &desk;
    request.entitlement_count = 1;
    for (size_t allowed = 0; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_error *error = NULL;
        ofp_facts *made = NULL;
        allocations_fail_after(allowed);
        status = ofp_facts_new(&made, &error);
        if (!status)
            status = ofp_facts_add(made, policy, &request, &error);
        allocations_allow();
        ofp_error_free(error);
        ofp_facts_free(made);
        ck_assert_int_eq(status == OFP_STATUS_OK, error == NULL);
    }
    ck_assert_int_eq(status, OFP_STATUS_OK);
}
END_TEST

/* Without memory nothing is written. */
START_TEST(documents_and_notes)
{
    size_t count;
    request(NOON);
    const ofp_event *event = ofp_records_events(answer, &count);
    const ofp_host_action *action = ofp_records_actions(answer, &count);
    const ofp_text id = event->migration->id;
    ofp_buffer buffer = {0};
    allocations_fail_after(0);
    const ofp_status statuses[] = {
        ofp_event_write_json(event, &buffer, NULL),
        ofp_host_action_write_json(action, &buffer, NULL),
        ofp_migration_record_write_json(event->migration, NOON, &buffer, NULL),
        ofp_notes_add(id, id, id, &buffer, NULL),
        ofp_notes_remove(id, id, &buffer, NULL),
    };
    allocations_allow();
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        ck_assert_int_eq(statuses[i], OFP_STATUS_NO_MEMORY);
    ck_assert_uint_eq(buffer.size, 0);
    expect_ok(ofp_notes_remove(id, id, &buffer, &error));
    expect_text(ofp_buffer_text(&buffer), "M-1");
    ofp_buffer_release(&buffer);
}
END_TEST

TCase *memory_case(void)
{
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, a_whole_life);
    tcase_add_test(tests, an_end);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, adding_facts);
    tcase_add_test(tests, documents_and_notes);
    return tests;
}
