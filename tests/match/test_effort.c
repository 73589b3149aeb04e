/* SPDX-License-Identifier: MIT */
/* How long a text may be for a pattern to be surely fast. */
#include <offerpolicy/request.h>

#include "cases.h"
#include "effort.h"
#include "expect.h"

enum { STEPS = 1000000 };

START_TEST(sizes)
{
    static const struct {
        const char *pattern;
        size_t size;
    } cases[] = {
        {"", STEPS},
        {"cloud", STEPS},
        {"\\bself[- ]?managed\\b", STEPS / 2},
        {"saas|gitlab\\.com|cloud", STEPS / 3},
        {"\\b(?:saas|cloud)\\b", STEPS / 2},
        {"(?:a|b)(c|d)(?=e)", STEPS / 4},
        {"[]x](a|b|c)?", STEPS / 4},
        {"a{3}", STEPS / 4},
        {"a{2,9}", STEPS / 10},
        {"a+", 1000},
        {"a*?b", 1000},
        {"(?:ab)++", 1000},
        {"a{2,}", 1000},
        {"move.*server", 1000},
        {"\\w+\\.?x", 707},
        {"\\w+\\.?\\w*@\\d", 79},
        {"(a|b.*)c", 707},
        {"(a+|b*)c", 707},
        {"\\*\\+\\?\\{", STEPS},
        {"[*+?{(|]", STEPS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t size = ofp_effort_longest_text(ofp_text_of(cases[i].pattern), STEPS);
        ck_assert_msg(size == cases[i].size, "/%s/: %zu", cases[i].pattern, size);
    }
}
END_TEST

/* What can explode, and what nobody took the trouble to understand. */
START_TEST(hopeless)
{
    static const char *const patterns[] = {
        "(a+)+",
        "(a|b)+",
        "(a?)*",
        "(?:a*)?{2}",
        "(?R)",
        "(a)\\1",
        "(?i)a",
        "(?<n>a)",
        "(?#x)a",
        "\\Qa\\E",
        "\\p{L}",
        "\\X",
        "\\R",
        "[[:alpha:]]",
        "[\\Q]\\E]",
        "(?x) a",
        "a{x}",
        "a{,3}",
        "(?<=a)b",
        "a{2}{3}",
        "(?>a*)",
        "a{99999}{2}",
        "(?|a|b)",
        "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?",
        "((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        ck_assert_msg(ofp_effort_longest_text(ofp_text_of(patterns[i]), STEPS) == 0, "/%s/",
                      patterns[i]);
}
END_TEST

/* It is handed only what PCRE2 compiles; nothing else may harm it either. */
START_TEST(pieces)
{
    static const char *const patterns[] = {
        "\\",   "[",   "[^", "[]",  "[\\",           "(",    ")", "(?", "a{", "a{1",
        "a{1,", "(?:", "*",  "{1}", "a{4294967297}", "[a-\\"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        ck_assert(ofp_effort_longest_text(ofp_text_of(patterns[i]), STEPS) <= STEPS);
    ck_assert_uint_eq(ofp_effort_longest_text((ofp_text){0}, STEPS), STEPS);
}
END_TEST

TCase *pattern_effort_case(void)
{
    TCase *tests = tcase_create("effort");
    tcase_add_test(tests, sizes);
    tcase_add_test(tests, hopeless);
    tcase_add_test(tests, pieces);
    return tests;
}
