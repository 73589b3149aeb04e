/* SPDX-License-Identifier: MIT */
/* The test cases of the room `decide`. */
#ifndef OFP_TEST_DECIDE_CASES_H
#define OFP_TEST_DECIDE_CASES_H

#include <check.h>

TCase *actions_case(void);
TCase *classify_case(void);
TCase *classify_prepared_case(void);
TCase *copy_case(void);
TCase *key_case(void);
TCase *level_case(void);
TCase *migration_reasons_case(void);
TCase *priority_case(void);
TCase *reasons_case(void);
TCase *request_check_case(void);
TCase *request_limits_case(void);
TCase *scratch_case(void);
TCase *shared_tags_case(void);
TCase *sla_case(void);
TCase *text_case(void);
TCase *valid_until_case(void);
TCase *verdict_case(void);
TCase *verdict_migration_case(void);
TCase *verdict_table_case(void);

#endif
