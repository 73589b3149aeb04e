/* SPDX-License-Identifier: MIT */
/* What matches; each with JIT and without. */
#include <stdlib.h>

#include "cases.h"
#include "expect.h"

typedef struct example {
    const char *pattern, *text;
    bool matches;
} example;

static void expect_examples(const example *examples, size_t count, bool jit)
{
    for (size_t i = 0; i < count; i++) {
        const ofp_match result =
            match_text(ofp_text_of(examples[i].pattern), ofp_text_of(examples[i].text), jit);
        ck_assert_msg(result == (examples[i].matches ? OFP_MATCH_YES : OFP_MATCH_NO),
                      "/%s/ and \"%s\": %d", examples[i].pattern, examples[i].text, result);
    }
}

#define expect_all(examples) expect_examples(examples, sizeof(examples) / sizeof *(examples), _i)

START_TEST(ignores_case_in_all_scripts)
{
    static const example examples[] = {
        {"saas", "SaaS", true},
        {"SAAS", "saas", true},
        {"[a-f]", "C", true},
        {"k", "\xE2\x84\xAA", true}, /* Kelvin sign */
        {"\xE2\x84\xAA", "K", true},
        {"[i-l]", "\xE2\x84\xAA", true},
        {"s", "\xC5\xBF", true}, /* long s */
        {"\xC5\xBF", "S", true},
        {"\xC3\xA5", "\xE2\x84\xAB", true}, /* a with ring, Angstrom sign */
        {"gr\xC3\xBC\xC3\x9F"
         "e",
         "GR\xC3\x9C\xE1\xBA\x9E"
         "E",
         true}, /* capital sharp s */
        {"stra\xC3\x9F"
         "e",
         "STRASSE", false}, /* no folding to two letters */
        {"strasse",
         "Stra\xC3\x9F"
         "e",
         false},
        {"\xCF\x83", "\xCF\x82", true}, /* sigma, final sigma */
        {"\xCE\xA3", "\xCF\x82", true},
        {"\xD0\x9C\xD0\x98\xD0\xA0", "\xD0\xBC\xD0\xB8\xD1\x80", true}, /* Cyrillic */
        {"\xF0\x90\x90\x80", "\xF0\x90\x90\xA8", true}, /* Deseret: beyond 16 bits */
        {"i", "\xC4\xB1", false},                       /* dotless i */
        {"i", "\xC4\xB0", false},                       /* I with dot */
        {"\xC4\xB1", "I", false},
        {"I", "i", true},
        {"(?-i)saas", "SaaS", false},
        {"\xC3\xA4", "a\xCC\x88", false}, /* no normalization */
    };
    expect_all(examples);
}
END_TEST

START_TEST(knows_words_of_all_scripts)
{
    static const example examples[] = {
        {"\\bm\xC3\xBCll\\b", "der M\xC3\xBCll!", true},
        {"\\bm\xC3\xBCll\\b", "M\xC3\xBCll\xC3\xA4", false},
        {"\\bm\\b", "m\xC3\xA4", false},
        {"\\bm\\b", "m\xE2\x82\xAC", true}, /* a currency sign is no letter */
        {"^\\w+$", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", true},
        {"^\\d$", "\xD9\xA3", true}, /* an Arabic digit */
        {"^\\s$", "\xC2\xA0", true}, /* no-break space */
        {"^\\S$", "\xE3\x80\x80", false},
        {"\\bsaas\\b", "saas_tool", false},
        {"\\bsaas\\b", "our saas-tool", true},
        {"\\bsaas\\b", "saas", true},
        {"^.$", "\xF0\x9F\x98\x80", true},
        {"^..$", "\xF0\x9F\x98\x80", false},
        {"\\p{Greek}", "abc\xCE\xB1", true},
        {"[[:upper:]]", "\xC3\x84", true},
    };
    expect_all(examples);
}
END_TEST

START_TEST(anchors_at_the_text)
{
    static const example examples[] = {
        {"^b", "a\nb", false}, {"(?m)^b", "a\nb", true}, {"a$", "a\nb", false},
        {"b$", "a\nb", true},  {"b$", "b\n", true},      {"b\\z", "b\n", false},
        {"\\Aa", "ba", false}, {"a.b", "a\nb", false},   {"(?s)a.b", "a\nb", true},
        {"^$", "", true},      {"^$", "\n", true},       {"^$", "\n\n", false},
    };
    expect_all(examples);
}
END_TEST

START_TEST(matches_empty_texts)
{
    static const example examples[] = {
        {"", "", true},   {"x*", "", true},     {"x", "", false},    {"\\b", "", false},
        {".", "", false}, {"(?=x)", "", false}, {"(?!x)", "", true},
    };
    expect_all(examples);
    ck_assert_int_eq(match_text(OFP_LITERAL("x*"), (ofp_text){0}, _i), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("x"), (ofp_text){0}, _i), OFP_MATCH_NO);
}
END_TEST

START_TEST(matches_anywhere)
{
    static const example examples[] = {
        {"shared runners?\\b", "The Shared Runner hangs", true},
        {"shared runners?\\b", "the shared  runner hangs", false},
        {"\\bself[ -]?(managed|hosted)\\b", "we are SELF-HOSTED, and", true},
        {"/etc/northwind/\\S+", "cat /etc/northwind/ctl.rb", true},
        {"/etc/northwind/\\S+", "cat /etc/northwind/ ", false},
        {"(.)(.)\\2\\1", "an Otto engine", true},
        {"(?<=a)b(?!c)", "abc ab", true},
        {"(?<n>a|b)(?&n)c", "abc", true},
        {"(a)?(?(1)b|c)", "xc", true},
        {"a{3}", "aa", false},
    };
    expect_all(examples);
}
END_TEST

START_TEST(texts_may_have_zero_bytes)
{
    ck_assert_int_eq(match_text(OFP_LITERAL("b"), OFP_LITERAL("a\0b"), _i), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("^a.b$"), OFP_LITERAL("a\0b"), _i), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("^a$"), OFP_LITERAL("a\0b"), _i), OFP_MATCH_NO);
    ck_assert_int_eq(match_text(OFP_LITERAL("\\x00$"), OFP_LITERAL("a\0"), _i), OFP_MATCH_YES);
}
END_TEST

/* Nothing behind the span is looked at. */
START_TEST(stays_within_the_text)
{
    ck_assert_int_eq(match_text(OFP_LITERAL("ab"), (ofp_text){"ab", 1}, _i), OFP_MATCH_NO);
    ck_assert_int_eq(match_text(OFP_LITERAL("a$"), (ofp_text){"ab", 1}, _i), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("a\\b"), (ofp_text){"ab", 1}, _i), OFP_MATCH_YES);
    char *exact = malloc(3); /* for valgrind and sanitizers */
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, "xyz", 3);
    ck_assert_int_eq(match_text(OFP_LITERAL("z(?!.)"), (ofp_text){exact, 3}, _i), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("xyz\\w"), (ofp_text){exact, 3}, _i), OFP_MATCH_NO);
    free(exact);
}
END_TEST

/* One matcher serves many patterns, with few groups and with many. */
START_TEST(a_matcher_serves_many_patterns)
{
    ofp_pattern_problem problem;
    ofp_matcher *matcher = ofp_matcher_new();
    ofp_matcher_use_jit(matcher, _i);
    for (size_t groups = 0; groups <= 300; groups += 60) {
        char source[300 * 3 + 2] = "x";
        for (size_t i = 0; i < groups; i++)
            memcpy(source + 3 * i, "(a)", 3);
        ofp_pattern *pattern = ofp_pattern_compile(ofp_text_of(source), true, &problem);
        ck_assert_ptr_nonnull(pattern);
        char text[301] = "x";
        memset(text, 'A', groups);
        ck_assert_int_eq(ofp_pattern_match(pattern, matcher, ofp_text_of(text), 0), OFP_MATCH_YES);
        ck_assert_int_eq(ofp_pattern_match(pattern, matcher, ofp_text_of("b"), 0), OFP_MATCH_NO);
        ofp_pattern_free(pattern);
    }
    ofp_matcher_free(matcher);
}
END_TEST

TCase *pattern_match_case(void)
{
    TCase *tests = tcase_create("match");
    tcase_add_loop_test(tests, ignores_case_in_all_scripts, 0, 2);
    tcase_add_loop_test(tests, knows_words_of_all_scripts, 0, 2);
    tcase_add_loop_test(tests, anchors_at_the_text, 0, 2);
    tcase_add_loop_test(tests, matches_empty_texts, 0, 2);
    tcase_add_loop_test(tests, matches_anywhere, 0, 2);
    tcase_add_loop_test(tests, texts_may_have_zero_bytes, 0, 2);
    tcase_add_loop_test(tests, stays_within_the_text, 0, 2);
    tcase_add_loop_test(tests, a_matcher_serves_many_patterns, 0, 2);
    return tests;
}
