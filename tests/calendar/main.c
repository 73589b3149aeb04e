/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        lookup_case,     intervals_case, week_case,         tzif_case,  zone_rule_case,
        zone_case,       zone_file_case, zone_version_case, label_case, calendar_case,
        exceptions_case, changes_case,   horizon_case,      model_case, at_once_case,
        no_memory_case,  NULL,
    };
    return run_test_cases("calendar", makers);
}
