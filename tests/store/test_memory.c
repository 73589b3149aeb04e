/* SPDX-License-Identifier: MIT */
/*
 * The Nth allocation fails: a status, no harm, and no leak. For every N if it is ours; SQLite makes
 * some nine thousand, so that each run tries others (tests/fault tries all).
 */
#include "allocations.h"
#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "failure.h"
#include "place.h"
#include "random.h"
#include "sqlite_memory.h"

/* Everything that the store does, once; all of it is written, or nothing. */
static ofp_status write_all(ofp_store *store, ofp_records *records, ofp_error **reterr)
{
    int64_t number;
    ofp_migration_record record = sample_migration("acme");
    record.reason = ofp_text_of("because");
    const ofp_host_action action = sample_action("M-1", "action");
    const ofp_logged_decision logged = {.ticket = ofp_text_of("t"),
                                        .request = ofp_text_of("{}"),
                                        .decision = ofp_text_of("{}"),
                                        .policy_digest = ofp_text_of("x"),
                                        .tzdata = ofp_text_of("x")};
    const ofp_event_draft draft = sample_event(1, "acme", "key");
    ofp_status status = ofp_ledger_write(store, &record, record.ends_at, &number, reterr);
    if (!status)
        status = ofp_ledger_append(store, &draft, records, reterr);
    if (!status)
        status = ofp_ledger_put_action(store, 2, &action, records, reterr);
    return status ? status : ofp_ledger_log(store, &logged, 1, reterr);
}

/* What was read has all that was written: nothing is missing because memory was. */
static ofp_status check_story(const ofp_records *story, ofp_error **reterr)
{
    const ofp_migration_record *now = story->migrations.items;
    const ofp_migration_record *then = story->events.items[0].migration;
    const ofp_host_action *action = story->actions.items;
    const bool whole = ofp_span_equal(now->owner, OFP_LITERAL("olga")) &&
                       ofp_span_equal(now->reason, OFP_LITERAL("because")) &&
                       ofp_span_equal(then->owner, now->owner) &&
                       ofp_span_equal(then->reason, now->reason) &&
                       ofp_span_equal(story->events.items[0].key, OFP_LITERAL("key")) &&
                       ofp_span_equal(action->tag, OFP_LITERAL("sub_saas_ultimate"));
    return whole ? ofp_succeed(reterr) : ofp_fail(reterr, OFP_CODE_STORE_CORRUPT, "incomplete");
}

static ofp_status read_all(ofp_store *store, ofp_error **reterr)
{
    const ofp_migration_filter migrations = OFP_MIGRATION_FILTER_INIT;
    const ofp_event_filter events = OFP_EVENT_FILTER_INIT;
    const ofp_log_filter log = OFP_LOG_FILTER_INIT;
    ofp_records *found[5] = {NULL};
    char head[OFP_HASH_SIZE];
    ofp_status status = ofp_store_find(store, ofp_text_of("M-1"), &found[0], reterr);
    if (!status)
        status = check_story(found[0], reterr);
    if (!status)
        status = ofp_store_list(store, &migrations, &found[1], reterr);
    if (!status)
        status = ofp_store_events(store, &events, &found[2], reterr);
    if (!status)
        status = ofp_store_actions(store, NOON, 0, 0, &found[3], reterr);
    if (!status)
        status = ofp_store_log(store, &log, &found[4], reterr);
    if (!status)
        status = ofp_audit_head(store, head, reterr);
    if (!status)
        status = ofp_audit_verify(store, ofp_text_of(head), NULL, reterr);
    if (!status)
        status = ofp_store_fail(store, ofp_text_of("action"), NOON, 0, ofp_text_of("x"), reterr);
    for (int i = 0; i < 5; i++)
        ofp_records_free(found[i]);
    return status;
}

static ofp_status compare(ofp_store *store, ofp_error **reterr)
{
    ofp_buffer buffer = {0};
    const ofp_status status =
        ofp_ledger_compare(store, ofp_text_of("{\"a\":[1],\"actions\":[{\"do\":1}]}"),
                           ofp_text_of("{\"a\":[2],\"actions\":[]}"), &buffer, reterr);
    ofp_buffer_release(&buffer);
    return status;
}

static ofp_status do_everything(ofp_error **reterr)
{
    ofp_store *store = NULL;
    ofp_status status = place_try("store.db", OFP_STORE_CREATE, &store, reterr);
    if (status)
        return status;
    ofp_records *records = ofp_records_new();
    status = records ? ofp_store_begin_write(store, reterr) : OFP_STATUS_NO_MEMORY;
    if (!status)
        status = ofp_store_finish(store, write_all(store, records, reterr), reterr);
    if (!status)
        status = read_all(store, reterr);
    if (!status)
        status = compare(store, reterr);
    ofp_records_free(records);
    ofp_store_close(store);
    return status;
}

/* What is there afterwards is whole: an empty store, or one with everything. */
static void expect_whole(size_t count)
{
    static const char sql[] =
        "SELECT n = (SELECT count(*) FROM actions) AND n = (SELECT count(*) FROM decisions) "
        "AND n + 1 = (SELECT count(*) FROM audit) FROM (SELECT count(*) AS n FROM migrations)";
    ofp_store *store = place_open(OFP_STORE_CREATE);
    sqlite3_stmt *statement;
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, NULL, &error));
    ck_assert_int_eq(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_msg(sqlite3_column_int(statement, 0), "after %zu something is half there", count);
    sqlite3_finalize(statement);
    ofp_store_close(store);
}

START_TEST(our_allocations_fail)
{
    for (size_t count = 0;; count++) {
        ofp_error *error = NULL;
        place_stop();
        place_start();
        allocations_fail_after(count);
        const ofp_status status = do_everything(&error);
        allocations_allow();
        ofp_error_free(error);
        expect_whole(count);
        if (!status)
            break;
        ck_assert_msg(status == OFP_STATUS_NO_MEMORY, "after %zu: %s", count,
                      ofp_status_name(status));
    }
}
END_TEST

/* SQLite can do without some of what it asks for, so its failing once may be no failure of ours. */
static void fail_in_sqlite(bool once)
{
    enum { STEP = 11 };
    random_source source = random_start(once ? "one failure in SQLite" : "failures in SQLite");
    bool failed = true;
    for (size_t count = random_below(&source, STEP); failed; count += STEP) {
        ofp_error *error = NULL;
        place_stop();
        place_start();
        sqlite_memory_fail_after(count, once);
        const ofp_status status = do_everything(&error);
        failed = sqlite_memory_allow();
        ofp_error_free(error);
        ck_assert_msg(!status || status == OFP_STATUS_NO_MEMORY, "after %zu: %s", count,
                      ofp_status_name(status));
        ck_assert(failed || !status);
        expect_whole(count);
    }
}

START_TEST(allocations_of_sqlite_fail)
{
    fail_in_sqlite(_i == 1);
}
END_TEST

TCase *memory_case(void)
{
    TCase *tcase = tcase_create("memory");
    tcase_add_checked_fixture(tcase, place_start, place_stop);
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, our_allocations_fail);
    tcase_add_loop_test(tcase, allocations_of_sqlite_fail, 0, 2);
    return tcase;
}
