/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Many threads on one store, each with a connection of its own: no step is lost, no limit is
 * exceeded. Run under TSan it proves that connections share nothing without a lock.
 */
#include <check.h>
#include <pthread.h>

#include "must.h"
#include "proof.h"
#include "rig.h"

enum { THREADS = 8, TURNS = 60, ROUNDS = 3 };

static char folder[RIG_PATH];

/* What one thread works with. */
typedef struct worker {
    int number, round;
    receipts receipts;
} worker;

static void take(load *steps)
{
    ofp_error *error;
    const load_turn turn = load_draw(steps);
    const ofp_status status = load_take(steps, turn, &error);
    must(!status || status == OFP_STATUS_BUSY || status == OFP_STATUS_NOT_ALLOWED ||
             status == OFP_STATUS_CONFLICT,
         "%s: %s: %s", load_turn_name(turn), ofp_status_name(status), ofp_error_message(error));
    ofp_error_free(error);
}

static void expect_limit(load *steps)
{
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    ofp_records *found;
    size_t count;
    filter.state = OFP_MIGRATION_IS_LIVE;
    filter.at = steps->at;
    must(!ofp_store_list(steps->store, &filter, &found, NULL), "no list");
    ofp_records_migrations(found, &count);
    must(count <= RIG_MAX_LIVE, "%zu are live", count);
    ofp_records_free(found);
}

static void *work(void *argument)
{
    worker *self = argument;
    char name[64], path[RIG_PATH + 16];
    snprintf(path, sizeof path, "%s/store.db", folder);
    snprintf(name, sizeof name, "round %d, thread %d", self->round, self->number);
    load steps = {
        .store = rig_open(path, OFP_STORE_CREATE),
        .random = {(uint64_t)(self->round * THREADS + self->number)},
        .at = RIG_START + self->round * INT64_C(5) * RIG_DAY,
        .frozen = true,
        .name = name,
        .sink = receipts_add,
        .context = &self->receipts,
    };
    for (int i = 0; i < TURNS; i++) {
        take(&steps);
        expect_limit(&steps);
    }
    load_end(&steps);
    ofp_store_close(steps.store);
    return NULL;
}

static void expect_receipts(const receipts *kept)
{
    char problem[500];
    ofp_store *store = rig_open(rig_path(folder, "store.db"), OFP_STORE_READ);
    ck_assert_msg(proof_holds(store, kept, kept->count, problem, sizeof problem), "%s", problem);
    ofp_store_close(store);
}

START_TEST(threads_at_once)
{
    pthread_t threads[THREADS];
    worker workers[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) {
        workers[i].number = i;
        workers[i].round = _i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++) {
        expect_receipts(&workers[i].receipts);
        ck_assert_uint_gt(workers[i].receipts.count, 0);
        receipts_free(&workers[i].receipts);
    }
}
END_TEST

int main(void)
{
    rig_make_folder(folder);
    rig_policy();
    Suite *suite = suite_create("threads of a store");
    TCase *tcase = tcase_create("one store");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, threads_at_once, 0, ROUNDS);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    rig_clear_folder(folder, true);
    return failures != 0;
}
