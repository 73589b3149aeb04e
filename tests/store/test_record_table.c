/* SPDX-License-Identifier: MIT */
#include "record_table.h"

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "place.h"

static ofp_records *records;

static void start(void)
{
    records = ofp_records_new();
    ck_assert_ptr_nonnull(records);
}

static void stop(void)
{
    allocations_allow();
    records = ofp_records_free(records);
    ck_assert_ptr_null(records);
}

START_TEST(starts_empty)
{
    size_t count = 1;
    ofp_records_migrations(records, &count);
    ck_assert_uint_eq(count, 0);
    ofp_records_decisions(records, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert(!ofp_records_more(records));
    ck_assert(!ofp_records_repeated(records));
    ck_assert_ptr_null(ofp_records_free(NULL));
}
END_TEST

START_TEST(copies_texts)
{
    char org[] = "acme", reason[] = "a\0b";
    size_t count;
    ofp_migration_record record = sample_migration(org);
    record.id = ofp_text_of("M-1");
    record.reason = (ofp_text){reason, 3};
    record.evidence = (ofp_text){org, 0};
    ck_assert(ofp_records_add_migration(records, &record));
    memset(org, 'x', sizeof org);
    memset(reason, 'x', sizeof reason);
    const ofp_migration_record *copy = ofp_records_migrations(records, &count);
    ck_assert_uint_eq(count, 1);
    expect_text(copy->org, "acme");
    ck_assert_int_eq(copy->org.data[4], '\0');
    expect_text(copy->reason, "a\0b");
    ck_assert_ptr_nonnull(copy->evidence.data);
    expect_text(copy->evidence, "");
    ck_assert_ptr_null(copy->org_name.data);
    ck_assert_ptr_null(copy->policy_digest.data);
    expect_text(copy->requested_by, "sam");
    ck_assert_int_eq(copy->ends_at, record.ends_at);
}
END_TEST

START_TEST(events_keep_their_own_migration)
{
    size_t count;
    ofp_migration_record record = sample_migration("acme");
    record.id = ofp_text_of("M-1");
    for (int i = 0; i < 100; i++) {
        const ofp_event event = {.seq = i, .detail = ofp_text_of("d"), .migration = &record};
        ck_assert(ofp_records_add_event(records, &event));
        ck_assert(ofp_records_add_migration(records, &record));
    }
    const ofp_event whole = {.seq = 100};
    ck_assert(ofp_records_add_event(records, &whole));
    record.org = ofp_text_of("changed");
    const ofp_event *events = ofp_records_events(records, &count);
    ck_assert_uint_eq(count, 101);
    for (int i = 0; i < 100; i++)
        expect_text(events[i].migration->org, "acme");
    ck_assert_ptr_null(events[100].migration);
}
END_TEST

START_TEST(can_be_used_again)
{
    size_t count;
    const ofp_migration_record record = sample_migration("acme");
    const ofp_host_action action = sample_action("M-1", "k");
    const ofp_logged_decision decision = {.ticket = ofp_text_of("4711")};
    ck_assert(ofp_records_add_migration(records, &record));
    ck_assert(ofp_records_add_action(records, &action));
    ck_assert(ofp_records_add_decision(records, &decision));
    expect_text(ofp_records_actions(records, &count)->key, "k");
    expect_text(ofp_records_decisions(records, &count)->ticket, "4711");
    records->more = records->repeated = true;
    ofp_records_reset(records);
    ofp_records_migrations(records, &count);
    ck_assert_uint_eq(count, 0);
    ofp_records_actions(records, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert(!ofp_records_more(records) && !ofp_records_repeated(records));
    allocations_fail_after(0);
    const bool added =
        ofp_records_add_migration(records, &record) && ofp_records_add_action(records, &action);
    allocations_allow();
    ck_assert(added);
}
END_TEST

/* Adds one record of a kind. */
static bool add(int kind)
{
    const ofp_migration_record record = sample_migration("acme");
    const ofp_event event = {.migration = &record};
    const ofp_host_action action = sample_action("M-1", "k");
    const ofp_logged_decision decision = {.ticket = ofp_text_of("4711")};
    switch (kind) {
    case 0:
        return ofp_records_add_migration(records, &record);
    case 1:
        return ofp_records_add_event(records, &event);
    case 2:
        return ofp_records_add_action(records, &action);
    default:
        return ofp_records_add_decision(records, &decision);
    }
}

START_TEST(says_when_memory_is_out)
{
    for (size_t allowed = 0; allowed <= 2; allowed++) {
        allocations_fail_after(allowed);
        const bool added = add(_i);
        allocations_allow();
        ck_assert_int_eq(added, allowed == 2);
        ck_assert_uint_eq(records->migrations.count + records->events.count +
                              records->actions.count + records->decisions.count,
                          added);
        stop();
        start();
    }
    allocations_fail_after(0);
    const ofp_records *none = ofp_records_new();
    allocations_allow();
    ck_assert_ptr_null(none);
}
END_TEST

TCase *record_table_case(void)
{
    TCase *tcase = tcase_create("record_table");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, starts_empty);
    tcase_add_test(tcase, copies_texts);
    tcase_add_test(tcase, events_keep_their_own_migration);
    tcase_add_test(tcase, can_be_used_again);
    tcase_add_loop_test(tcase, says_when_memory_is_out, 0, 4);
    return tcase;
}
