/* SPDX-License-Identifier: MIT */
/* The test cases of the room `calendar`. */
#ifndef OFP_TEST_CALENDAR_CASES_H
#define OFP_TEST_CALENDAR_CASES_H

#include <check.h>

TCase *lookup_case(void);
TCase *intervals_case(void);
TCase *week_case(void);
TCase *tzif_case(void);
TCase *zone_rule_case(void);
TCase *zone_case(void);
TCase *zone_file_case(void);
TCase *zone_version_case(void);
TCase *label_case(void);
TCase *calendar_case(void);
TCase *exceptions_case(void);
TCase *changes_case(void);
TCase *horizon_case(void);
TCase *model_case(void);
TCase *at_once_case(void);
TCase *no_memory_case(void);

#endif
