/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"
#include "sqlite_memory.h"

int main(void)
{
    static const test_case_maker makers[] = {
        audit_case,        connection_case,     decision_log_case, ledger_case, list_case,
        memory_case,       open_case,           outbox_case,       plan_case,   query_case,
        record_table_case, sqlite_failure_case, texts_case,        words_case,  NULL,
    };
    sqlite_memory_install();
    return run_test_cases("store", makers);
}
