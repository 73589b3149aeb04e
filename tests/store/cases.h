/* SPDX-License-Identifier: MIT */
/* The test cases of the room `store`. */
#ifndef OFP_TEST_STORE_CASES_H
#define OFP_TEST_STORE_CASES_H

#include <check.h>

TCase *audit_case(void);
TCase *connection_case(void);
TCase *decision_log_case(void);
TCase *ledger_case(void);
TCase *list_case(void);
TCase *memory_case(void);
TCase *open_case(void);
TCase *outbox_case(void);
TCase *plan_case(void);
TCase *query_case(void);
TCase *record_table_case(void);
TCase *sqlite_failure_case(void);
TCase *texts_case(void);
TCase *words_case(void);

#endif
