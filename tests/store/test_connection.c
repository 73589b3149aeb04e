/* SPDX-License-Identifier: MIT */
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cases.h"
#include "expect.h"
#include "place.h"
#include "query.h"

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

static void write_one(ofp_store *writer)
{
    const ofp_migration_record record = sample_migration("acme");
    int64_t number;
    expect_ok(ofp_ledger_write(writer, &record, record.ends_at, &number, &error));
}

static int64_t count_requests(ofp_store *reader)
{
    int64_t count;
    expect_ok(ofp_ledger_count_requests(reader, ofp_text_of("acme"), ofp_text_of("saas"), &count,
                                        &error));
    return count;
}

START_TEST(commits_and_rolls_back)
{
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    ofp_store_rollback(store);
    ck_assert_int_eq(count_requests(store), 0);
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_int_eq(count_requests(store), 1);
    ofp_store_rollback(store);
    ck_assert_int_eq(count_requests(store), 1);
}
END_TEST

START_TEST(finishes_as_the_work_went)
{
    ofp_error *kept = (ofp_error *)-1;
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    ck_assert_int_eq(ofp_store_finish(store, OFP_STATUS_CONFLICT, &kept), OFP_STATUS_CONFLICT);
    ck_assert_ptr_eq(kept, (ofp_error *)-1);
    ck_assert_int_eq(count_requests(store), 0);
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    expect_ok(ofp_store_finish(store, OFP_STATUS_OK, &error));
    ck_assert_int_eq(count_requests(store), 1);
}
END_TEST

START_TEST(fails_to_commit_what_is_not_there)
{
    expect_failure(ofp_store_commit(store, &error), OFP_CODE_STORE_CORRUPT);
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_store_commit(store, &error));
}
END_TEST

START_TEST(begins_anew_after_what_was_left_open)
{
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_int_eq(count_requests(store), 0);
}
END_TEST

START_TEST(reads_one_moment)
{
    ofp_store *reader = place_open(OFP_STORE_READ);
    expect_ok(ofp_store_begin_read(reader, &error));
    ck_assert_int_eq(count_requests(reader), 0);
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_int_eq(count_requests(reader), 0);
    expect_ok(ofp_store_commit(reader, &error));
    ck_assert_int_eq(count_requests(reader), 1);
    ofp_store_close(reader);
}
END_TEST

START_TEST(holds_one_look)
{
    expect_ok(ofp_store_hold(store, &error));
    ofp_store *writer = place_open(OFP_STORE_WRITE);
    expect_ok(ofp_store_begin_write(writer, &error));
    write_one(writer);
    expect_ok(ofp_store_commit(writer, &error));
    /* Held already, and neither a commit nor a rollback lets go. */
    expect_ok(ofp_store_hold(store, &error));
    expect_ok(ofp_store_begin_read(store, &error));
    ck_assert_int_eq(count_requests(store), 0);
    expect_ok(ofp_store_commit(store, &error));
    ofp_store_rollback(store);
    ck_assert_int_eq(count_requests(store), 0);
    expect_failure(ofp_store_begin_write(store, &error), OFP_CODE_STORE_HELD);
    ofp_store_release(store);
    ck_assert_int_eq(count_requests(store), 1);
    ofp_store_release(store);
    expect_ok(ofp_store_begin_write(store, &error));
    ofp_store_rollback(store);
    ofp_store_close(writer);
}
END_TEST

START_TEST(readers_do_not_write)
{
    ofp_store *reader = place_open(OFP_STORE_READ);
    expect_failure(ofp_store_begin_write(reader, &error), OFP_CODE_STORE_READ_ONLY);
    expect_failure(ofp_store_ack(reader, ofp_text_of("k"), NOON, &error), OFP_CODE_STORE_READ_ONLY);
    ofp_store_close(reader);
}
END_TEST

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

START_TEST(waits_for_others_but_not_for_ever)
{
    ofp_store *other = place_open(OFP_STORE_WRITE);
    other->busy_ms = 200;
    expect_ok(ofp_store_begin_write(store, &error));
    for (int i = 0; i < 2; i++) {
        const int64_t before = milliseconds();
        expect_failure(ofp_store_begin_write(other, &error), OFP_CODE_STORE_BUSY);
        const int64_t waited = milliseconds() - before;
        ck_assert_msg(waited >= 200 && waited < 5000, "%ld ms", (long)waited);
        ck_assert_uint_eq(other->waited_ms, 200);
    }
    expect_ok(ofp_store_commit(store, &error));
    expect_ok(ofp_store_begin_write(other, &error));
    ck_assert_uint_eq(other->waited_ms, 0);
    expect_ok(ofp_store_commit(other, &error));
    ofp_store_close(other);
}
END_TEST

START_TEST(waits_longer_each_time_and_by_chance)
{
    uint32_t last = 0;
    bool differs = false;
    store->busy_ms = 300;
    store->waited_ms = 0;
    for (int i = 0; i < 8 && ofp_store_wait(store); i++) {
        const uint32_t wait = store->waited_ms - last;
        ck_assert_uint_ge(wait, 1);
        ck_assert_uint_le(wait, 16);
        differs |= last > 0 && wait != last;
        last = store->waited_ms;
    }
    ck_assert(differs);
    store->waited_ms = 300;
    ck_assert(!ofp_store_wait(store));
}
END_TEST

/* In a child: whatever is asked of the parent's connection is refused. */
static int use_in_child(void)
{
    ofp_records *records;
    char hash[OFP_HASH_SIZE];
    const ofp_event_filter events = OFP_EVENT_FILTER_INIT;
    const ofp_status statuses[] = {
        ofp_store_usable(store, NULL),
        ofp_store_begin_read(store, NULL),
        ofp_store_begin_write(store, NULL),
        ofp_store_hold(store, NULL),
        ofp_store_find(store, ofp_text_of("M-1"), &records, NULL),
        ofp_store_events(store, &events, &records, NULL),
        ofp_store_actions(store, NOON, 0, 0, &records, NULL),
        ofp_store_ack(store, ofp_text_of("k"), NOON, NULL),
        ofp_audit_head(store, hash, NULL),
        ofp_audit_verify(store, (ofp_text){0}, NULL, NULL),
    };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i] != OFP_STATUS_MISUSE)
            return 1 + (int)i;
    }
    ofp_error *error = NULL;
    ofp_store_begin_read(store, &error);
    if (ofp_error_first(error)->code != OFP_CODE_STORE_FORKED)
        return 50;
    ofp_error_free(error);
    ofp_store_release(store);
    ofp_store_close(store);
    return 0;
}

START_TEST(belongs_to_its_process)
{
    expect_ok(ofp_store_begin_write(store, &error));
    write_one(store);
    const pid_t child = fork();
    if (child == 0) {
        /* What is left of the connection goes with the program. */
        if (use_in_child() == 0)
            execl("/bin/true", "true", NULL);
        _exit(1);
    }
    int result;
    ck_assert_int_eq(waitpid(child, &result, 0), child);
    ck_assert_int_eq(result, 0);
    /* The child did not let go of the parent's locks: the parent still writes alone. */
    ofp_store *other = place_open(OFP_STORE_WRITE);
    expect_failure(ofp_store_begin_write(other, &error), OFP_CODE_STORE_BUSY);
    ofp_store_close(other);
    expect_ok(ofp_store_commit(store, &error));
    ck_assert_int_eq(count_requests(store), 1);
}
END_TEST

TCase *connection_case(void)
{
    TCase *tcase = tcase_create("connection");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, commits_and_rolls_back);
    tcase_add_test(tcase, finishes_as_the_work_went);
    tcase_add_test(tcase, fails_to_commit_what_is_not_there);
    tcase_add_test(tcase, begins_anew_after_what_was_left_open);
    tcase_add_test(tcase, reads_one_moment);
    tcase_add_test(tcase, holds_one_look);
    tcase_add_test(tcase, readers_do_not_write);
    tcase_add_test(tcase, waits_for_others_but_not_for_ever);
    tcase_add_test(tcase, waits_longer_each_time_and_by_chance);
    tcase_add_test(tcase, belongs_to_its_process);
    return tcase;
}
