/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "cursor.h"
#include "expect.h"

START_TEST(takes_bytes)
{
    ofp_cursor cursor = ofp_cursor_of(ofp_text_of("ab"));
    ck_assert_int_eq(ofp_cursor_peek(&cursor), 'a');
    ck_assert(!ofp_cursor_take(&cursor, 'b'));
    ck_assert(ofp_cursor_take(&cursor, 'a'));
    ck_assert(!ofp_cursor_at_end(&cursor));
    ck_assert(ofp_cursor_take(&cursor, 'b'));
    ck_assert(ofp_cursor_at_end(&cursor));
    ck_assert_int_eq(ofp_cursor_peek(&cursor), '\0');
    ck_assert(!ofp_cursor_take(&cursor, 'b'));
    ck_assert(!ofp_cursor_take(&cursor, '\0'));
}
END_TEST

START_TEST(reads_a_text_that_is_not_there)
{
    ofp_cursor cursor = ofp_cursor_of((ofp_text){0});
    int64_t number = 77;
    ck_assert(ofp_cursor_at_end(&cursor));
    ck_assert(!ofp_cursor_take(&cursor, 'a'));
    ck_assert(!ofp_cursor_take_word(&cursor, "a"));
    ck_assert(!ofp_cursor_take_number(&cursor, 1, 2, &number));
    ck_assert_int_eq(ofp_cursor_skip_digits(&cursor), 0);
    ck_assert_int_eq(number, 77);
}
END_TEST

START_TEST(takes_words_in_any_case)
{
    ofp_cursor cursor = ofp_cursor_of(ofp_text_of("MoNday-fri"));
    ck_assert(!ofp_cursor_take_word(&cursor, "tue"));
    ck_assert(!ofp_cursor_take_word(&cursor, "monx"));
    ck_assert_ptr_eq(cursor.end - 10, cursor.at);
    ck_assert(ofp_cursor_take_word(&cursor, "monday"));
    ck_assert(ofp_cursor_take(&cursor, '-'));
    ck_assert(!ofp_cursor_take_word(&cursor, "frid"));
    ck_assert(ofp_cursor_take_word(&cursor, "fri"));
    ck_assert(ofp_cursor_at_end(&cursor));
}
END_TEST

START_TEST(takes_numbers)
{
    static const struct {
        const char *text;
        int least, most;
        int64_t number; /* -1: none is taken */
        const char *rest;
    } cases[] = {
        {"2026-11", 4, 4, 2026, "-11"},
        {"202", 4, 4, -1, "202"},
        {"20261", 4, 4, 2026, "1"},
        {"7", 1, 2, 7, ""},
        {"007", 1, 18, 7, ""},
        {"07x", 1, 2, 7, "x"},
        {"", 1, 2, -1, ""},
        {"x", 1, 2, -1, "x"},
        {"-1", 1, 2, -1, "-1"},
        {"+1", 1, 2, -1, "+1"},
        {" 1", 1, 2, -1, " 1"},
        {"\xD9\xA1", 1, 2, -1, "\xD9\xA1"}, /* an Arabic digit */
        {"999999999999999999", 1, 18, 999999999999999999, ""},
        {"9999999999999999990", 1, 18, 999999999999999999, "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_cursor cursor = ofp_cursor_of(ofp_text_of(cases[i].text));
        int64_t number = -1;
        const bool taken = ofp_cursor_take_number(&cursor, cases[i].least, cases[i].most, &number);
        ck_assert_msg(taken == (cases[i].number >= 0), "\"%s\"", cases[i].text);
        ck_assert_int_eq(number, cases[i].number);
        ck_assert_str_eq(cursor.at, cases[i].rest);
    }
}
END_TEST

START_TEST(skips_digits)
{
    ofp_cursor cursor = ofp_cursor_of(ofp_text_of("01234567890123456789x9"));
    ck_assert_int_eq(ofp_cursor_skip_digits(&cursor), 20);
    ck_assert_int_eq(ofp_cursor_skip_digits(&cursor), 0);
    ck_assert(ofp_cursor_take(&cursor, 'x'));
    ck_assert_int_eq(ofp_cursor_skip_digits(&cursor), 1);
    ck_assert(ofp_cursor_at_end(&cursor));
}
END_TEST

START_TEST(stops_at_the_end_of_its_span)
{
    ofp_cursor cursor = ofp_cursor_of((ofp_text){"1234monday", 2});
    int64_t number = 0;
    ck_assert(!ofp_cursor_take_number(&cursor, 3, 4, &number));
    ck_assert(ofp_cursor_take_number(&cursor, 1, 4, &number));
    ck_assert_int_eq(number, 12);
    cursor = ofp_cursor_of((ofp_text){"monday", 2});
    ck_assert(!ofp_cursor_take_word(&cursor, "mon"));
    ck_assert(ofp_cursor_take_word(&cursor, "mo"));
}
END_TEST

TCase *cursor_case(void)
{
    TCase *tests = tcase_create("cursor");
    tcase_add_test(tests, takes_bytes);
    tcase_add_test(tests, reads_a_text_that_is_not_there);
    tcase_add_test(tests, takes_words_in_any_case);
    tcase_add_test(tests, takes_numbers);
    tcase_add_test(tests, skips_digits);
    tcase_add_test(tests, stops_at_the_end_of_its_span);
    return tests;
}
