/* SPDX-License-Identifier: MIT */
#ifndef OFP_TEST_CARE_CASES_H
#define OFP_TEST_CARE_CASES_H

#include <check.h>

TCase *care_backup_case(void);
TCase *care_check_case(void);
TCase *care_export_case(void);
TCase *care_faults_case(void);
TCase *care_import_case(void);
TCase *care_prune_case(void);
TCase *care_schema_case(void);
TCase *care_stats_case(void);

#endif
