/* SPDX-License-Identifier: MIT */
/* The test cases of the room `policy`. */
#ifndef OFP_TEST_POLICY_CASES_H
#define OFP_TEST_POLICY_CASES_H

#include <check.h>

TCase *condition_case(void);
TCase *policy_case(void);
TCase *random_rules_case(void);
TCase *rules_case(void);
TCase *template_case(void);

#endif
