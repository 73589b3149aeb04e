/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "expect.h"

START_TEST(compares_bytes)
{
    /* In ascending order. */
    const ofp_text texts[] = {
        OFP_LITERAL(""),  OFP_LITERAL("\0"),   OFP_LITERAL("\0a"),      OFP_LITERAL("A"),
        OFP_LITERAL("a"), OFP_LITERAL("a\0"),  OFP_LITERAL("a\0b"),     OFP_LITERAL("aa"),
        OFP_LITERAL("b"), OFP_LITERAL("\x7F"), OFP_LITERAL("\xC3\xA4"), OFP_LITERAL("\xFF"),
    };
    const size_t count = sizeof texts / sizeof *texts;
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            const int order = ofp_span_compare(texts[a], texts[b]);
            ck_assert_msg((order > 0) - (order < 0) == (a > b) - (a < b), "%zu, %zu", a, b);
            ck_assert_int_eq(ofp_span_equal(texts[a], texts[b]), a == b);
        }
    ck_assert_int_eq(ofp_span_compare((ofp_text){0}, ofp_text_of("")), 0);
    ck_assert(ofp_span_equal((ofp_text){0}, ofp_text_of("")));
    ck_assert_int_lt(ofp_span_compare((ofp_text){0}, ofp_text_of("a")), 0);
    ck_assert_int_gt(ofp_span_compare(ofp_text_of("a"), (ofp_text){0}), 0);
}
END_TEST

START_TEST(knows_control_characters)
{
    const uint32_t controls[] = {0x00,   0x01,   0x09,   0x0A,   0x0D,   0x1B,   0x1F,
                                 0x7F,   0x80,   0x85,   0x9F,   0x061C, 0x200E, 0x200F,
                                 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
                                 0x2066, 0x2067, 0x2068, 0x2069};
    const uint32_t others[] = {0x20,   0x7E,   0xA0,   0xE4,   0x061B, 0x061D,  0x200D,
                               0x2010, 0x2027, 0x202F, 0x2065, 0x206A, 0x1F600, 0x10FFFF};
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        ck_assert_msg(ofp_character_is_control(controls[i]), "U+%04X", controls[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!ofp_character_is_control(others[i]), "U+%04X", others[i]);
}
END_TEST

START_TEST(finds_control_characters)
{
    ck_assert(!ofp_span_has_control((ofp_text){0}));
    ck_assert(!ofp_span_has_control(ofp_text_of("Gr\xC3\xBC\xC3\x9F"
                                                "e, \xE2\x82\xAC 5")));
    ck_assert(ofp_span_has_control(OFP_LITERAL("\0")));
    ck_assert(ofp_span_has_control(ofp_text_of("abc\n")));
    ck_assert(ofp_span_has_control(ofp_text_of("\tabc")));
    ck_assert(ofp_span_has_control(ofp_text_of("a\xC2\x85z")));
    ck_assert(ofp_span_has_control(ofp_text_of("a\xE2\x80\xAEz")));
    ck_assert(ofp_span_has_control(ofp_text_of("a\x7F")));
}
END_TEST

static const ofp_text levels[] = {OFP_LITERAL("free"), OFP_LITERAL("standard"),
                                  OFP_LITERAL("premium"), OFP_LITERAL("ultimate"),
                                  OFP_LITERAL("self_managed")};

START_TEST(guesses_what_was_meant)
{
    static const struct {
        const char *word;
        int nearest;
    } cases[] = {
        {"premum", 2},
        {"premiun", 2},
        {"preimum", 2},
        {"premiumm", 2},
        {"Premium", 2},
        {"premiums", 2},
        {"fre", 0},
        {"standart", 1},
        {"ultimat", 3},
        {"utlimate", 3},
        {"rpemium", 2},
        {"perimum", 2},
        {"premimu", 2},
        {"PREIMUM", 2},
        {"self_mangaed", 4},
        {"selfmanaged", 4},
        {"self-managed", 4},
        {"stadnard", 1},
        {"", -1},
        {"gold", -1},
        {"x", -1},
        {"completely different", -1},
        {"1234567", -1},
        {"premium but with a very long tail behind it", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int nearest =
            ofp_span_nearest(ofp_text_of(cases[i].word), levels, sizeof levels / sizeof *levels);
        ck_assert_msg(nearest == cases[i].nearest, "%s: %d", cases[i].word, nearest);
    }
}
END_TEST

START_TEST(prefers_the_nearest_of_several)
{
    const ofp_text names[] = {OFP_LITERAL("premiere"), OFP_LITERAL("premium"),
                              OFP_LITERAL("premiums")};
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premiun"), names, 3), 1);
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premiumz"), names, 3), 1);
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premiere"), names, 3), 0);
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premiums"), names, 3), 2);
}
END_TEST

START_TEST(guesses_nothing_without_candidates)
{
    const ofp_text empty[] = {OFP_LITERAL(""), {NULL, 0}};
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premium"), levels, 0), -1);
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premium"), NULL, 0), -1);
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premium"), empty, 2), -1);
    ck_assert_int_eq(ofp_span_nearest((ofp_text){0}, levels, 3), -1);
}
END_TEST

/* Words from outside may be long, and candidates too. */
START_TEST(takes_long_words)
{
    static char word[100000], other[100000];
    memset(word, 'a', sizeof word);
    memset(other, 'a', sizeof other);
    other[5] = 'b';
    const ofp_text candidates[] = {OFP_LITERAL("premium"), {other, sizeof other}};
    const int nearest = ofp_span_nearest((ofp_text){word, sizeof word}, candidates, 2);
    ck_assert_msg(nearest == -1 || nearest == 1, "%d", nearest);
    ck_assert_int_eq(ofp_span_nearest((ofp_text){word, sizeof word}, levels, 3), -1);
    /* A candidate that is too long does not hide the next one. */
    const ofp_text late[] = {{other, sizeof other}, OFP_LITERAL("premium")};
    ck_assert_int_eq(ofp_span_nearest(ofp_text_of("premiun"), late, 2), 1);
    for (size_t size = 8; size < 400; size++) {
        const ofp_text same = {other, size};
        const int found = ofp_span_nearest((ofp_text){word, size}, &same, 1);
        expect_each(found == 0 || size > 32, "%zu letters", size);
    }
}
END_TEST

TCase *span_case(void)
{
    TCase *tests = tcase_create("span");
    tcase_add_test(tests, compares_bytes);
    tcase_add_test(tests, knows_control_characters);
    tcase_add_test(tests, finds_control_characters);
    tcase_add_test(tests, guesses_what_was_meant);
    tcase_add_test(tests, prefers_the_nearest_of_several);
    tcase_add_test(tests, guesses_nothing_without_candidates);
    tcase_add_test(tests, takes_long_words);
    return tests;
}
