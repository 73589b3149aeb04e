/* SPDX-License-Identifier: MIT */
/* The test cases of the room `migration`, and of what the room `document` has for it. */
#ifndef OFP_TEST_MIGRATION_CASES_H
#define OFP_TEST_MIGRATION_CASES_H

#include <check.h>

TCase *actions_case(void);
TCase *changed_case(void);
TCase *content_case(void);
TCase *documents_case(void);
TCase *facts_case(void);
TCase *keys_case(void);
TCase *life_case(void);
TCase *members_case(void);
TCase *memory_case(void);
TCase *notes_case(void);
TCase *rights_case(void);
TCase *shared_case(void);
TCase *states_case(void);
TCase *sweep_case(void);

#endif
