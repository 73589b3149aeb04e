/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        actions_case,
        content_case,
        keys_case,
        life_case,
        members_case,
        rights_case,
        shared_case,
        states_case,
        NULL,
    };
    return run_test_cases("migration", makers);
}
