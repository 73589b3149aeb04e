/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "allocations.h"
#include "buffer.h"
#include "cases.h"
#include "expect.h"

static ofp_buffer *buffer;

static void start(void)
{
    ck_assert_int_eq(ofp_buffer_new(&buffer, NULL), OFP_STATUS_OK);
}

static void stop(void)
{
    allocations_allow();
    buffer = ofp_buffer_free(buffer);
    ck_assert_ptr_null(buffer);
}

/* The text, with the zero that stands behind it. */
#define expect_content(literal) \
    do { \
        expect_text(ofp_buffer_text(buffer), literal); \
        ck_assert_int_eq(ofp_buffer_text(buffer).data[sizeof(literal) - 1], 0); \
    } while (0)

START_TEST(starts_empty)
{
    ck_assert_ptr_nonnull(ofp_buffer_text(buffer).data);
    expect_content("");
    expect_ok(ofp_buffer_check(buffer, 0, &error));
    ck_assert_ptr_null(ofp_buffer_free(NULL));
}
END_TEST

START_TEST(is_empty_as_zeroes_too)
{
    ofp_buffer zeroes = {0};
    ck_assert_ptr_nonnull(ofp_buffer_text(&zeroes).data);
    expect_text(ofp_buffer_text(&zeroes), "");
    ofp_buffer_puts(&zeroes, "");
    ofp_buffer_put_text(&zeroes, (ofp_text){0});
    expect_text(ofp_buffer_text(&zeroes), "");
    ofp_buffer_puts(&zeroes, "x");
    expect_text(ofp_buffer_text(&zeroes), "x");
    ofp_buffer_release(&zeroes);
    expect_text(ofp_buffer_text(&zeroes), "");
    ofp_buffer_release(&zeroes);
}
END_TEST

START_TEST(puts_pieces_one_behind_the_other)
{
    ofp_buffer_put(buffer, "ab", 1);
    ofp_buffer_puts(buffer, "b");
    ofp_buffer_put_text(buffer, OFP_LITERAL("\0c"));
    ofp_buffer_put(buffer, NULL, 0);
    ofp_buffer_printf(buffer, "%d-%s", 7, "d");
    expect_content("ab\0c7-d");
}
END_TEST

START_TEST(grows_by_every_size)
{
    size_t total = 0;
    char piece[300];
    memset(piece, 'x', sizeof piece);
    for (size_t size = 0; size <= sizeof piece; size++) {
        ofp_buffer_put(buffer, piece, size);
        total += size;
        const ofp_text text = ofp_buffer_text(buffer);
        ck_assert_uint_eq(text.size, total);
        ck_assert_int_eq(text.data[total], 0);
    }
    for (size_t i = 0; i < total; i++)
        ck_assert_int_eq(ofp_buffer_text(buffer).data[i], 'x');
}
END_TEST

START_TEST(keeps_its_memory_when_cleared)
{
    char piece[5000] = {0};
    ofp_buffer_put(buffer, piece, sizeof piece);
    ofp_buffer_clear(buffer);
    expect_content("");
    allocations_allow();
    ofp_buffer_put(buffer, piece, sizeof piece);
    ck_assert_uint_eq(allocations_count(), 0);
}
END_TEST

START_TEST(writes_integers)
{
    const int64_t numbers[] = {0, -1, 9, 10, 99, -100, INT64_MAX, INT64_MIN, 1234567890123};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        ofp_buffer_put_integer(buffer, numbers[i]), ofp_buffer_puts(buffer, " ");
    expect_content("0 -1 9 10 99 -100 9223372036854775807 -9223372036854775808 1234567890123 ");
}
END_TEST

START_TEST(prints_long_texts)
{
    char word[2000];
    memset(word, 'w', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    for (int width = 1; width < 200; width++) {
        ofp_buffer_clear(buffer);
        ofp_buffer_printf(buffer, "%*d|%s", width, 5, word);
        const ofp_text text = ofp_buffer_text(buffer);
        ck_assert_uint_eq(text.size, (size_t)width + 1 + sizeof word - 1);
        ck_assert_int_eq(text.data[width - 1], '5');
        ck_assert_int_eq(text.data[text.size], 0);
    }
    ofp_buffer_clear(buffer);
    ofp_buffer_printf(buffer, "%s", "");
    expect_content("");
}
END_TEST

START_TEST(makes_texts_harmless)
{
    static const struct {
        ofp_text text;
        const char *harmless;
    } cases[] = {
        {OFP_LITERAL(""), ""},
        {OFP_LITERAL("Gr\xC3\xBC\xC3\x9F"
                     "e {x} <b> \"q\" \\"),
         "Gr\xC3\xBC\xC3\x9F"
         "e {x} <b> \"q\" \\"},
        {OFP_LITERAL("a\tb\nc\rd"), "a b c d"},
        {OFP_LITERAL("\x1B[31m"), "\xEF\xBF\xBD[31m"},
        {OFP_LITERAL("a\0b"), "a\xEF\xBF\xBD"
                              "b"},
        {OFP_LITERAL("\x7F\x07"), "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {OFP_LITERAL("\xC2\x9B"
                     "2J"),
         "\xEF\xBF\xBD"
         "2J"},
        {OFP_LITERAL("\xE2\x80\xAE"
                     "evil"),
         "\xEF\xBF\xBD"
         "evil"},
        {OFP_LITERAL("\xE2\x81\xA6"), "\xEF\xBF\xBD"},
        {OFP_LITERAL("\xFF"
                     "a\xC3"),
         "\xEF\xBF\xBD"
         "a\xEF\xBF\xBD"},
        {OFP_LITERAL("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {OFP_LITERAL("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_buffer_clear(buffer);
        ofp_buffer_put_harmless(buffer, cases[i].text);
        ck_assert_str_eq(ofp_buffer_text(buffer).data, cases[i].harmless);
    }
}
END_TEST

/* Lines end in other ways than by a line feed; none of them may break a line of output. */
START_TEST(keeps_every_line_end_out)
{
    ofp_buffer_put_harmless(buffer, OFP_LITERAL("a\r\nb\x0B"
                                                "c\x0C"
                                                "d\xC2\x85"
                                                "e"
                                                "\xE2\x80\xA8"
                                                "f\xE2\x80\xA9"
                                                "g"));
    ck_assert(!ofp_span_has_control(ofp_buffer_text(buffer)));
    ck_assert_ptr_nonnull(strchr(ofp_buffer_text(buffer).data, 'g'));
}
END_TEST

START_TEST(remembers_that_a_write_failed)
{
    static char large[1 << 20];
    ofp_buffer_puts(buffer, "kept ");
    const size_t mark = ofp_buffer_text(buffer).size;
    ofp_buffer_puts(buffer, "cut ");
    allocations_fail_after(0);
    ofp_buffer_put(buffer, large, sizeof large);
    allocations_allow();
    ofp_buffer_puts(buffer, "late");
    ofp_buffer_put_integer(buffer, 5);
    ofp_buffer_printf(buffer, "%d", 5);
    ofp_buffer_put_harmless(buffer, ofp_text_of("late"));
    expect_content("kept cut ");
    expect_failure(ofp_buffer_check(buffer, mark, &error), OFP_CODE_NO_MEMORY);
    expect_content("kept ");
    ofp_buffer_clear(buffer);
    ofp_buffer_puts(buffer, "new");
    expect_ok(ofp_buffer_check(buffer, 0, &error));
    expect_content("new");
}
END_TEST

START_TEST(fails_for_sizes_that_overflow)
{
    ofp_buffer_puts(buffer, "a");
    ck_assert_ptr_null(ofp_buffer_reserve(buffer, SIZE_MAX));
    ofp_buffer_clear(buffer);
    ofp_buffer_puts(buffer, "a");
    ck_assert_ptr_null(ofp_buffer_reserve(buffer, SIZE_MAX - 1));
    ofp_buffer_clear(buffer);
    ofp_buffer_puts(buffer, "a");
    ck_assert_ptr_null(ofp_buffer_reserve(buffer, SIZE_MAX / 2));
    expect_failure(ofp_buffer_check(buffer, 0, &error), OFP_CODE_NO_MEMORY);
}
END_TEST

START_TEST(is_not_made_without_memory)
{
    ofp_buffer *none = buffer;
    ofp_error *error = NULL;
    allocations_fail_after(0);
    const ofp_status status = ofp_buffer_new(&none, &error);
    allocations_allow();
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_NO_MEMORY);
    ck_assert_ptr_eq(none, buffer);
    ofp_error_free(error);
}
END_TEST

TCase *buffer_case(void)
{
    TCase *tests = tcase_create("buffer");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, starts_empty);
    tcase_add_test(tests, is_empty_as_zeroes_too);
    tcase_add_test(tests, puts_pieces_one_behind_the_other);
    tcase_add_test(tests, grows_by_every_size);
    tcase_add_test(tests, keeps_its_memory_when_cleared);
    tcase_add_test(tests, writes_integers);
    tcase_add_test(tests, prints_long_texts);
    tcase_add_test(tests, makes_texts_harmless);
    tcase_add_test(tests, keeps_every_line_end_out);
    tcase_add_test(tests, remembers_that_a_write_failed);
    tcase_add_test(tests, fails_for_sizes_that_overflow);
    tcase_add_test(tests, is_not_made_without_memory);
    return tests;
}
