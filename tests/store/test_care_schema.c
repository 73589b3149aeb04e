/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"

static void start(void)
{
    care_start();
    ofp_store_close(care_open("s"));
}

static ofp_status open_it(ofp_error **reterr)
{
    const ofp_store_options options = {.size = sizeof options};
    ofp_store *store = NULL;
    const ofp_status status = ofp_store_open(care_path("s"), &options, &store, reterr);
    ofp_store_close(store);
    return status;
}

/* A layout that is not ours is found before anything of it is used. */
START_TEST(refuses_what_is_not_its_layout)
{
    static const struct {
        const char *sql, *message;
    } list[] = {
        {"CREATE TRIGGER evil AFTER UPDATE ON actions BEGIN DELETE FROM decisions; END",
         "the trigger \"evil\" does not belong to a store"},
        {"CREATE VIEW endless AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
         "SELECT * FROM n",
         "the view \"endless\" does not belong to a store"},
        {"CREATE TABLE more (a)", "the table \"more\" does not belong to a store"},
        {"DROP TRIGGER audit_is_never_deleted",
         "the trigger \"audit_is_never_deleted\" is missing"},
        {"DROP INDEX audit_by_time", "the index \"audit_by_time\" is missing"},
        {"DROP INDEX audit_by_time; CREATE INDEX audit_by_time ON audit (at)",
         "the index \"audit_by_time\" is not what this library makes"},
        {"ALTER TABLE actions ADD COLUMN extra TEXT",
         "the table \"actions\" is not what this library makes"},
        {"DROP INDEX audit_by_time; CREATE VIEW audit_by_time AS SELECT 1",
         "the view \"audit_by_time\" does not belong to a store"},
    };
    size_t size;
    char *bytes = care_read(care_path("s"), &size);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        ofp_error *error = NULL;
        care_write(care_path("s"), bytes, size);
        care_tamper(care_path("s"), list[i].sql);
        ck_assert_int_eq(open_it(&error), OFP_STATUS_CORRUPT);
        ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_STORE_CORRUPT);
        ck_assert_str_eq(ofp_error_message(error), list[i].message);
        ofp_error_free(error);
    }
    free(bytes);
}
END_TEST

/* Who looks after a database may let SQLite gather statistics. */
START_TEST(allows_statistics)
{
    care_tamper(care_path("s"), "ANALYZE");
    expect_ok(open_it(&error));
}
END_TEST

/* Each difference is a finding of its own, and nothing is run in a layout that is not ours. */
START_TEST(is_checked_while_the_store_is_open)
{
    ofp_error *error = NULL;
    ofp_store *store = care_open("s");
    care_tamper(care_path("s"), "CREATE VIEW a AS SELECT 1; DROP INDEX audit_by_time;"
                                "DROP INDEX decisions_by_time");
    ck_assert_int_eq(ofp_store_check(store, &error), OFP_STATUS_CORRUPT);
    ck_assert_uint_eq(ofp_error_count(error), 3);
    ck_assert_str_eq(ofp_error_diagnostic(error, 0)->message,
                     "the view \"a\" does not belong to a store");
    ck_assert_str_eq(ofp_error_diagnostic(error, 1)->message,
                     "the index \"audit_by_time\" is missing");
    ck_assert_str_eq(ofp_error_diagnostic(error, 2)->message,
                     "the index \"decisions_by_time\" is missing");
    ofp_error_free(error);
    ofp_store_close(store);
}
END_TEST

TCase *care_schema_case(void)
{
    TCase *tests = tcase_create("care: schema");
    tcase_add_checked_fixture(tests, start, care_stop);
    tcase_add_test(tests, refuses_what_is_not_its_layout);
    tcase_add_test(tests, allows_statistics);
    tcase_add_test(tests, is_checked_while_the_store_is_open);
    return tests;
}
