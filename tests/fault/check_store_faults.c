/* SPDX-License-Identifier: MIT */
/* Everything that a program does with a store is tried with each allocation failing. */
#include <check.h>

#include "failing_calls.h"
#include "trial.h"

static stage here;

static void arm_memory(long number)
{
    failing_arm(FAILING_MEMORY, number);
}

static void arm_files(long number)
{
    failing_arm(FAILING_FILES, number);
}

static const char *name_nothing(void)
{
    return "";
}

static const trial_failure memory = {"no memory",        OFP_STATUS_NO_MEMORY, false,
                                     arm_memory,         failing_disarm,       name_nothing,
                                     failing_live_blocks};
static const trial_failure files = {
    "no file", OFP_STATUS_IO, false, arm_files, failing_disarm, name_nothing, failing_live_blocks};

START_TEST(memory_fails)
{
    trial_run(&here, &stage_acts[_i], &memory, false);
    trial_run(&here, &stage_acts[_i], &memory, true);
}
END_TEST

START_TEST(files_fail)
{
    trial_run(&here, &stage_acts[_i], &files, false);
    trial_run(&here, &stage_acts[_i], &files, true);
}
END_TEST

int main(void)
{
    stage_start(&here);
    Suite *suite = suite_create("faults of a store");
    TCase *tcase = tcase_create("every call fails once");
    tcase_set_timeout(tcase, 3600);
    tcase_add_loop_test(tcase, memory_fails, 0, stage_act_count);
    tcase_add_loop_test(tcase, files_fail, 0, stage_act_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    stage_end(&here);
    return failures != 0;
}
