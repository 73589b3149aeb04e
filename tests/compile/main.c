/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        conditions_case, corpus_case,    duration_text_case,
        hours_text_case, load_case,      memory_case,
        tables_case,     yaml_tree_case, NULL,
    };
    return run_test_cases("compile", makers);
}
