/* SPDX-License-Identifier: MIT */
#include "allocations.h"
#include "expect.h"
#include "explain_page.h"
#include "sentence_cases.h"

#define TEN "123456789 "
#define GLUE OFP_PAGE_GLUE

/* Writes words on a new page. */
static ofp_page page_with(ofp_buffer *out, size_t column, const char *words)
{
    ofp_page page = {.out = out};
    ofp_page_begin(&page, column);
    ofp_page_puts(&page, OFP_STYLE_PLAIN, words);
    return page;
}

#define expect_page(column, words, wanted) \
    do { \
        ofp_buffer out_ = {0}; \
        page_with(&out_, column, words); \
        expect_text(ofp_buffer_text(&out_), wanted); \
        ofp_buffer_release(&out_); \
    } while (0)

START_TEST(wraps_at_the_width)
{
    expect_page(0, "", "");
    expect_page(0, "one", "one");
    /* 78 columns are filled, a 79th is not. */
    expect_page(0, TEN TEN TEN TEN TEN TEN TEN "12345678", TEN TEN TEN TEN TEN TEN TEN "12345678");
    expect_page(0, TEN TEN TEN TEN TEN TEN TEN "123456789",
                TEN TEN TEN TEN TEN TEN "123456789\n123456789");
    expect_page(70, "one two three",
                "                                                              "
                "        one two\n                                           "
                "                           three");
}
END_TEST

START_TEST(counts_characters_not_bytes)
{
    /* Eleven words of six characters, the last of a line up to column 76. */
    expect_page(0, "ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé €€€€€€",
                "ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé €€€€€€");
    expect_page(0,
                "ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé €€€€€€€",
                "ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé ééééé "
                "ééééé\n€€€€€€€");
}
END_TEST

/* What does not fit anywhere stays whole, so that it can be copied. */
START_TEST(leaves_long_words_whole)
{
    const char *word =
        "1234567890123456789012345678901234567890123456789012345678901234567890123456789"
        "01234567890";
    ofp_buffer out = {0};
    ofp_page page = page_with(&out, 2, word);
    ck_assert_uint_eq(page.column, 92);
    ofp_page_puts(&page, OFP_STYLE_PLAIN, " x");
    ofp_page_end_line(&page);
    ck_assert_str_eq(ofp_buffer_text(&out).data + 92, "\n  x\n");
    ofp_buffer_clear(&out);
    page = page_with(&out, 2, "a ");
    ofp_page_puts(&page, OFP_STYLE_PLAIN, " ");
    ofp_page_puts(&page, OFP_STYLE_PLAIN, word);
    ck_assert_int_eq(strncmp(ofp_buffer_text(&out).data, "  a\n  1234", 10), 0);
    ofp_buffer_release(&out);
}
END_TEST

START_TEST(keeps_glued_words_together)
{
    expect_page(0, TEN TEN TEN TEN TEN TEN TEN "14:00" GLUE "PST x",
                TEN TEN TEN TEN TEN TEN "123456789\n14:00 PST x");
    expect_page(0, "Fri" GLUE "20" GLUE "Nov", "Fri 20 Nov");
}
END_TEST

START_TEST(drops_spaces_where_lines_end)
{
    expect_page(0, "a  b   ", "a  b");
    expect_page(0, TEN TEN TEN TEN TEN TEN TEN "   123456",
                TEN TEN TEN TEN TEN TEN "123456789\n123456");
    expect_page(4, "   a", "       a");
    expect_page(74, "         ab",
                "                                                                          ab");
}
END_TEST

START_TEST(shows_styles_only_in_colour)
{
    ofp_buffer out = {0};
    for (int colour = 0; colour < 2; colour++) {
        ofp_page page = {.out = &out, .colour = colour};
        ofp_buffer_clear(&out);
        ofp_page_puts(&page, OFP_STYLE_BAD, TEN TEN TEN TEN TEN TEN TEN);
        ofp_page_puts(&page, OFP_STYLE_PLAIN, " 12345678");
        ofp_page_puts(&page, OFP_STYLE_GOOD, " x");
        /* Escape sequences take no columns. */
        ck_assert_str_eq(ofp_buffer_text(&out).data,
                         colour ? "\x1B[1;31m" TEN TEN TEN TEN TEN TEN "123456789\x1B[0m 12345678"
                                  "\x1B[1;32m\nx\x1B[0m"
                                : TEN TEN TEN TEN TEN TEN "123456789 12345678\nx");
    }
    ofp_buffer_release(&out);
}
END_TEST

START_TEST(puts_lines_from_outside)
{
    static const struct {
        const char *text, *lines;
    } cases[] = {
        {"", ""},
        {"\n \r\n\t\n", ""},
        {"one\n\n two\r\nthree\n\n", "  one\n\n   two\n  three\n"},
        {"\tx\ry\x1B[2J\x7F\xC2\x9B", "  x y\xEF\xBF\xBD[2J\xEF\xBF\xBD\xEF\xBF\xBD\n"},
        {"a\x1F"
         "b",
         "  a\xEF\xBF\xBD"
         "b\n"},
        {"\xE2\x80\xA8\xFF", "  \xEF\xBF\xBD\xEF\xBF\xBD\n"},
        {"                    x", "                      x\n"},
        {"                                                        x", "                      x\n"},
        {"    " TEN TEN TEN TEN TEN TEN TEN "12345678",
         "      " TEN TEN TEN TEN TEN TEN "123456789\n      12345678\n"},
    };
    ofp_buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_page page = {.out = &out};
        ofp_buffer_clear(&out);
        ofp_page_put_lines(&page, 2, ofp_text_of(cases[i].text));
        ck_assert_str_eq(ofp_buffer_text(&out).data, cases[i].lines);
        ofp_buffer_release(&page.words);
    }
    ofp_buffer_release(&out);
}
END_TEST

START_TEST(remembers_that_memory_was_short)
{
    ofp_buffer out = {0};
    ofp_page page = page_with(&out, 0, "x");
    allocations_fail_after(0);
    ofp_buffer_puts(&page.words, "words");
    allocations_allow();
    ofp_page_flush(&page, OFP_STYLE_PLAIN);
    ck_assert(out.failed);
    ck_assert(!page.words.failed);
    ofp_buffer_release(&out);
    ofp_buffer_release(&page.words);
}
END_TEST

TCase *explain_page_case(void)
{
    TCase *tests = tcase_create("explain_page");
    tcase_add_test(tests, wraps_at_the_width);
    tcase_add_test(tests, counts_characters_not_bytes);
    tcase_add_test(tests, leaves_long_words_whole);
    tcase_add_test(tests, keeps_glued_words_together);
    tcase_add_test(tests, drops_spaces_where_lines_end);
    tcase_add_test(tests, shows_styles_only_in_colour);
    tcase_add_test(tests, puts_lines_from_outside);
    tcase_add_test(tests, remembers_that_memory_was_short);
    return tests;
}
