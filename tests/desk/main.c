/* SPDX-License-Identifier: MIT */
#include "desk_setting.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        desk_decide_case, desk_hold_case, desk_log_case, desk_compare_case, desk_memory_case, NULL,
    };
    const int status = run_test_cases("desk", makers);
    free_policy();
    return status;
}
