/* SPDX-License-Identifier: MIT */
/* Texts of any bytes but zero come back as they were, from the tables and from the log. */
#include <stdlib.h>

#include "cases.h"
#include "expect.h"
#include "place.h"
#include "random.h"

static ofp_store *store;

static void start(void)
{
    place_start();
    store = place_open(OFP_STORE_CREATE);
}

static void stop(void)
{
    store = ofp_store_close(store);
    place_stop();
}

static void expect_round_trip(ofp_text text)
{
    ofp_migration_record record = sample_migration("acme");
    record.reason = text;
    record.evidence = text;
    const int64_t number = put_migration(store, &record);
    char id[OFP_ID_SIZE];
    ofp_records *records;
    ofp_migration_id_format(number, id);
    expect_ok(ofp_store_find(store, ofp_text_of(id), &records, &error));
    const ofp_migration_record *now = records->migrations.items;
    const ofp_migration_record *logged = records->events.items[0].migration;
    ck_assert(ofp_span_equal(now->reason, text));
    ck_assert(ofp_span_equal(now->evidence, text));
    ck_assert(ofp_span_equal(logged->reason, text));
    ck_assert(ofp_span_equal(logged->evidence, text));
    ofp_records_free(records);
}

static const char *const odd[] = {
    "",
    "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80",
    "\xFF\xFE",
    "\xC3",
    "\xE2\x82",
    "\xED\xA0\x80",
    "\xC0\x80",
    "\xEF\xBB\xBFstart",
    "\"\\/\b\f\n\r\t\x01\x1F\x7F",
    "\\u0041\\\\u0041\\n",
    "'; DROP TABLE migrations; --",
    "{\"a\":[1,null]}",
    "null",
    "17",
    "\xE2\x80\xA8\xE2\x80\xA9",
};

START_TEST(odd_texts_come_back)
{
    expect_round_trip(ofp_text_of(odd[_i]));
}
END_TEST

START_TEST(any_bytes_come_back)
{
    random_source source = random_start("texts of a store");
    for (int i = 0; i < 300; i++) {
        char bytes[64];
        const size_t size = random_below(&source, sizeof bytes);
        for (size_t j = 0; j < size; j++)
            bytes[j] = (char)(1 + random_below(&source, 255));
        expect_round_trip((ofp_text){bytes, size});
    }
    int64_t count;
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, &count, &error));
    ck_assert_int_eq(count, 301);
}
END_TEST

START_TEST(long_texts_come_back)
{
    enum { SIZE = 1 << 20 };
    char *bytes = malloc(SIZE);
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (char)(1 + i % 255);
    expect_round_trip((ofp_text){bytes, SIZE});
    free(bytes);
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, NULL, &error));
}
END_TEST

/* Each text of a record, a draft and an action. */
START_TEST(zero_bytes_are_refused)
{
    static const size_t places[] = {
        offsetof(ofp_migration_record, org),
        offsetof(ofp_migration_record, org_name),
        offsetof(ofp_migration_record, from),
        offsetof(ofp_migration_record, from_level),
        offsetof(ofp_migration_record, to),
        offsetof(ofp_migration_record, level),
        offsetof(ofp_migration_record, owner),
        offsetof(ofp_migration_record, reason),
        offsetof(ofp_migration_record, evidence),
        offsetof(ofp_migration_record, requested_by),
        offsetof(ofp_migration_record, decided_by),
        offsetof(ofp_migration_record, closed_by),
        offsetof(ofp_migration_record, policy),
        offsetof(ofp_migration_record, policy_revision),
        offsetof(ofp_migration_record, policy_digest),
    };
    static const size_t draft_places[] = {
        offsetof(ofp_event_draft, org),           offsetof(ofp_event_draft, actor),
        offsetof(ofp_event_draft, role),          offsetof(ofp_event_draft, reason),
        offsetof(ofp_event_draft, key),           offsetof(ofp_event_draft, policy),
        offsetof(ofp_event_draft, detail),        offsetof(ofp_event_draft, policy_revision),
        offsetof(ofp_event_draft, policy_digest),
    };
    const ofp_text zero = OFP_LITERAL("a\0b");
    int64_t number;
    expect_ok(ofp_store_begin_write(store, &error));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        ofp_migration_record record = sample_migration("acme");
        memcpy((char *)&record + places[i], &zero, sizeof zero);
        expect_failure(ofp_ledger_write(store, &record, record.ends_at, &number, &error),
                       OFP_CODE_STEP_TEXT_INVALID);
    }
    for (size_t i = 0; i < sizeof draft_places / sizeof *draft_places; i++) {
        ofp_event_draft draft = sample_event(1, "acme", "k");
        memcpy((char *)&draft + draft_places[i], &zero, sizeof zero);
        expect_failure(ofp_ledger_append(store, &draft, NULL, &error), OFP_CODE_STEP_TEXT_INVALID);
    }
    ofp_records *records = ofp_records_new();
    ofp_host_action action = sample_action("M-1", "k");
    action.text = zero;
    expect_failure(ofp_ledger_put_action(store, 1, &action, records, &error),
                   OFP_CODE_STEP_TEXT_INVALID);
    ofp_records_free(records);
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_int_eq(place_number("SELECT count(*) FROM audit"), 1);
}
END_TEST

TCase *texts_case(void)
{
    TCase *tcase = tcase_create("texts");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, odd_texts_come_back, 0, sizeof odd / sizeof *odd);
    tcase_add_test(tcase, any_bytes_come_back);
    tcase_add_test(tcase, long_texts_come_back);
    tcase_add_test(tcase, zero_bytes_are_refused);
    return tcase;
}
