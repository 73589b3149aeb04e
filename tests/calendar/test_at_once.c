/* SPDX-License-Identifier: MIT */
#include <pthread.h>

#include "cases.h"
#include "expect.h"
#include "sample.h"

enum { THREADS = 8, QUESTIONS = 200 };

/* What one thread asks, and what it is told. */
typedef struct asker {
    const ofp_calendar *calendar;
    pthread_barrier_t *barrier;
    int64_t answers[QUESTIONS];
    bool failed;
} asker;

static void *ask(void *argument)
{
    asker *own = argument;
    /* All at the same time, so that several of them compute the timeline. */
    pthread_barrier_wait(own->barrier);
    for (int i = 0; i < QUESTIONS; i++) {
        const ofp_status status = ofp_calendar_due(own->calendar, 1700000000 + i * 86399, i * 600,
                                                   &own->answers[i], NULL);
        own->failed = own->failed || status != OFP_STATUS_OK;
    }
    return NULL;
}

static void run(const ofp_calendar *calendar, asker *askers)
{
    pthread_t threads[THREADS];
    pthread_barrier_t barrier;
    ck_assert_int_eq(pthread_barrier_init(&barrier, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++) {
        askers[i] = (asker){.calendar = calendar, .barrier = &barrier};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, &askers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    pthread_barrier_destroy(&barrier);
}

START_TEST(answers_many_threads_at_once)
{
    static asker askers[THREADS];
    for (int round = 0; round < 30; round++) {
        test_calendar office;
        sample_start(&office, "America/New_York");
        sample_week(&office, 0, 4, "09:00-12:00 13:00-17:00");
        sample_holiday(&office, "2023-12-25");
        run(sample_calendar(&office), askers);
        for (int i = 0; i < THREADS; i++) {
            ck_assert(!askers[i].failed);
            for (int question = 0; question < QUESTIONS; question++)
                ck_assert_int_eq(askers[i].answers[question], askers[0].answers[question]);
        }
        sample_end(&office);
    }
}
END_TEST

TCase *at_once_case(void)
{
    TCase *tests = tcase_create("at_once");
    tcase_add_test(tests, answers_many_threads_at_once);
    tcase_set_timeout(tests, 60);
    return tests;
}
