/* SPDX-License-Identifier: MIT */
/* Everything that a program does with a store is tried with allocations failing. */
#include <check.h>
#include <string.h>

#include "failing_calls.h"
#include "trial.h"

static stage here;

static void arm_memory(long number)
{
    failing_arm(FAILING_MEMORY, number);
}

static const char *name_nothing(void)
{
    return "";
}

static const trial_failure memory = {"no memory",        OFP_STATUS_NO_MEMORY, false,
                                     arm_memory,         failing_disarm,       name_nothing,
                                     failing_live_blocks};

/* Opening takes most of the calls, and it is always the same. */
static bool is_opening(const act *what)
{
    return what->makes || strcmp(what->name, "open") == 0;
}

START_TEST(memory_fails)
{
    const act *what = &stage_acts[_i];
    trial_run(&here, what, &memory, is_opening(what), rig_is_full() ? 1 : 29);
}
END_TEST

int main(void)
{
    stage_start(&here);
    Suite *suite = suite_create("faults of a store");
    TCase *tcase = tcase_create("every call fails once");
    tcase_set_timeout(tcase, 3600);
    tcase_add_loop_test(tcase, memory_fails, 0, stage_act_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    stage_end(&here);
    return failures != 0;
}
