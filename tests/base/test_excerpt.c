/* SPDX-License-Identifier: MIT */
/* The source lines that a report shows. */
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
    ofp_report_free(&report);
}

static const ofp_diagnostic *report_at(uint32_t line, uint32_t column)
{
    const ofp_place place = {.line = line, .column = column};
    ofp_report_add(&report, place, OFP_CODE_INVALID_DATE, "wrong");
    return &report.items[report.count - 1];
}

START_TEST(shows_the_line)
{
    report.text = OFP_LITERAL("policy: a\n\n  levels: [b]\nlast");
    static const struct {
        uint32_t line, column;
        const char *excerpt;
    } cases[] = {
        {1, 1, "policy: a"},      {1, 9, "policy: a"}, {2, 1, ""},
        {3, 12, "  levels: [b]"}, {4, 1, "last"},      {4, 5, "last"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_diagnostic *item = report_at(cases[i].line, cases[i].column);
        ck_assert_ptr_nonnull(item->excerpt);
        ck_assert_str_eq(item->excerpt, cases[i].excerpt);
        ck_assert_uint_eq(item->caret, cases[i].column - 1);
    }
}
END_TEST

START_TEST(shows_nothing_where_there_is_no_line)
{
    report.text = OFP_LITERAL("one\ntwo\n");
    ck_assert_ptr_null(report_at(0, 0)->excerpt);
    const ofp_diagnostic *behind = report_at(9, 1);
    ck_assert_msg(!behind->excerpt || !*behind->excerpt, "%s", behind->excerpt);
    report.text = (ofp_text){0};
    ck_assert_ptr_null(report_at(1, 1)->excerpt);
}
END_TEST

START_TEST(counts_characters_not_bytes)
{
    report.text = OFP_LITERAL("title: Gr\xC3\xBC\xC3\x9F"
                              "e \xF0\x9F\x98\x80 x\n");
    const ofp_diagnostic *item = report_at(1, 16); /* the x */
    ck_assert_str_eq(item->excerpt, "title: Gr\xC3\xBC\xC3\x9F"
                                    "e \xF0\x9F\x98\x80 x");
    ck_assert_uint_eq(item->caret, 15);
}
END_TEST

START_TEST(makes_the_line_harmless)
{
    report.text = OFP_LITERAL("a:\t\x1B[31mb\0c\xFF"
                              "d\r\nnext");
    const ofp_diagnostic *item = report_at(1, 9);
    const char *harmless = "a: \xEF\xBF\xBD[31mb\xEF\xBF\xBD"
                           "c\xEF\xBF\xBD"
                           "d";
    ck_assert_msg(!strncmp(item->excerpt, harmless, strlen(harmless)), "%s", item->excerpt);
    ck_assert(!ofp_span_has_control(ofp_text_of(item->excerpt)));
    ck_assert_uint_eq(item->caret, 8);
    ck_assert_str_eq(report_at(2, 1)->excerpt, "next");
}
END_TEST

START_TEST(points_behind_the_line_and_at_its_start)
{
    report.text = OFP_LITERAL("short\n");
    ck_assert_str_eq(report_at(1, 6)->excerpt, "short");
    ck_assert_uint_eq(report_at(1, 6)->caret, 5);
    ck_assert_uint_eq(report_at(1, 0)->caret, 0);
}
END_TEST

/* Character number `count` of a text. */
static const char *nth_character(const char *text, uint32_t count)
{
    for (; count > 0; count--) {
        size_t size = 0;
        ck_assert_int_ne(*text, 0);
        ofp_span_character(ofp_text_of(text), &size);
        text += size;
    }
    return text;
}

/* Of a very long line a part is shown, and the caret points to the same character in it. */
static void expect_part_of_long_line(const char *character, const char *marked)
{
    enum { LENGTH = 20000 };
    static char line[4 * LENGTH + 1];
    const uint32_t columns[] = {1, 2, 40, 79, 80, 81, 120, 200, 999, 10000, LENGTH - 1, LENGTH};
    const size_t step = strlen(character);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        for (size_t at = 0; at < LENGTH; at++)
            memcpy(line + at * step, at + 1 == columns[i] ? marked : character, step);
        report.text = (ofp_text){line, LENGTH * step};
        const ofp_diagnostic *item = report_at(1, columns[i]);
        ck_assert_uint_lt(strlen(item->excerpt), 2000);
        ck_assert(ofp_span_is_utf8(ofp_text_of(item->excerpt)));
        ck_assert_msg(!strncmp(nth_character(item->excerpt, item->caret), marked, step),
                      "column %u: %s, %u", columns[i], item->excerpt, item->caret);
    }
}

START_TEST(shows_a_part_of_a_long_line)
{
    expect_part_of_long_line("x", "M");
    expect_part_of_long_line("\xC3\xA4", "\xC3\x84");
    expect_part_of_long_line("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x81");
}
END_TEST

TCase *excerpt_case(void)
{
    TCase *tests = tcase_create("excerpt");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, shows_the_line);
    tcase_add_test(tests, shows_nothing_where_there_is_no_line);
    tcase_add_test(tests, counts_characters_not_bytes);
    tcase_add_test(tests, makes_the_line_harmless);
    tcase_add_test(tests, points_behind_the_line_and_at_its_start);
    tcase_add_test(tests, shows_a_part_of_a_long_line);
    return tests;
}
