/* SPDX-License-Identifier: MIT */
/* Everything that a program does with a store is tried with each call to the files failing. */
#include "cases.h"
#include "fault.h"
#include "trial.h"

static stage here;

static void arm_once(long number)
{
    fault_arm(FAULT_ONCE, number);
}

static void arm_for_good(long number)
{
    fault_arm(FAULT_FOR_GOOD, number);
}

static void arm_full(long number)
{
    fault_arm(FAULT_FULL, number);
}

static const trial_failure failures[] = {
    {"an I/O error", OFP_STATUS_IO, false, arm_once, fault_disarm, fault_name, NULL},
    {"I/O errors for good", OFP_STATUS_IO, true, arm_for_good, fault_disarm, fault_name, NULL},
    {"disk full", OFP_STATUS_FULL, true, arm_full, fault_disarm, fault_name, NULL},
};
enum { FAILURE_COUNT = sizeof failures / sizeof *failures };

START_TEST(calls_fail)
{
    const act *what = &stage_acts[_i / FAILURE_COUNT];
    const trial_failure *failure = &failures[_i % FAILURE_COUNT];
    const long stride = rig_is_full() ? 1 : 5;
    trial_run(&here, what, failure, false, stride);
    trial_run(&here, what, failure, true, stride);
}
END_TEST

static void set_up(void)
{
    stage_start(&here);
}

static void tear_down(void)
{
    stage_end(&here);
}

TCase *io_case(void)
{
    TCase *tcase = tcase_create("io");
    tcase_add_unchecked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 3600);
    tcase_add_loop_test(tcase, calls_fail, 0, stage_act_count * FAILURE_COUNT);
    return tcase;
}
