/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Processes that take steps are killed at any moment, one while the other goes on. Then all that
 * they had acknowledged is there, and nothing is there by half.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"
#include "children.h"
#include "expect.h"
#include "must.h"
#include "rig.h"

enum { ROUNDS_OF_A_STORE = 20, STORES = 3, STORES_IN_FULL = 25, LONGEST_LIFE_US = 20000 };

static void work_until_killed(load *steps, void *context)
{
    (void)context;
    while (true) {
        ofp_error *error;
        load_take(steps, load_draw(steps), &error);
        ofp_error_free(error);
    }
}

static pid_t start(children *processes, const char *path, random_source *random, int64_t at)
{
    static int number;
    char name[32];
    snprintf(name, sizeof name, "child %d", number++);
    const load like = {.random = {random_next(random)}, .at = at, .name = name};
    return children_add(processes, path, &like, work_until_killed, NULL);
}

static void end(pid_t process, random_source *random)
{
    int status;
    usleep(random_below(random, LONGEST_LIFE_US));
    kill(process, SIGKILL);
    must(waitpid(process, &status, 0) == process, "the child is lost");
    ck_assert_msg(WIFSIGNALED(status), "a child has ended by itself: %d", status);
}

/* The clock of the newest receipt. */
static int64_t last_clock(const receipts *kept)
{
    int64_t last = RIG_START;
    for (size_t i = 0; i < kept->count; i++)
        last = kept->items[i].at > last ? kept->items[i].at : last;
    return last;
}

static void run_round(const char *path, random_source *random, receipts *kept)
{
    children processes;
    children_start(&processes);
    const int64_t at = last_clock(kept) + RIG_DAY;
    const pid_t first = start(&processes, path, random, at);
    const pid_t second = start(&processes, path, random, at);
    end(first, random);
    end(second, random);
    children_collect(&processes, kept);
}

START_TEST(processes_are_killed)
{
    random_source random = random_start("processes are killed");
    char folder[RIG_PATH], problem[500];
    rig_make_folder(folder);
    receipts kept = {0};
    for (int round = 0; round < ROUNDS_OF_A_STORE; round++) {
        run_round(rig_path(folder, "store.db"), &random, &kept);
        ofp_store *store = rig_open(rig_path(folder, "store.db"), OFP_STORE_CREATE);
        expect_each(proof_holds(store, &kept, kept.count, problem, sizeof problem),
                    "after %d rounds: %s", round + 1, problem);
        ofp_store_close(store);
    }
    printf("%d kills, %zu receipts\n", 2 * ROUNDS_OF_A_STORE, kept.count);
    ck_assert_uint_gt(kept.count, ROUNDS_OF_A_STORE);
    receipts_free(&kept);
    rig_clear_folder(folder, true);
}
END_TEST

TCase *kill_case(void)
{
    TCase *tcase = tcase_create("kill");
    tcase_set_timeout(tcase, 3600);
    tcase_add_loop_test(tcase, processes_are_killed, 0, rig_is_full() ? STORES_IN_FULL : STORES);
    return tcase;
}
