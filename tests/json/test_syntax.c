/* SPDX-License-Identifier: MIT */
/* What is said about texts that are no JSON. The corpus in tests/cases/requests has more. */
#include <stdio.h>
#include <string.h>

#include "cases.h"

static void expect_syntax(const char *document, const char *message)
{
    expect_mistake(ofp_text_of(document), OFP_CODE_JSON_SYNTAX, NULL, message);
}

START_TEST(counts_lines_and_columns)
{
    expect_syntax("{\n  \"now\": 1,\n  \"ticket\" {}\n}",
                  "line 3, column 12: expected \":\" after a key, found \"{\"");
    expect_syntax("\n\n}", "line 3, column 1: expected a value, found \"}\"");
    /* Columns count characters. */
    expect_syntax("{\"\xC3\xA4\xE6\x97\xA5\xF0\x9F\x98\x80\": ?}",
                  "line 1, column 9: expected a value, found \"?\"");
}
END_TEST

START_TEST(finds_bytes_that_are_no_utf8)
{
    static const char *const sequences[] = {
        "\x80",         "\xC3",         "\xC0\x80",         "\xC3\x28",         "\xE0\x80\x80",
        "\xED\xA0\x80", "\xE6\x97",     "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF0\x9F\x98",
        "\xFF",         "\xF8\x88\x80",
    };
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        char document[80];
        const int size =
            snprintf(document, sizeof document, "{\"ticket\": {\"id\": \"\xC3\xA4%s", sequences[i]);
        strcpy(document + size, "\"}}");
        expect_mistake(ofp_text_of(document), OFP_CODE_INVALID_UTF8, NULL,
                       "line 1, column 21: these bytes are not UTF-8");
    }
}
END_TEST

START_TEST(finds_a_byte_order_mark)
{
    expect_syntax("\xEF\xBB\xBF{}", "line 1, column 1: expected a value, found the byte 0xEF");
}
END_TEST

START_TEST(finds_zero_bytes)
{
    expect_mistake((ofp_text){"{}\0", 3}, OFP_CODE_JSON_SYNTAX, NULL,
                   "line 1, column 3: expected nothing more after the document, found the byte "
                   "0x00");
    expect_mistake((ofp_text){"{\"a\\\0\": 1}", 10}, OFP_CODE_JSON_SYNTAX, NULL,
                   "line 1, column 5: no such escape: behind a backslash comes one of \" \\ / b f "
                   "n r t u");
}
END_TEST

START_TEST(puts_syntax_before_all_other_mistakes)
{
    expect_syntax("{\"nwo\": 1, \"ticket\": }", "line 1, column 22: expected a value, found \"}\"");
}
END_TEST

START_TEST(refuses_numbers_that_no_type_holds)
{
    expect_syntax("{\"ticket\": 123456789012345678901234567890}", "a number is too large");
    expect_syntax("{\"ticket\": 1e999}", "a number is too large");
}
END_TEST

START_TEST(looks_for_no_place_in_endless_nesting)
{
    char document[60];
    memset(document, '[', 40);
    strcpy(document + 40, "\"\xFF\"");
    expect_mistake(ofp_text_of(document), OFP_CODE_INVALID_UTF8, NULL,
                   "The input is not valid UTF-8");
    strcpy(document + 40, "\"");
    expect_syntax(document, "A string is opened, but never closed.");
}
END_TEST

TCase *json_syntax_case(void)
{
    TCase *tests = tcase_create("syntax");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, counts_lines_and_columns);
    tcase_add_test(tests, finds_bytes_that_are_no_utf8);
    tcase_add_test(tests, finds_a_byte_order_mark);
    tcase_add_test(tests, finds_zero_bytes);
    tcase_add_test(tests, puts_syntax_before_all_other_mistakes);
    tcase_add_test(tests, refuses_numbers_that_no_type_holds);
    tcase_add_test(tests, looks_for_no_place_in_endless_nesting);
    return tests;
}
