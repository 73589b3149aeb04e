/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "run.h"

int run_test_cases(const char *suite_name, const test_case_maker *makers)
{
    Suite *suite = suite_create(suite_name);
    for (; *makers; makers++)
        suite_add_tcase(suite, (*makers)());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
