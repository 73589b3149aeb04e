/* SPDX-License-Identifier: MIT */
/* Patterns that would take for ever or all memory give up soon; each with JIT and without. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cases.h"
#include "expect.h"

/* Far more than any of these may take, even under valgrind. */
static const double most_seconds = 20;

enum { MEBIBYTE = 1 << 20 };

/* A text of `size` bytes: a unit again and again, then an end. The caller frees it. */
static ofp_text repeat(const char *unit, size_t size, const char *end)
{
    const size_t step = strlen(unit), end_size = strlen(end);
    char *data = calloc(1, size + VECTOR_SIZE);
    ck_assert_ptr_nonnull(data);
    for (size_t i = 0; i < size - end_size; i++)
        data[i] = unit[i % step];
    memcpy(data + size - end_size, end, end_size);
    return (ofp_text){data, size};
}

/* One text behind the other. The caller frees it. */
static ofp_text join(ofp_text first, ofp_text second)
{
    char *data = calloc(1, first.size + second.size + VECTOR_SIZE);
    ck_assert_ptr_nonnull(data);
    memcpy(data, first.data, first.size);
    memcpy(data + first.size, second.data, second.size);
    return (ofp_text){data, first.size + second.size};
}

static ofp_match match_in_time(const char *pattern, ofp_text text, bool jit)
{
    const clock_t start = clock();
    const ofp_match result = match_text(ofp_text_of(pattern), text, jit);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_msg(seconds < most_seconds, "/%s/ took %.1f seconds", pattern, seconds);
    if (getenv("OFP_TEST_TIMES"))
        printf("%8.3f s  jit %d  result %d  %zu bytes  /%.60s/\n", seconds, jit, result, text.size,
               pattern);
    return result;
}

/* These must try so many ways that nobody can wait for the answer. */
START_TEST(catastrophes_give_up)
{
    static const char *const patterns[] = {
        "(a+)+$",
        "(a|aa)+$",
        "(a|a?)+$",
        "(a*)*\\z",
        "([a-z]+)*\\z",
        "(.*a){20}\\z",
        "^(([a-z])+.)+\\d\\z",
        "(?:a?){40}a{40}\\z",
        "(aa?a?a?)+\\z",
        "((a{0,5}){0,5})*\\z",
        "^(a|b|ab)*c\\z",
        "(\\w+\\s?)+\\z",
    };
    const ofp_text text = repeat("a", 60, "!");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const ofp_match result = match_in_time(patterns[i], text, _i);
        /* Where PCRE2 is clever enough to tell, that is as good. */
        ck_assert_msg(result == OFP_MATCH_GAVE_UP || result == OFP_MATCH_NO, "/%s/: %d",
                      patterns[i], result);
    }
    ck_assert_int_eq(match_in_time("(a+)+$", text, _i), OFP_MATCH_GAVE_UP);
    ck_assert_int_eq(match_in_time("(a|aa)+$", text, _i), OFP_MATCH_GAVE_UP);
    free((char *)text.data);
}
END_TEST

START_TEST(catastrophes_give_up_on_long_texts)
{
    static const char *const patterns[] = {"(.*)*x",         "(a+)+$",       "(a|aa)+$",
                                           "(?s)(.|a)*x\\z", "(?:.*,){12}x", "(.+)+(.+)+x",
                                           "(\\w+\\s*)+:$"};
    const ofp_text text = repeat("aa a,", MEBIBYTE, "!");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const ofp_match result = match_in_time(patterns[i], text, _i);
        ck_assert_msg(result == OFP_MATCH_GAVE_UP || result == OFP_MATCH_NO, "/%s/: %d",
                      patterns[i], result);
    }
    free((char *)text.data);
}
END_TEST

/* Repeats of one character, whose steps PCRE2's own limits do not count. */
START_TEST(simple_repeats_give_up)
{
    static const struct {
        const char *pattern, *unit, *end;
    } cases[] = {
        {"\\w+\\.?\\w*@\\d", "a", "@x"},
        {"\\w*\\w*\\w*\\w*@\\d", "a", "@x"},
        {"\\bcloud\\b.*\\bmigrat", "cloud ", "t"},
        {"cloud.*cloud.*cloud.*x", "cloud ", "."},
        {"\\s+$", " ", "."},
        {"a+b+c", "aab", "d"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_text text = repeat(cases[i].unit, MEBIBYTE, cases[i].end);
        const ofp_match result = match_in_time(cases[i].pattern, text, _i);
        ck_assert_msg(result == OFP_MATCH_GAVE_UP || result == OFP_MATCH_NO, "/%s/: %d",
                      cases[i].pattern, result);
        free((char *)text.data);
    }
    const ofp_text text = repeat("a", MEBIBYTE, "@x");
    ck_assert_int_eq(match_in_time("\\w+\\.?\\w*@\\d", text, _i), OFP_MATCH_GAVE_UP);
    free((char *)text.data);
}
END_TEST

/* Items that are long comparisons in themselves: each step of these costs as much as thousands. */
START_TEST(long_items_give_up)
{
    static const struct {
        const char *pattern, *unit, *end;
    } cases[] = {
        {"^(a*)b.*?\\1c", "a", "b"},
        {"(?=a)a{60000}[bc]", "a", "-"},
        {"(?=a)(?:a{60000})(?1)?[bc](x)?", "a", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_text text = repeat(cases[i].unit, MEBIBYTE / 2, cases[i].end);
        const ofp_text twice = join(text, text);
        const ofp_match result = match_in_time(cases[i].pattern, twice, _i);
        ck_assert_msg(result == OFP_MATCH_GAVE_UP, "/%s/: %d", cases[i].pattern, result);
        free((char *)text.data);
        free((char *)twice.data);
    }
}
END_TEST

/* A class of so many ranges that each character is compared for a microsecond. */
START_TEST(long_classes_give_up)
{
    char pattern[16000] = "[";
    for (int character = 0x3000; character < 0x3000 + 3 * 2000; character += 3)
        snprintf(pattern + strlen(pattern), 32, "%c%c%c-", 0xE0 | character >> 12,
                 0x80 | (character >> 6 & 0x3F), 0x80 | (character & 0x3F));
    strcat(pattern, "\xEF\xBF\xBD]+?[cd]");
    const ofp_text text = repeat("\xEF\xBF\xBD", MEBIBYTE - 1, "!");
    ck_assert_int_eq(match_in_time(pattern, text, _i), OFP_MATCH_GAVE_UP);
    free((char *)text.data);
}
END_TEST

/*
 * Patterns that are quick one by one give up when all together might not be; of those that can be
 * counted, the steps that they really take count.
 */
START_TEST(quick_patterns_add_up)
{
    ofp_pattern_problem problem;
    ofp_matcher *matcher = ofp_matcher_new();
    ofp_pattern *plain = ofp_pattern_compile(OFP_LITERAL("[yz][yz]"), true, &problem);
    ofp_pattern *repeat_of_x = ofp_pattern_compile(OFP_LITERAL("x.*[yz]"), true, &problem);
    const ofp_text text = repeat("a", MEBIBYTE, "-"), line = repeat("x", 2500, "-");
    ofp_matcher_use_jit(matcher, _i);
    for (int i = 0; i < 256; i++)
        ck_assert_int_eq(ofp_pattern_match(plain, matcher, text, 0), OFP_MATCH_NO);
    ck_assert_int_eq(ofp_pattern_match(plain, matcher, text, 0), OFP_MATCH_GAVE_UP);
    ck_assert_int_eq(ofp_pattern_match(repeat_of_x, matcher, text, 0), OFP_MATCH_NO);
    int matched = 0;
    while (matched < 100 && ofp_pattern_match(repeat_of_x, matcher, line, 0) == OFP_MATCH_NO)
        matched++;
    ck_assert_msg(matched > 1 && matched < 100, "%d", matched);
    ofp_matcher_renew(matcher);
    ck_assert_int_eq(ofp_pattern_match(plain, matcher, text, 0), OFP_MATCH_NO);
    free((char *)text.data);
    free((char *)line.data);
    ofp_pattern_free(plain);
    ofp_pattern_free(repeat_of_x);
    ofp_matcher_free(matcher);
}
END_TEST

/* So do all patterns together, until somebody renews the matcher. */
START_TEST(steps_add_up)
{
    ofp_pattern_problem problem;
    ofp_matcher *matcher = ofp_matcher_new();
    ofp_pattern *pattern = ofp_pattern_compile(OFP_LITERAL("x.*[yz]"), true, &problem);
    const ofp_text line = repeat("x", 3000, "-");
    ofp_matcher_use_jit(matcher, _i);
    for (int round = 0; round < 2; round++) {
        int matched = 0;
        ofp_matcher_renew(matcher);
        while (matched < 1000 && ofp_pattern_match(pattern, matcher, line, 0) == OFP_MATCH_NO)
            matched++;
        ck_assert_msg(matched > 1 && matched < 1000, "%d", matched);
        ck_assert_int_eq(ofp_pattern_match(pattern, matcher, line, 0), OFP_MATCH_GAVE_UP);
    }
    free((char *)line.data);
    ofp_pattern_free(pattern);
    ofp_matcher_free(matcher);
}
END_TEST

START_TEST(deep_recursion_gives_up)
{
    static const char *const patterns[] = {
        "\\((?:[^()]|(?R))*\\)", "(\\((?:[^()]++|(?1))*+\\))",
        "(\\((?1)?\\))",         "(?:\\((?:(?R)|)\\)|\\()*x",
        "((\\()(?1)|x)y",
    };
    const ofp_text text = repeat("(", MEBIBYTE, "(");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const ofp_match result = match_in_time(patterns[i], text, _i);
        ck_assert_msg(result == OFP_MATCH_GAVE_UP || result == OFP_MATCH_NO, "/%s/: %d",
                      patterns[i], result);
    }
    free((char *)text.data);
}
END_TEST

START_TEST(endless_recursion_gives_up)
{
    static const char *const patterns[] = {"(?R)", "(?1)?(?R)()", "(a|(?1)b)", "(?<x>(?&x)a|a)"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        ofp_pattern_problem problem = {0};
        ofp_pattern *pattern = ofp_pattern_compile(ofp_text_of(patterns[i]), true, &problem);
        ofp_pattern_free(pattern);
        if (!pattern)
            continue; /* PCRE2 may refuse it outright */
        const ofp_match result = match_in_time(patterns[i], ofp_text_of("zzzz"), _i);
        ck_assert_msg(result == OFP_MATCH_GAVE_UP || result == OFP_MATCH_NO, "/%s/: %d",
                      patterns[i], result);
    }
}
END_TEST

START_TEST(long_texts_do_not_give_up)
{
    static const struct {
        const char *pattern;
        ofp_match result;
    } cases[] = {
        {"\\bneedle\\b", OFP_MATCH_YES},
        {"needle$", OFP_MATCH_YES},
        {"\\bnadel\\b", OFP_MATCH_NO},
        {"(?s)^.*needle", OFP_MATCH_YES},
        {"hay(stack)?\\s+(x|needle)", OFP_MATCH_YES},
        {"\\bn[a-z]{4}l\\b", OFP_MATCH_NO},
        {"(hay|straw)\\d", OFP_MATCH_NO},
        {"\\bself[ -]?(managed|hosted)\\b", OFP_MATCH_NO},
        {"\\w+@cloud", OFP_MATCH_NO},
        {"hay.*needle", OFP_MATCH_YES},
        {"\\s+needles", OFP_MATCH_NO},
    };
    const ofp_text text = repeat("hay \xC3\xA4 ", MEBIBYTE, "hay needle");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_match result = match_in_time(cases[i].pattern, text, _i);
        ck_assert_msg(result == cases[i].result, "/%s/: %d", cases[i].pattern, result);
    }
    free((char *)text.data);
}
END_TEST

/* Groups that repeat need memory for each round; there is a bound to it, and beyond it no crash. */
START_TEST(repeated_groups_answer_or_give_up)
{
    static const char *const patterns[] = {"(?:.|\\n)*\\z", "(a|\\w| )*!", "(?:(a)|b|\\s)+!",
                                           "((((.)))){2,}!"};
    const ofp_text text = repeat("aa ", MEBIBYTE, "!");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const ofp_match result = match_in_time(patterns[i], text, _i);
        ck_assert_msg(result == OFP_MATCH_GAVE_UP || result == OFP_MATCH_YES, "/%s/: %d",
                      patterns[i], result);
    }
    free((char *)text.data);
}
END_TEST

/* Giving up leaves nothing behind: the same matcher then answers as ever. */
START_TEST(a_matcher_works_after_giving_up)
{
    ofp_pattern_problem problem;
    ofp_matcher *matcher = ofp_matcher_new();
    ofp_pattern *pattern = ofp_pattern_compile(OFP_LITERAL("(a+)+$"), true, &problem);
    const ofp_text text = repeat("a", 60, "!");
    ofp_matcher_use_jit(matcher, _i);
    for (int round = 0; round < 3; round++) {
        ck_assert_int_eq(ofp_pattern_match(pattern, matcher, text, 0), OFP_MATCH_GAVE_UP);
        ofp_matcher_renew(matcher);
        ck_assert_int_eq(ofp_pattern_match(pattern, matcher, ofp_text_of("!aaa"), 0),
                         OFP_MATCH_YES);
        ck_assert_int_eq(ofp_pattern_match(pattern, matcher, ofp_text_of("bbb"), 0), OFP_MATCH_NO);
    }
    free((char *)text.data);
    ofp_pattern_free(pattern);
    ofp_matcher_free(matcher);
}
END_TEST

TCase *pattern_limits_case(void)
{
    TCase *tests = tcase_create("limits");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, catastrophes_give_up, 0, 2);
    tcase_add_loop_test(tests, catastrophes_give_up_on_long_texts, 0, 2);
    tcase_add_loop_test(tests, simple_repeats_give_up, 0, 2);
    tcase_add_loop_test(tests, long_items_give_up, 0, 2);
    /* Without JIT this takes longer than all the others. */
    tcase_add_loop_test(tests, long_classes_give_up, 1, 2);
    tcase_add_loop_test(tests, quick_patterns_add_up, 0, 2);
    tcase_add_loop_test(tests, steps_add_up, 0, 2);
    tcase_add_loop_test(tests, deep_recursion_gives_up, 0, 2);
    tcase_add_loop_test(tests, endless_recursion_gives_up, 0, 2);
    tcase_add_loop_test(tests, long_texts_do_not_give_up, 0, 2);
    tcase_add_loop_test(tests, repeated_groups_answer_or_give_up, 0, 2);
    tcase_add_loop_test(tests, a_matcher_works_after_giving_up, 0, 2);
    return tests;
}
