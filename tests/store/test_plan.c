/* SPDX-License-Identifier: MIT */
/* What SQLite does for each statement: nothing that costs more the more there is. */
#include <stdio.h>

#include "cases.h"
#include "expect.h"
#include "place.h"
#include "query.h"

static ofp_store *store;

static void start(void)
{
    place_start();
    store = place_open(OFP_STORE_CREATE);
}

static void stop(void)
{
    store = ofp_store_close(store);
    place_stop();
}

/* Statements that may look at everything, or sort: with the reason. */
static const struct {
    const char *name, *why;
} slow[] = {
    {"read_audit", "verifying reads all"},   {"compare_decisions", "two documents, no table"},
    {"find_use", "the first row is enough"}, {"read_line", "a line, no table"},
    {"read_schema", "two dozen rows"},
};

/* A name that starts like this is of care (backup, check, stats, export): it looks at everything.
 */
static const char *const care[] = {"check_", "export_", "count_", "find_"};

static bool is_slow(const char *name)
{
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        if (strcmp(slow[i].name, name) == 0)
            return true;
    }
    return false;
}

/* The hot ones: what decisions, steps, sweeps and listings of pending actions use. */
static const struct {
    ofp_statement statement;
    const char *index; /* which index it must use; NULL: the table's own key, or none is needed */
} hot[] = {
    {OFP_STATEMENT_TAKE_SNAPSHOT, NULL},
    {OFP_STATEMENT_READ_MIGRATION, NULL},
    {OFP_STATEMENT_READ_ACTIVE, "migrations_by_org"},
    {OFP_STATEMENT_READ_REMEMBERED, "migrations_by_org"},
    {OFP_STATEMENT_READ_DUE, "migrations_due"},
    {OFP_STATEMENT_COUNT_LIVE, "migrations_by_end"},
    {OFP_STATEMENT_COUNT_REQUESTS, "migrations_by_org"},
    {OFP_STATEMENT_INSERT_MIGRATION, NULL},
    {OFP_STATEMENT_UPDATE_MIGRATION, NULL},
    {OFP_STATEMENT_LIST_MIGRATIONS, NULL},
    {OFP_STATEMENT_LIST_MIGRATIONS_OF_ORG, "migrations_by_org"},
    {OFP_STATEMENT_DRAFT_EVENT, NULL},
    {OFP_STATEMENT_INSERT_EVENT, NULL},
    {OFP_STATEMENT_READ_EVENT, NULL},
    {OFP_STATEMENT_FIND_KEY, "sqlite_autoindex_audit_1"},
    {OFP_STATEMENT_READ_HEAD, NULL},
    {OFP_STATEMENT_LIST_EVENTS, NULL},
    {OFP_STATEMENT_LIST_EVENTS_OF_ORG, "audit_by_org"},
    {OFP_STATEMENT_LIST_EVENTS_OF_MIGRATION, "audit_by_migration"},
    {OFP_STATEMENT_FIRST_EVENT_SINCE, "audit_by_time"},
    {OFP_STATEMENT_INSERT_ACTION, NULL},
    {OFP_STATEMENT_READ_ACTION, NULL},
    {OFP_STATEMENT_READ_ACTIONS_OF_EVENT, "actions_by_event"},
    {OFP_STATEMENT_READ_ACTIONS_OF_MIGRATION, "actions_by_migration"},
    {OFP_STATEMENT_READ_TAG, "actions_by_migration"},
    {OFP_STATEMENT_LIST_ACTIONS, "actions_waiting"},
    {OFP_STATEMENT_FIND_ACTION, "sqlite_autoindex_actions_1"},
    {OFP_STATEMENT_SETTLE_ACTION, "sqlite_autoindex_actions_1"},
    {OFP_STATEMENT_FAIL_ACTION, "sqlite_autoindex_actions_1"},
    {OFP_STATEMENT_WITHDRAW_ACTIONS, "actions_by_tag"},
    {OFP_STATEMENT_INSERT_DECISION, NULL},
    {OFP_STATEMENT_LIST_DECISIONS, NULL},
    {OFP_STATEMENT_LIST_DECISIONS_OF_ORG, "decisions_by_org"},
    {OFP_STATEMENT_LIST_DECISIONS_OF_TICKET, "decisions_by_ticket"},
    {OFP_STATEMENT_FIRST_DECISION_SINCE, "decisions_by_time"},
};

/* The plan of a statement, its lines joined by ends of lines. */
static void explain(const char *sql, char *ret, size_t size)
{
    char explained[8192];
    sqlite3_stmt *statement;
    snprintf(explained, sizeof explained, "EXPLAIN QUERY PLAN %s", sql);
    const int result = sqlite3_prepare_v2(store->db, explained, -1, &statement, NULL);
    ck_assert_msg(result == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(store->db));
    size_t used = 0;
    ret[0] = '\0';
    while (sqlite3_step(statement) == SQLITE_ROW && used < size)
        used += (size_t)snprintf(ret + used, size - used, "%s\n",
                                 (const char *)sqlite3_column_text(statement, 3));
    sqlite3_finalize(statement);
}

START_TEST(every_statement_can_be_prepared)
{
    for (int i = 0; i < OFP_STATEMENT_COUNT; i++) {
        ofp_query query;
        ofp_error *error = NULL;
        const ofp_status status = ofp_query_start(store, (ofp_statement)i, &query, &error);
        ck_assert_msg(!status, "%s: %s", ofp_statement_texts[i].name,
                      status ? ofp_error_message(error) : "");
        ofp_query_end(&query);
    }
}
END_TEST

/* Reading a table in the order of its key, from the end, and stopping at the first row, is none. */
static bool looks_at_everything(const char *plan)
{
    char line[300];
    for (const char *at = plan; *at; at = strchr(at, '\n') + 1) {
        snprintf(line, sizeof line, "%.*s", (int)(strchr(at, '\n') - at), at);
        if (strstr(line, "USE TEMP B-TREE") || strstr(line, "AUTOMATIC"))
            return true;
        if (strncmp(line, "SCAN ", 5) == 0 && !strstr(line, "CONSTANT ROW") &&
            !strstr(line, "VIRTUAL TABLE") && !strstr(line, "(subquery"))
            return true;
    }
    return false;
}

/* These take the first row of a table in the order of its key. */
static bool takes_the_newest(ofp_statement statement)
{
    return statement == OFP_STATEMENT_READ_HEAD || statement == OFP_STATEMENT_DRAFT_EVENT;
}

START_TEST(hot_statements_search)
{
    char plan[2000];
    const char *name = ofp_statement_texts[hot[_i].statement].name;
    explain(ofp_statement_texts[hot[_i].statement].sql, plan, sizeof plan);
    if (takes_the_newest(hot[_i].statement))
        ck_assert_msg(strstr(ofp_statement_texts[hot[_i].statement].sql,
                             "FROM audit ORDER BY seq DESC LIMIT 1") &&
                          !strstr(plan, "TEMP B-TREE"),
                      "%s:\n%s", name, plan);
    else
        ck_assert_msg(!looks_at_everything(plan), "%s:\n%s", name, plan);
    if (hot[_i].index) {
        char wanted[80];
        snprintf(wanted, sizeof wanted, "INDEX %s ", hot[_i].index);
        ck_assert_msg(strstr(plan, wanted), "%s does not use %s:\n%s", name, hot[_i].index, plan);
    }
}
END_TEST

START_TEST(every_statement_is_hot_or_known_to_be_slow)
{
    for (int i = 0; i < OFP_STATEMENT_COUNT; i++) {
        char plan[4000];
        const char *name = ofp_statement_texts[i].name;
        bool known = is_slow(name);
        for (size_t j = 0; j < sizeof hot / sizeof *hot; j++)
            known |= (int)hot[j].statement == i;
        for (size_t j = 0; j < sizeof care / sizeof *care; j++)
            known |= strncmp(name, care[j], strlen(care[j])) == 0;
        explain(ofp_statement_texts[i].sql, plan, sizeof plan);
        ck_assert_msg(known || !looks_at_everything(plan), "%s:\n%s", name, plan);
    }
}
END_TEST

TCase *plan_case(void)
{
    TCase *tcase = tcase_create("plan");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, every_statement_can_be_prepared);
    tcase_add_loop_test(tcase, hot_statements_search, 0, sizeof hot / sizeof *hot);
    tcase_add_test(tcase, every_statement_is_hot_or_known_to_be_slow);
    return tcase;
}
