/* SPDX-License-Identifier: MIT */
/* The test cases of the room `base`: one for each of its sources. */
#ifndef OFP_TEST_BASE_CASES_H
#define OFP_TEST_BASE_CASES_H

#include <check.h>

TCase *arena_case(void);
TCase *array_case(void);
TCase *buffer_case(void);
TCase *civil_case(void);
TCase *cursor_case(void);
TCase *date_case(void);
TCase *error_case(void);
TCase *excerpt_case(void);
TCase *json_writer_case(void);
TCase *moment_case(void);
TCase *names_case(void);
TCase *report_case(void);
TCase *span_case(void);
TCase *utf8_case(void);

#endif
