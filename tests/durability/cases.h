/* SPDX-License-Identifier: MIT */
/* The test cases of this folder: one for each way in which a store could be lost. */
#ifndef OFP_TEST_DURABILITY_CASES_H
#define OFP_TEST_DURABILITY_CASES_H

#include <check.h>

TCase *io_case(void);
TCase *power_case(void);
TCase *kill_case(void);
TCase *processes_case(void);
TCase *disk_case(void);

#endif
