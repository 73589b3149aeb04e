/* SPDX-License-Identifier: MIT */
/* The test cases of the room `compile`. */
#ifndef OFP_TEST_COMPILE_CASES_H
#define OFP_TEST_COMPILE_CASES_H

#include <check.h>

TCase *conditions_case(void);
TCase *corpus_case(void);
TCase *duration_text_case(void);
TCase *hours_text_case(void);
TCase *load_case(void);
TCase *memory_case(void);
TCase *tables_case(void);
TCase *yaml_tree_case(void);

#endif
