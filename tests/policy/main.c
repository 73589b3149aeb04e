/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        condition_case, rules_case, random_rules_case, template_case, policy_case, NULL,
    };
    return run_test_cases("policy", makers);
}
