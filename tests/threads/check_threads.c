/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Many threads on one policy: each decides the same requests, starting at another one, while the
 * calendars' timelines are still to be computed and the policy is prepared; every answer must be
 * the one of a single thread. Run under TSan it proves that they share the policy without a race.
 */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

enum { THREADS = 8, MOST_LINES = 1000, ROUNDS = 3 };

static const char *zone_directory, *policy_path;
static char *lines[MOST_LINES];
static char *expected[MOST_LINES];
static size_t line_count;
static pthread_barrier_t barrier;

/* Outside of tests, where Check's assertions can't be used, too. */
static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s\n", what);
        exit(1);
    }
}

static ofp_policy *load(void)
{
    const ofp_policy_options options = {
        .size = sizeof options,
        .zone_directory = zone_directory,
    };
    ofp_policy *policy = NULL;
    must(!ofp_policy_load(policy_path, &options, &policy, NULL), "the policy does not load");
    return policy;
}

/* What one thread works with. */
typedef struct worker {
    const ofp_policy *policy;
    size_t start;
    size_t differences;
    ofp_json *json;
    ofp_scratch *scratch;
    ofp_buffer *buffer;
} worker;

static bool make_worker(worker *made)
{
    return !ofp_json_new(&made->json, NULL) && !ofp_scratch_new(&made->scratch, NULL) &&
           !ofp_buffer_new(&made->buffer, NULL);
}

static void free_worker(worker *made)
{
    ofp_json_free(made->json);
    ofp_scratch_free(made->scratch);
    ofp_buffer_free(made->buffer);
}

/* @return the answer, in the worker's buffer; also for a request that is refused */
static const char *answer(worker *by, const char *line)
{
    const ofp_request *request;
    const ofp_decision *decision;
    ofp_error *error = NULL;
    ofp_buffer_clear(by->buffer);
    ofp_status status = ofp_json_read_request(by->json, by->policy, ofp_text_of(line),
                                              OFP_INSTANT_NONE, &request, &error);
    if (!status)
        status = ofp_decide(by->policy, request, by->scratch, &decision, &error);
    if (!status)
        status = ofp_decision_write_json(decision, by->buffer, &error);
    if (!status)
        status = ofp_decision_explain(decision, NULL, by->buffer, &error);
    if (status)
        ofp_error_write_json(error, NULL, 0, by->buffer, NULL);
    ofp_error_free(error);
    return ofp_buffer_text(by->buffer).data;
}

static void *work(void *argument)
{
    worker *self = argument;
    if (!make_worker(self))
        self->differences++;
    pthread_barrier_wait(&barrier);
    for (size_t i = 0; !self->differences && i < line_count; i++) {
        /* Some at once, some while others decide. */
        if (i == self->start % 4 * line_count / 8)
            self->differences += ofp_policy_prepare(self->policy, NULL) != OFP_STATUS_OK;
        const size_t line = (self->start + i) % line_count;
        self->differences += strcmp(answer(self, lines[line]), expected[line]) != 0;
    }
    free_worker(self);
    return NULL;
}

START_TEST(threads_agree)
{
    ofp_policy *policy = load();
    pthread_t threads[THREADS];
    worker workers[THREADS] = {0};
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i].policy = ofp_policy_ref(policy);
        workers[i].start = i * line_count / THREADS;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_uint_eq(workers[i].differences, 0);
        ofp_policy_unref(policy);
    }
    pthread_barrier_destroy(&barrier);
    ofp_policy_unref(policy);
}
END_TEST

static bool read_lines(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t capacity = 0;
    while (file && line_count < MOST_LINES) {
        lines[line_count] = NULL;
        capacity = 0;
        if (getline(&lines[line_count], &capacity, file) < 0)
            break;
        line_count++;
    }
    if (file)
        fclose(file);
    free(lines[line_count]);
    return line_count > 0;
}

static void expect_answers(void)
{
    worker alone = {.policy = load()};
    must(make_worker(&alone), "out of memory");
    for (size_t i = 0; i < line_count; i++)
        expected[i] = strdup(answer(&alone, lines[i]));
    free_worker(&alone);
    ofp_policy_unref((ofp_policy *)alone.policy);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    zone_directory = argv[1];
    policy_path = argv[2];
    if (!read_lines(argv[3]))
        return 2;
    expect_answers();
    Suite *suite = suite_create("threads");
    TCase *tcase = tcase_create("one policy");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, threads_agree, 0, ROUNDS);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    for (size_t i = 0; i < line_count; i++) {
        free(lines[i]);
        free(expected[i]);
    }
    return failures != 0;
}
