/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        actions_case, changed_case, content_case, documents_case, facts_case,
        keys_case,    life_case,    members_case, memory_case,    notes_case,
        rights_case,  shared_case,  states_case,  sweep_case,     NULL,
    };
    return run_test_cases("migration", makers);
}
