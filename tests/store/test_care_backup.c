/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"

static ofp_store *store;

static void start(void)
{
    care_start();
    store = care_open("s");
    care_fill(store);
}

static void stop(void)
{
    ofp_store_close(store);
    care_stop();
}

static bool exists(const char *name)
{
    return access(care_path(name), F_OK) == 0;
}

/* A backup is a whole store in a single file. */
static void expect_sound(const char *name)
{
    size_t size;
    ofp_store *copy = care_open_as(name, OFP_STORE_READ);
    expect_ok(ofp_store_check(copy, &error));
    care_export(copy, care_path("got"));
    ofp_store_close(copy);
    care_export(store, care_path("wanted"));
    char *got = care_read(care_path("got"), &size);
    char *wanted = care_read(care_path("wanted"), &size);
    ck_assert_str_eq(got, wanted);
    free(got);
    free(wanted);
}

START_TEST(is_the_whole_store_in_one_file)
{
    struct stat about;
    umask(0);
    expect_ok(ofp_store_backup(store, care_path("b"), &error));
    ck_assert_int_eq(stat(care_path("b"), &about), 0);
    ck_assert_int_eq(about.st_mode & 07777, 0600);
    ck_assert(!exists("b-wal") && !exists("b-shm") && !exists("b-journal"));
    expect_sound("b");
}
END_TEST

/* It is a store like any other: it can be written, and backed up. */
START_TEST(can_take_the_store_s_place)
{
    expect_ok(ofp_store_backup(store, care_path("b"), &error));
    ofp_store *copy = care_open_as("b", OFP_STORE_WRITE);
    care_request(copy, "new", START);
    expect_ok(ofp_store_backup(copy, care_path("c"), &error));
    expect_ok(ofp_store_check(copy, &error));
    ofp_store_close(copy);
    copy = care_open_as("c", OFP_STORE_READ);
    expect_ok(ofp_store_check(copy, &error));
    ofp_store_close(copy);
}
END_TEST

START_TEST(can_be_made_by_a_reader)
{
    ofp_store *reader = care_open_as("s", OFP_STORE_READ);
    expect_ok(ofp_store_backup(reader, care_path("b"), &error));
    ofp_store_close(reader);
    expect_sound("b");
}
END_TEST

/* SQLite takes such names for something else. */
START_TEST(may_have_any_name)
{
    static const char *const names[] = {":memory:", "file:x?mode=ro", "a b%20c?d#e", "\xFF"};
    char before[CARE_PATH];
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(care_path("")), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stat about;
        expect_ok(ofp_store_backup(store, names[i], &error));
        ck_assert_int_eq(stat(names[i], &about), 0);
        ck_assert_int_gt(about.st_size, 50000);
    }
    ck_assert_int_eq(chdir(before), 0);
}
END_TEST

START_TEST(never_writes_over_a_file)
{
    size_t size;
    care_write(care_path("b"), "mine", 4);
    expect_failure(ofp_store_backup(store, care_path("b"), &error), OFP_CODE_FILE_EXISTS);
    expect_failure(ofp_store_backup(store, care_path("s"), &error), OFP_CODE_FILE_EXISTS);
    ck_assert_int_eq(symlink("nowhere", care_path("l")), 0);
    expect_failure(ofp_store_backup(store, care_path("l"), &error), OFP_CODE_FILE_EXISTS);
    char *kept = care_read(care_path("b"), &size);
    ck_assert_str_eq(kept, "mine");
    free(kept);
    expect_ok(ofp_store_check(store, &error));
}
END_TEST

START_TEST(says_why_there_is_none)
{
    ofp_error *mistake = NULL;
    ck_assert_int_eq(ofp_store_backup(store, care_path("none/b"), &mistake), OFP_STATUS_IO);
    ck_assert_int_eq(ofp_error_first(mistake)->code, OFP_CODE_STORE_UNOPENED);
    ck_assert_str_eq(ofp_error_message(mistake),
                     "the backup can't be made: No such file or directory");
    ck_assert_str_eq(ofp_error_first(mistake)->source, care_path("none/b"));
    ofp_error_free(mistake);
    expect_failure(ofp_store_backup(store, NULL, &error), OFP_CODE_MISUSE);
}
END_TEST

/* The file can't grow: what there was of the backup is taken away. */
START_TEST(leaves_no_part_behind)
{
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 20000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    ofp_error *mistake = NULL;
    const ofp_status status = ofp_store_backup(store, care_path("b"), &mistake);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    ck_assert_msg(status == OFP_STATUS_IO || status == OFP_STATUS_FULL, "%s",
                  ofp_status_name(status));
    ofp_error_free(mistake);
    ck_assert(!exists("b") && !exists("b-journal"));
    expect_ok(ofp_store_check(store, &error));
    expect_ok(ofp_store_backup(store, care_path("b"), &error));
    expect_sound("b");
}
END_TEST

START_TEST(belongs_to_the_process_that_opened_the_store)
{
    const pid_t child = fork();
    if (child == 0) {
        /* What is left of the connection goes with the program. */
        if (ofp_store_backup(store, care_path("b"), NULL) == OFP_STATUS_MISUSE && !exists("b"))
            execl("/bin/true", "true", NULL);
        _exit(1);
    }
    int result;
    waitpid(child, &result, 0);
    ck_assert_int_eq(result, 0);
}
END_TEST

static atomic_bool enough;

static void *write_on(void *name)
{
    char org[32];
    ofp_store *other = care_open(name);
    for (int i = 0; !enough; i++) {
        snprintf(org, sizeof org, "org-%d", i);
        care_life life = care_request(other, org, START);
        care_happen(&life, OFP_EVENT_APPROVE, START + 1);
    }
    ofp_store_close(other);
    return NULL;
}

/* Others write all the time: each backup is of one moment, and each has more than the one before.
 */
START_TEST(is_of_one_moment)
{
    enum { BACKUPS = 8 };
    int64_t last = 0;
    pthread_t writer;
    enough = false;
    pthread_create(&writer, NULL, write_on, "s");
    for (int i = 0; i < BACKUPS; i++) {
        char name[8];
        snprintf(name, sizeof name, "b%d", i);
        expect_ok(ofp_store_backup(store, care_path(name), &error));
        ofp_store_stats stats = {.size = sizeof stats};
        ofp_store *copy = care_open_as(name, OFP_STORE_READ);
        expect_ok(ofp_store_check(copy, &error));
        expect_ok(ofp_store_get_stats(copy, START, &stats, &error));
        ck_assert_int_ge(stats.events, last);
        last = stats.events;
        ofp_store_close(copy);
    }
    enough = true;
    pthread_join(writer, NULL);
    ck_assert_int_gt(last, 26);
}
END_TEST

TCase *care_backup_case(void)
{
    TCase *tests = tcase_create("care: backup");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, is_the_whole_store_in_one_file);
    tcase_add_test(tests, can_take_the_store_s_place);
    tcase_add_test(tests, can_be_made_by_a_reader);
    tcase_add_test(tests, may_have_any_name);
    tcase_add_test(tests, never_writes_over_a_file);
    tcase_add_test(tests, says_why_there_is_none);
    tcase_add_test(tests, leaves_no_part_behind);
    tcase_add_test(tests, belongs_to_the_process_that_opened_the_store);
    tcase_add_test(tests, is_of_one_moment);
    return tests;
}
