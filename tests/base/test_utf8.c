/* SPDX-License-Identifier: MIT */
/* The part of span.h that reads UTF-8. */
#include <string.h>

#include "cases.h"
#include "expect.h"

/* Writes a number in a form of UTF-8 with so many bytes, whether that is right or not. */
static ofp_text encode(char bytes[4], uint32_t number, size_t size)
{
    static const unsigned char leads[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    for (size_t i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (number & 0x3F));
        number >>= 6;
    }
    bytes[0] = (char)(leads[size] | number);
    return (ofp_text){bytes, size};
}

static size_t right_size(uint32_t number)
{
    return number < 0x80 ? 1 : number < 0x800 ? 2 : number < 0x10000 ? 3 : 4;
}

static bool is_character(uint32_t number)
{
    return number <= 0x10FFFF && !(number >= 0xD800 && number <= 0xDFFF);
}

START_TEST(reads_every_character)
{
    for (uint32_t number = 0; number < 0x200000; number++) {
        char bytes[4];
        size_t size = 0;
        const ofp_text text = encode(bytes, number, right_size(number));
        const uint32_t read = ofp_span_character(text, &size);
        expect_each(ofp_span_is_utf8(text) == is_character(number), "U+%04X", number);
        expect_each(read == (is_character(number) ? number : 0xFFFD), "U+%04X", number);
        expect_each(size == (is_character(number) ? text.size : 1), "U+%04X", number);
    }
}
END_TEST

START_TEST(refuses_every_overlong_form)
{
    for (size_t form = 2; form <= 4; form++)
        for (uint32_t number = 0; right_size(number) < form; number++) {
            char bytes[4];
            size_t size = 0;
            const ofp_text text = encode(bytes, number, form);
            expect_each(!ofp_span_is_utf8(text), "U+%04X in %zu bytes", number, form);
            expect_each(ofp_span_character(text, &size) == 0xFFFD, "U+%04X", number);
            expect_each(size == 1, "U+%04X", number);
        }
}
END_TEST

START_TEST(refuses_every_truncated_form)
{
    for (uint32_t number = 0x80; number <= 0x10FFFF; number += number < 0x3000 ? 1 : 61) {
        char bytes[6];
        size_t size = 0;
        const ofp_text whole = encode(bytes, number, right_size(number));
        for (size_t cut = 1; cut < whole.size; cut++) {
            const ofp_text text = {bytes, cut};
            expect_each(!ofp_span_is_utf8(text), "U+%04X in %zu bytes", number, cut);
            expect_each(ofp_span_character(text, &size) == 0xFFFD, "U+%04X", number);
            expect_each(size == 1, "U+%04X", number);
        }
        bytes[whole.size - 1] = 'a';
        expect_each(!ofp_span_is_utf8(whole), "U+%04X", number);
    }
}
END_TEST

/* Unicode, table 3-7: the bytes of well-formed sequences. */
static size_t well_formed_size(const unsigned char *at, size_t rest)
{
    static const struct {
        unsigned char first, last, second_from, second_to;
        size_t size;
    } rows[] = {
        {0x00, 0x7F, 0x00, 0x00, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        if (*at < rows[row].first || *at > rows[row].last)
            continue;
        if (rows[row].size > rest)
            return 0;
        if (rest > 1 && rows[row].size > 1 &&
            (at[1] < rows[row].second_from || at[1] > rows[row].second_to))
            return 0;
        for (size_t i = 2; i < rows[row].size; i++)
            if (at[i] < 0x80 || at[i] > 0xBF)
                return 0;
        return rows[row].size;
    }
    return 0;
}

static bool is_well_formed(const unsigned char *bytes, size_t size)
{
    for (size_t at = 0, step; at < size; at += step)
        if ((step = well_formed_size(bytes + at, size - at)) == 0)
            return false;
    return true;
}

static void expect_as_in_the_table(const unsigned char *bytes, size_t size)
{
    const ofp_text text = {(const char *)bytes, size};
    const size_t first = well_formed_size(bytes, size);
    size_t taken = 0;
    const uint32_t character = ofp_span_character(text, &taken);
    expect_each(ofp_span_is_utf8(text) == is_well_formed(bytes, size),
                "%02x %02x %02x %02x (of %zu)", bytes[0], bytes[1], bytes[2], bytes[3], size);
    expect_each(taken == (first ? first : 1) && (first || character == 0xFFFD),
                "%02x %02x %02x %02x (of %zu)", bytes[0], bytes[1], bytes[2], bytes[3], size);
}

START_TEST(agrees_with_the_table_of_unicode)
{
    static const unsigned char edges[] = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
        0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFE, 0xFF,
    };
    const size_t count = sizeof edges;
    for (size_t n = 0; n < count * count * count * count; n++) {
        const unsigned char bytes[4] = {edges[n % count], edges[n / count % count],
                                        edges[n / count / count % count],
                                        edges[n / count / count / count]};
        expect_as_in_the_table(bytes, 4);
        if (n < count * count * count)
            expect_as_in_the_table(bytes, 3);
        if (n < count * count)
            expect_as_in_the_table(bytes, 2);
    }
}
END_TEST

/* A wrong byte is found wherever it stands in a long text. */
START_TEST(looks_at_every_byte)
{
    char text[67];
    for (size_t size = 1; size <= sizeof text; size++)
        for (size_t place = 0; place < size; place++) {
            memset(text, 'a', sizeof text);
            expect_each(ofp_span_is_utf8((ofp_text){text, size}), "%zu", size);
            text[place] = '\x80';
            expect_each(!ofp_span_is_utf8((ofp_text){text, size}), "%zu of %zu", place, size);
            text[place] = '\xC3';
            if (place + 1 < size)
                text[place + 1] = '\xA4';
            expect_each(ofp_span_is_utf8((ofp_text){text, size}) == (place + 1 < size),
                        "%zu of %zu", place, size);
        }
}
END_TEST

START_TEST(takes_texts_without_characters)
{
    ck_assert(ofp_span_is_utf8((ofp_text){0}));
    ck_assert(ofp_span_is_utf8(ofp_text_of("")));
    ck_assert(ofp_span_is_utf8(OFP_LITERAL("\0\0")));
}
END_TEST

TCase *utf8_case(void)
{
    TCase *tests = tcase_create("utf8");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, reads_every_character);
    tcase_add_test(tests, refuses_every_overlong_form);
    tcase_add_test(tests, refuses_every_truncated_form);
    tcase_add_test(tests, agrees_with_the_table_of_unicode);
    tcase_add_test(tests, looks_at_every_byte);
    tcase_add_test(tests, takes_texts_without_characters);
    return tests;
}
