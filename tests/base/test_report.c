/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "report.h"

static ofp_report report;

static void start(void)
{
    report = (ofp_report){0};
}

static void stop(void)
{
    allocations_allow();
    ofp_report_free(&report);
}

static void add(uint32_t line, uint32_t column, ofp_code code, const char *message)
{
    const ofp_place place = {.source = "p.yaml", .line = line, .column = column};
    ofp_report_add(&report, place, code, "%s", message);
}

START_TEST(keeps_what_is_added)
{
    char pointer[] = "/a";
    const ofp_place place = {.source = "p.yaml", .line = 2, .column = 5, .pointer = pointer};
    ofp_report_add(&report, place, OFP_CODE_POLICY_UNKNOWN_KEY, "unknown key \"%s\"", "x");
    pointer[0] = 'x';
    ck_assert_uint_eq(report.count, 1);
    ck_assert_uint_eq(report.error_count, 1);
    const ofp_diagnostic *item = &report.items[0];
    ck_assert_str_eq(item->message, "unknown key \"x\"");
    ck_assert_str_eq(item->source, "p.yaml");
    ck_assert_str_eq(item->pointer, "/a");
    ck_assert_uint_eq(item->line, 2);
    ck_assert_uint_eq(item->column, 5);
    ck_assert_int_eq(item->code, OFP_CODE_POLICY_UNKNOWN_KEY);
    ck_assert_int_eq(item->severity, OFP_SEVERITY_ERROR);
    ck_assert_ptr_null(item->excerpt);
}
END_TEST

START_TEST(warnings_are_no_errors)
{
    add(1, 1, OFP_CODE_UNREACHABLE_RULE, "warned");
    ck_assert_uint_eq(report.count, 1);
    ck_assert_uint_eq(report.error_count, 0);
    ck_assert_int_eq(report.items[0].severity, OFP_SEVERITY_WARNING);
}
END_TEST

START_TEST(sorts_by_place)
{
    add(3, 1, OFP_CODE_INVALID_DATE, "e");
    add(1, 9, OFP_CODE_INVALID_DATE, "c");
    add(1, 2, OFP_CODE_UNREACHABLE_RULE, "a");
    add(2, 1, OFP_CODE_INVALID_DATE, "d");
    add(1, 2, OFP_CODE_INVALID_DATE, "b");
    add(10, 1, OFP_CODE_INVALID_DATE, "f");
    ofp_report_sort(&report);
    for (size_t i = 0; i < report.count; i++)
        ck_assert_int_eq(report.items[i].message[0], 'a' + (int)i);
    ck_assert_str_eq(report.items[5].message, "f");
}
END_TEST

/* What stands at one place stays in the order in which it was found. */
START_TEST(sorting_is_stable)
{
    char message[16];
    for (unsigned i = 0; i < 600; i++) {
        snprintf(message, sizeof message, "%03u", i / 3);
        add(3 - i % 3, 1, OFP_CODE_INVALID_DATE, message);
    }
    ofp_report_sort(&report);
    for (size_t i = 0; i < 600; i++) {
        snprintf(message, sizeof message, "%03zu", i % 200);
        ck_assert_uint_eq(report.items[i].line, 1 + i / 200);
        ck_assert_str_eq(report.items[i].message, message);
    }
}
END_TEST

START_TEST(fails_with_all_that_was_reported)
{
    ofp_error *error = NULL;
    add(1, 1, OFP_CODE_UNREACHABLE_RULE, "a warning");
    add(2, 1, OFP_CODE_ZONE_UNKNOWN, "an error");
    add(3, 1, OFP_CODE_INVALID_DATE, "another");
    ck_assert_int_eq(ofp_report_fail(&report, &error), OFP_STATUS_BAD_ZONE);
    stop(); /* the error lives on its own */
    start();
    ck_assert_int_eq(ofp_error_status(error), OFP_STATUS_BAD_ZONE);
    ck_assert_uint_eq(ofp_error_count(error), 3);
    ck_assert_str_eq(ofp_error_message(error), "an error");
    ck_assert_str_eq(ofp_error_first(error)->message, "an error");
    ck_assert_str_eq(ofp_error_diagnostic(error, 0)->message, "a warning");
    ck_assert_str_eq(ofp_error_diagnostic(error, 2)->message, "another");
    ck_assert_ptr_null(ofp_error_diagnostic(error, 3));
    ofp_error_free(error);
}
END_TEST

START_TEST(fails_for_those_who_want_no_error)
{
    add(2, 1, OFP_CODE_INVALID_DATE, "an error");
    ck_assert_int_eq(ofp_report_fail(&report, NULL), OFP_STATUS_BAD_POLICY);
}
END_TEST

START_TEST(keeps_a_thousand)
{
    ofp_error *error = NULL;
    for (uint32_t i = 1; i <= 1500; i++)
        add(i, 1, OFP_CODE_INVALID_DATE, "wrong");
    ck_assert_uint_eq(report.count, OFP_REPORT_LIMIT);
    ck_assert_uint_eq(report.error_count, 1500);
    ck_assert(!report.failed);
    ck_assert_int_eq(ofp_report_fail(&report, &error), OFP_STATUS_BAD_POLICY);
    ck_assert_uint_eq(ofp_error_count(error), OFP_REPORT_LIMIT);
    ofp_error_free(error);
}
END_TEST

/* An error comes through even if a thousand warnings came before it. */
START_TEST(has_room_for_an_error_behind_warnings)
{
    ofp_error *error = NULL;
    for (uint32_t i = 1; i <= OFP_REPORT_LIMIT + 5; i++)
        add(i, 1, OFP_CODE_UNREACHABLE_RULE, "warned");
    add(5000, 1, OFP_CODE_INVALID_DATE, "wrong");
    ck_assert_uint_eq(report.error_count, 1);
    ck_assert_int_eq(ofp_report_fail(&report, &error), OFP_STATUS_BAD_POLICY);
    ck_assert_int_eq(ofp_error_first(error)->severity, OFP_SEVERITY_ERROR);
    ck_assert_str_eq(ofp_error_message(error), "wrong");
    ofp_error_free(error);
}
END_TEST

/* Memory runs out at every allocation in turn; each text is so long that it needs its own. */
START_TEST(says_that_something_is_missing)
{
    static char word[20000];
    const ofp_place place = {.source = word, .line = 1, .column = 9, .pointer = word};
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    memset(word, 'w', sizeof word - 1);
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_error *error = NULL;
        start();
        report.text = ofp_text_of(word);
        allocations_fail_after(allowed);
        ofp_report_add(&report, place, OFP_CODE_INVALID_DATE, "%s", word);
        const size_t error_count = report.error_count;
        status = ofp_report_fail(&report, &error);
        allocations_allow();
        ck_assert_uint_eq(error_count, 1);
        ck_assert_int_eq(ofp_error_status(error), status);
        ck_assert_ptr_nonnull(ofp_error_first(error));
        ofp_error_free(error);
        stop();
    }
    ck_assert_int_eq(status, OFP_STATUS_BAD_POLICY);
    ck_assert_uint_gt(allowed, 6);
}
END_TEST

TCase *report_case(void)
{
    TCase *tests = tcase_create("report");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, keeps_what_is_added);
    tcase_add_test(tests, warnings_are_no_errors);
    tcase_add_test(tests, sorts_by_place);
    tcase_add_test(tests, sorting_is_stable);
    tcase_add_test(tests, fails_with_all_that_was_reported);
    tcase_add_test(tests, fails_for_those_who_want_no_error);
    tcase_add_test(tests, keeps_a_thousand);
    tcase_add_test(tests, has_room_for_an_error_behind_warnings);
    tcase_add_test(tests, says_that_something_is_missing);
    return tests;
}
