/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
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

/* What comes out of a pipe, until its end. */
typedef struct pipe_drain {
    int fd;
    bool lazy; /* take a little, and late */
    char *data;
    size_t size;
} pipe_drain;

static void *drain_pipe(void *argument)
{
    pipe_drain *drain = argument;
    for (;;) {
        const struct timespec moment = {.tv_nsec = 200000};
        if (drain->lazy)
            nanosleep(&moment, NULL);
        drain->data = realloc(drain->data, drain->size + 4096);
        const ssize_t size = read(drain->fd, drain->data + drain->size, drain->lazy ? 700 : 4096);
        if (size <= 0)
            return NULL;
        drain->size += (size_t)size;
    }
}

/* Exports through a pipe. @param flags for its writing end */
static pipe_drain export_through(int flags, bool lazy)
{
    int ends[2];
    pthread_t reader;
    ck_assert_int_eq(pipe(ends), 0);
    fcntl(ends[1], F_SETFL, flags);
    fcntl(ends[1], F_SETPIPE_SZ, 4096);
    pipe_drain drain = {.fd = ends[0], .lazy = lazy};
    ck_assert_int_eq(pthread_create(&reader, NULL, drain_pipe, &drain), 0);
    expect_ok(ofp_store_export(store, ends[1], &error));
    close(ends[1]);
    pthread_join(reader, NULL);
    close(ends[0]);
    return drain;
}

static void expect_export(pipe_drain got)
{
    size_t size;
    care_export(store, care_path("whole"));
    char *whole = care_read(care_path("whole"), &size);
    ck_assert_uint_eq(got.size, size);
    ck_assert_int_eq(memcmp(got.data, whole, size), 0);
    free(whole);
    free(got.data);
}

START_TEST(is_a_line_for_each_record)
{
    static const char *const starts[] = {"{\"offerpolicy_store\":1}",
                                         "{\"migration\":{\"number\":", "{\"audit\":{\"seq\":",
                                         "{\"action\":{\"seq\":", "{\"decision\":{\"seq\":"};
    static const int counts[] = {1, 9, 26, 33, 2};
    size_t size;
    care_export(store, care_path("x"));
    char *text = care_read(care_path("x"), &size), *line = text;
    for (int kind = 0; kind < 5; kind++) {
        for (int i = 0; i < counts[kind]; i++) {
            ck_assert_int_eq(strncmp(line, starts[kind], strlen(starts[kind])), 0);
            line = strchr(line, '\n') + 1;
        }
    }
    ck_assert_str_eq(line, "{\"records\":70}\n");
    free(text);
}
END_TEST

START_TEST(goes_through_pipes)
{
    expect_export(export_through(0, false));
    expect_export(export_through(0, true));
}
END_TEST

START_TEST(waits_for_a_pipe_that_does_not_block)
{
    expect_export(export_through(O_NONBLOCK, true));
}
END_TEST

static void interrupt(int number)
{
    (void)number;
}

START_TEST(goes_on_after_interruptions)
{
    const struct sigaction action = {.sa_handler = interrupt};
    const struct itimerval often = {{0, 300}, {0, 300}}, never = {0};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    const pipe_drain got = export_through(0, true);
    setitimer(ITIMER_REAL, &never, NULL);
    /* One may still be on its way. */
    signal(SIGALRM, SIG_IGN);
    signal(SIGALRM, SIG_DFL);
    expect_export(got);
}
END_TEST

/* Nobody reads: a status, whatever the program does with SIGPIPE, and the signal is not left. */
START_TEST(fails_when_nobody_reads)
{
    int ends[2];
    sigset_t pending;
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    expect_failure(ofp_store_export(store, ends[1], &error), OFP_CODE_EXPORT_UNWRITABLE);
    sigpending(&pending);
    ck_assert(!sigismember(&pending, SIGPIPE));
    signal(SIGPIPE, SIG_IGN);
    expect_failure(ofp_store_export(store, ends[1], &error), OFP_CODE_EXPORT_UNWRITABLE);
    signal(SIGPIPE, SIG_DFL);
    close(ends[1]);
    expect_ok(ofp_store_check(store, &error));
}
END_TEST

/* A SIGPIPE of somebody else that waits is left where it is. */
START_TEST(leaves_signals_of_others)
{
    int ends[2];
    sigset_t signals, before, pending;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    raise(SIGPIPE);
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    expect_failure(ofp_store_export(store, ends[1], &error), OFP_CODE_EXPORT_UNWRITABLE);
    close(ends[1]);
    sigpending(&pending);
    ck_assert(sigismember(&pending, SIGPIPE));
    const struct timespec at_once = {0};
    ck_assert_int_eq(sigtimedwait(&signals, NULL, &at_once), SIGPIPE);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
END_TEST

START_TEST(says_why_it_can_not_write)
{
    ofp_error *mistake = NULL;
    ck_assert_int_eq(ofp_store_export(store, -1, &mistake), OFP_STATUS_IO);
    ck_assert_str_eq(ofp_error_message(mistake), "writing the export failed: Bad file descriptor");
    ofp_error_free(mistake);
    const int full = open("/dev/full", O_WRONLY);
    ck_assert_int_eq(ofp_store_export(store, full, &mistake), OFP_STATUS_IO);
    ck_assert_str_eq(ofp_error_message(mistake),
                     "writing the export failed: No space left on device");
    ofp_error_free(mistake);
    close(full);
}
END_TEST

/* Others write while it is read, but it is of the moment when it began. */
START_TEST(is_of_one_moment)
{
    care_export(store, care_path("before"));
    ofp_store *other = care_open("s");
    expect_ok(ofp_store_hold(store, &error));
    care_request(other, "late", START);
    care_export(store, care_path("held"));
    ofp_store_release(store);
    care_export(store, care_path("after"));
    size_t before_size, held_size, after_size;
    char *before = care_read(care_path("before"), &before_size);
    char *held = care_read(care_path("held"), &held_size);
    char *after = care_read(care_path("after"), &after_size);
    ck_assert_str_eq(before, held);
    ck_assert_uint_gt(after_size, held_size);
    free(before);
    free(held);
    free(after);
    ofp_store_close(other);
}
END_TEST

TCase *care_export_case(void)
{
    TCase *tests = tcase_create("care: export");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, is_a_line_for_each_record);
    tcase_add_test(tests, goes_through_pipes);
    tcase_add_test(tests, waits_for_a_pipe_that_does_not_block);
    tcase_add_test(tests, goes_on_after_interruptions);
    tcase_add_test(tests, fails_when_nobody_reads);
    tcase_add_test(tests, leaves_signals_of_others);
    tcase_add_test(tests, says_why_it_can_not_write);
    tcase_add_test(tests, is_of_one_moment);
    return tests;
}
