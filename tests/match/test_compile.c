/* SPDX-License-Identifier: MIT */
/* Which patterns compile, and what is said about the others. */
#include <string.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"

static ofp_pattern_problem compile_problem(ofp_text source)
{
    ofp_pattern_problem problem = {0};
    ofp_pattern *pattern = ofp_pattern_compile(source, true, &problem);
    ck_assert_msg(!pattern, "%.*s compiles", (int)source.size, source.data);
    ck_assert_msg(problem.offset <= source.size, "%.*s", (int)source.size, source.data);
    const size_t length = strnlen(problem.message, sizeof problem.message);
    ck_assert_uint_gt(length, 0);
    ck_assert_uint_lt(length, sizeof problem.message);
    ck_assert_msg(problem.message[length - 1] != '.', "%s", problem.message);
    return problem;
}

START_TEST(says_where_a_pattern_is_wrong)
{
    static const struct {
        const char *source;
        size_t offset;
    } cases[] = {
        {"abc)", 3}, {"(abc", 4}, {"[abc", 4}, {"*a", 0}, {"a(b|c", 5}, {"\xC3\xA4)", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_pattern_problem problem = compile_problem(ofp_text_of(cases[i].source));
        ck_assert_int_eq(problem.code, OFP_CODE_BAD_PATTERN);
        ck_assert_msg(problem.offset == cases[i].offset, "%s: %zu", cases[i].source,
                      problem.offset);
    }
}
END_TEST

START_TEST(refuses_what_pcre2_refuses)
{
    static const char *const sources[] = {
        "a{2,1}",   "(?<n",        "(?P<1>a)", "[z-a]",     "\\p{Nonsense}",
        "(?<=a*)b", "\\",          "(?1)",     "\\k<none>", "a**",
        "(?z)",     "\\x{110000}", "\\u0041",  "[[:no:]]",  "(?<n>)(?<n>)",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        ck_assert_int_eq(compile_problem(ofp_text_of(sources[i])).code, OFP_CODE_BAD_PATTERN);
    ck_assert_int_eq(compile_problem(OFP_LITERAL("a\xFF")).code, OFP_CODE_BAD_PATTERN);
    ck_assert_int_eq(compile_problem(OFP_LITERAL("\xED\xA0\x80")).code, OFP_CODE_BAD_PATTERN);
}
END_TEST

START_TEST(refuses_verbs)
{
    static const struct {
        const char *source;
        size_t offset;
    } cases[] = {
        {"(*UTF)", 0},
        {"(*UTF)(*UCP)a", 0},
        {"(*NO_JIT)a", 0},
        {"(*LIMIT_MATCH=4000000000)a", 0},
        {"(*CRLF)a", 0},
        {"a(*SKIP)b", 1},
        {"a(*F)", 1},
        {"a(*FAIL)", 1},
        {"a(*:name)b", 1},
        {"a(*MARK:name)b", 1},
        {"a(*COMMIT)", 1},
        {"(a|(*ACCEPT))b", 3},
        {"(*pla:a)", 0},
        {"(*atomic:a)", 0},
        {"(*sr:a)", 0},
        {"\\\\(*ACCEPT)", 2},
        {"\\\\\\\\(*ACCEPT)", 4},
        {"\\((*ACCEPT)", 2},
        {"[a](*ACCEPT)", 3},
        {"[\\]](*ACCEPT)", 4},
        {"\xC3\xA4(*ACCEPT)", 2},
        {"(((*ACCEPT)))", 2},
        {"(?i)(*ACCEPT)", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_pattern_problem problem = compile_problem(ofp_text_of(cases[i].source));
        ck_assert_msg(problem.code == OFP_CODE_REFUSED_PATTERN, "%s: %s", cases[i].source,
                      problem.message);
        ck_assert_msg(problem.offset == cases[i].offset, "%s: %zu", cases[i].source,
                      problem.offset);
    }
}
END_TEST

/* Here the backslash before the parenthesis belongs to something else for PCRE2, or there are
 * other reasons for a careless scanner to lose its place. */
START_TEST(refuses_verbs_in_disguise)
{
    static const char *const sources[] = {
        "\\c\\(*ACCEPT)",         "a|\\c\\(*ACCEPT)b",    "\\Q\\\\E(*ACCEPT)",
        "\\Qa\\E(*ACCEPT)",       "\\Q\\E(*ACCEPT)",      "\\E(*ACCEPT)",
        "(?#\\)(*ACCEPT)",        "(?#comment)(*ACCEPT)", "(?x)#\\\n(*ACCEPT)",
        "(?x) # (\n (*ACCEPT)",   "[]](*ACCEPT)",         "[^]](*ACCEPT)",
        "[[:alpha:]](*ACCEPT)",   "[\\Q]\\E](*ACCEPT)",   "[\\\\](*ACCEPT)",
        "\\x5c(*ACCEPT)",         "\\N{U+5C}(*ACCEPT)",   "\\g{1}(a)(*ACCEPT)",
        "\\k{a}(?<a>b)(*ACCEPT)", "\\x{5c}(*ACCEPT)",     "a\\\\\\\\\\\\(*ACCEPT)",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        ck_assert_msg(compile_problem(ofp_text_of(sources[i])).code == OFP_CODE_REFUSED_PATTERN,
                      "%s", sources[i]);
    ck_assert_int_eq(compile_problem(OFP_LITERAL("a\0(*ACCEPT)")).code, OFP_CODE_REFUSED_PATTERN);
    ck_assert_int_eq(compile_problem(OFP_LITERAL("\\\0(*ACCEPT)")).code, OFP_CODE_REFUSED_PATTERN);
}
END_TEST

START_TEST(refuses_single_bytes)
{
    static const char *const sources[] = {"\\C",    "a\\Cb",  "\\\\\\C",   "\\c\\\\C",
                                          "(\\C+)", "[a]\\C", "(?#\\)\\C", "\\Q\\\\E\\C"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        ck_assert_msg(compile_problem(ofp_text_of(sources[i])).code == OFP_CODE_REFUSED_PATTERN,
                      "%s", sources[i]);
}
END_TEST

/* What only looks like something that is refused. */
START_TEST(takes_escaped_look_alikes)
{
    static const struct {
        const char *source, *text;
    } cases[] = {
        {"\\(*", "((("},     {"\\(\\*ACCEPT\\)", "see (*ACCEPT)"},
        {"a\\(*b", "a(((b"}, {"\\\\C", "a\\C"},
        {"\\\\\\(*", "\\("}, {"(a)*b", "aab"},
        {"[*(]", "*"},       {"\\*(a)", "*a"},
        {"(?:\\*)?a", "*a"}, {"\\cC|a", "\x03"},
        {"[C]", "C"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(match_text(ofp_text_of(cases[i].source), ofp_text_of(cases[i].text), true) ==
                          OFP_MATCH_YES,
                      "%s", cases[i].source);
}
END_TEST

START_TEST(takes_strange_but_right_patterns)
{
    static char groups[4 * 20000];
    ck_assert_int_eq(match_text(OFP_LITERAL(""), OFP_LITERAL("a"), true), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("a\0b"), OFP_LITERAL("xa\0by"), true), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(OFP_LITERAL("a\0b"), OFP_LITERAL("xa\0cy"), true), OFP_MATCH_NO);
    for (size_t i = 0; i < sizeof groups; i += 4)
        memcpy(groups + i, "(a?)", 4);
    for (int jit = 0; jit < 2; jit++)
        ck_assert_int_eq(match_text((ofp_text){groups, 4 * 300}, OFP_LITERAL("aaa"), jit),
                         OFP_MATCH_YES);
    /* Too many of them for PCRE2 to compile, or not: but an answer. */
    ofp_pattern_problem problem = {0};
    ofp_pattern *pattern = ofp_pattern_compile((ofp_text){groups, sizeof groups}, true, &problem);
    ck_assert(pattern || problem.code == OFP_CODE_BAD_PATTERN);
    ofp_pattern_free(pattern);
}
END_TEST

START_TEST(refuses_patterns_that_are_nested_too_deeply)
{
    static char nested[200001];
    memset(nested, '(', 100000);
    memset(nested + 100000, ')', 100000);
    ck_assert_int_eq(compile_problem((ofp_text){nested, 200000}).code, OFP_CODE_BAD_PATTERN);
}
END_TEST

START_TEST(says_when_memory_is_out)
{
    ofp_pattern_problem problem = {0};
    allocations_fail_after(0);
    ofp_pattern *pattern = ofp_pattern_compile(OFP_LITERAL("a"), true, &problem);
    ofp_matcher *matcher = ofp_matcher_new();
    allocations_allow();
    ck_assert_ptr_null(pattern);
    ck_assert_int_eq(problem.code, OFP_CODE_NO_MEMORY);
    ck_assert_ptr_null(matcher);
    ck_assert_ptr_null(ofp_pattern_free(NULL));
    ck_assert_ptr_null(ofp_matcher_free(NULL));
}
END_TEST

TCase *pattern_compile_case(void)
{
    TCase *tests = tcase_create("compile");
    tcase_add_test(tests, says_where_a_pattern_is_wrong);
    tcase_add_test(tests, refuses_what_pcre2_refuses);
    tcase_add_test(tests, refuses_verbs);
    tcase_add_test(tests, refuses_verbs_in_disguise);
    tcase_add_test(tests, refuses_single_bytes);
    tcase_add_test(tests, takes_escaped_look_alikes);
    tcase_add_test(tests, takes_strange_but_right_patterns);
    tcase_add_test(tests, refuses_patterns_that_are_nested_too_deeply);
    tcase_add_test(tests, says_when_memory_is_out);
    return tests;
}
