/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        request_check_case,
        request_limits_case,
        priority_case,
        classify_case,
        classify_prepared_case,
        verdict_case,
        verdict_migration_case,
        verdict_table_case,
        level_case,
        sla_case,
        actions_case,
        shared_tags_case,
        key_case,
        text_case,
        valid_until_case,
        copy_case,
        scratch_case,
        migration_reasons_case,
        /* The last one: it looks whether the others have met every reason. */
        reasons_case,
        NULL,
    };
    return run_test_cases("decide", makers);
}
