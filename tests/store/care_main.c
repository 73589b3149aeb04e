/* SPDX-License-Identifier: MIT */
#include "care_cases.h"
#include "run.h"
#include "sqlite_memory.h"

int main(void)
{
    static const test_case_maker makers[] = {
        care_backup_case, care_check_case,  care_export_case,
        care_faults_case, care_import_case, care_prune_case,
        care_schema_case, care_stats_case,  NULL,
    };
    sqlite_memory_install();
    return run_test_cases("store care", makers);
}
