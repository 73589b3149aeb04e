/* SPDX-License-Identifier: MIT */
#include "fixture.h"
#include "run.h"

int main(void)
{
    static const test_case_maker makers[] = {
        reader_case,        request_case,       request_mistakes_case, reader_limits_case,
        reader_misuse_case, reader_memory_case, question_case,         decision_json_case,
        error_json_case,    facts_case,         request_json_case,     NULL,
    };
    const int status = run_test_cases("document", makers);
    free_fixtures();
    return status;
}
