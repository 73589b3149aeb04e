/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        arena_case, array_case,  buffer_case,  civil_case,       cursor_case,
        date_case,  error_case,  excerpt_case, json_writer_case, moment_case,
        names_case, report_case, span_case,    utf8_case,        NULL,
    };
    return run_test_cases("base", makers);
}
