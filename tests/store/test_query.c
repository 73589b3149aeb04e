/* SPDX-License-Identifier: MIT */
#include "query.h"

#include "cases.h"
#include "expect.h"
#include "place.h"

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

/* Statements that give back what is bound come from tests only. */
static ofp_query start_own(const char *sql)
{
    ofp_query query = {.store = store};
    ck_assert_int_eq(sqlite3_prepare_v2(store->db, sql, -1, &query.statement, NULL), SQLITE_OK);
    return query;
}

static void end_own(ofp_query *query)
{
    sqlite3_stmt *statement = query->statement;
    ofp_query_end(query);
    ck_assert_ptr_null(query->statement);
    sqlite3_finalize(statement);
}

START_TEST(gives_back_what_was_bound)
{
    static const uint8_t hash[32] = {9, 8, 7};
    ofp_query query = start_own("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8");
    bool row = false;
    ofp_query_bind_integer(&query, 1, INT64_MIN);
    ofp_query_bind_instant(&query, 2, NOON);
    ofp_query_bind_instant(&query, 3, OFP_INSTANT_NONE);
    ofp_query_bind_text(&query, 4, OFP_LITERAL("a\0b"));
    ofp_query_bind_text(&query, 5, (ofp_text){"", 0});
    ofp_query_bind_text(&query, 6, (ofp_text){0});
    ofp_query_bind_blob(&query, 7, hash, sizeof hash);
    ofp_query_bind_blob(&query, 8, NULL, 32);
    expect_ok(ofp_query_next(&query, &row, &error));
    ck_assert(row);
    ck_assert_int_eq(ofp_query_integer(&query, 0), INT64_MIN);
    ck_assert_int_eq(ofp_query_instant(&query, 1), NOON);
    ck_assert_int_eq(ofp_query_instant(&query, 2), OFP_INSTANT_NONE);
    expect_text(ofp_query_text(&query, 3), "a\0b");
    ck_assert_ptr_nonnull(ofp_query_text(&query, 4).data);
    ck_assert_uint_eq(ofp_query_text(&query, 4).size, 0);
    ck_assert_ptr_null(ofp_query_text(&query, 5).data);
    ck_assert_mem_eq(ofp_query_hash(&query, 6), hash, sizeof hash);
    ck_assert_ptr_null(ofp_query_hash(&query, 7));
    expect_ok(ofp_query_next(&query, &row, &error));
    ck_assert(!row);
    end_own(&query);
}
END_TEST

START_TEST(takes_nothing_for_what_it_is_not)
{
    ofp_query query = start_own("SELECT 17, x'616263', 'abc', 1.5");
    bool row;
    expect_ok(ofp_query_next(&query, &row, &error));
    ck_assert_ptr_null(ofp_query_text(&query, 0).data);
    ck_assert_ptr_null(ofp_query_text(&query, 1).data);
    ck_assert_ptr_null(ofp_query_text(&query, 3).data);
    ck_assert_ptr_null(ofp_query_hash(&query, 0));
    ck_assert_ptr_null(ofp_query_hash(&query, 1));
    ck_assert_ptr_null(ofp_query_hash(&query, 2));
    end_own(&query);
}
END_TEST

START_TEST(keeps_no_zero_bytes)
{
    bool row;
    ofp_query query = start_own("SELECT ?1");
    ofp_query_bind_kept(&query, 1, OFP_LITERAL("ab"));
    expect_ok(ofp_query_next(&query, &row, &error));
    expect_text(ofp_query_text(&query, 0), "ab");
    end_own(&query);
    query = start_own("SELECT ?1");
    ofp_query_bind_kept(&query, 1, OFP_LITERAL("a\0b"));
    expect_failure(ofp_query_next(&query, &row, &error), OFP_CODE_STEP_TEXT_INVALID);
    end_own(&query);
}
END_TEST

START_TEST(remembers_that_binding_failed)
{
    bool row;
    ofp_query query = start_own("SELECT ?1");
    ofp_query_bind_integer(&query, 2, 1);
    ofp_query_bind_integer(&query, 1, 1);
    expect_failure(ofp_query_next(&query, &row, &error), OFP_CODE_STORE_CORRUPT);
    end_own(&query);
}
END_TEST

START_TEST(forgets_what_was_bound)
{
    ofp_query query;
    bool row = true;
    for (int i = 0; i < 2; i++) {
        expect_ok(ofp_query_start(store, OFP_STATEMENT_READ_HEAD, &query, &error));
        expect_ok(ofp_query_next(&query, &row, &error));
        ck_assert(row);
        ofp_query_end(&query);
    }
    expect_ok(ofp_query_start(store, OFP_STATEMENT_READ_EVENT, &query, &error));
    ofp_query_bind_integer(&query, 1, 1);
    expect_ok(ofp_query_next(&query, &row, &error));
    ck_assert(row);
    ofp_query_end(&query);
    expect_ok(ofp_query_start(store, OFP_STATEMENT_READ_EVENT, &query, &error));
    expect_ok(ofp_query_next(&query, &row, &error));
    ck_assert(!row);
    ofp_query_end(&query);
}
END_TEST

START_TEST(prepares_once)
{
    ofp_query query;
    expect_ok(ofp_query_start(store, OFP_STATEMENT_READ_REMEMBERED, &query, &error));
    const sqlite3_stmt *first = query.statement;
    ofp_query_end(&query);
    expect_ok(ofp_query_start(store, OFP_STATEMENT_READ_REMEMBERED, &query, &error));
    ck_assert_ptr_eq(query.statement, first);
    ofp_query_end(&query);
}
END_TEST

START_TEST(ends_what_could_not_start)
{
    ofp_query query;
    sqlite3_exec(store->db, "DROP TABLE decisions", NULL, NULL, NULL);
    expect_failure(ofp_query_start(store, OFP_STATEMENT_INSERT_DECISION, &query, &error),
                   OFP_CODE_STORE_CORRUPT);
    ofp_query_bind_integer(&query, 1, 1);
    ofp_query_bind_text(&query, 1, OFP_LITERAL("x"));
    ofp_query_bind_blob(&query, 1, "x", 1);
    ofp_query_end(&query);
}
END_TEST

TCase *query_case(void)
{
    TCase *tcase = tcase_create("query");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, gives_back_what_was_bound);
    tcase_add_test(tcase, takes_nothing_for_what_it_is_not);
    tcase_add_test(tcase, keeps_no_zero_bytes);
    tcase_add_test(tcase, remembers_that_binding_failed);
    tcase_add_test(tcase, forgets_what_was_bound);
    tcase_add_test(tcase, prepares_once);
    tcase_add_test(tcase, ends_what_could_not_start);
    return tcase;
}
