/* SPDX-License-Identifier: MIT */
/*
 * The prefilter's edges; test_random_match.c has what it finds. Without Vectorscan there is none,
 * and most of this has nothing to look at.
 */
#include <stdio.h>
#include <string.h>

#include "cases.h"
#include "expect.h"
#include "prefilter.h"

enum { MOST = 300, WORDS = MOST / 64 + 1 };

static ofp_pattern *patterns[MOST];
static ofp_prefilter *prefilter;
static ofp_scanner *scanner;
static uint64_t bits[WORDS];
static uint32_t starts[MOST];

static ofp_pattern *compile(const char *text)
{
    ofp_pattern_problem problem;
    ofp_pattern *pattern = ofp_pattern_compile(ofp_text_of(text), true, &problem);
    ck_assert_ptr_nonnull(pattern);
    return pattern;
}

/* A prefilter for these patterns. @param texts ended by NULL */
static ofp_prefilter *make(const char *const *texts)
{
    ofp_prefilter *made = NULL;
    size_t count = 0;
    for (; texts[count]; count++)
        patterns[count] = compile(texts[count]);
    expect_ok(ofp_prefilter_new((const ofp_pattern *const *)patterns, count, &made, &error));
    for (size_t i = 0; i < count; i++)
        ofp_pattern_free(patterns[i]);
    return made;
}

static bool scan(const char *text)
{
    ofp_candidates candidates = {bits, starts};
    memset(bits, 0, sizeof bits);
    memset(starts, 0, sizeof starts);
    return ofp_prefilter_scan(prefilter, scanner, ofp_text_of(text), &candidates);
}

static const char *const shop[] = {"cloud", "\\bdesk", "\\d+", "on.?prem", "saas|clouds", NULL};

static void start(void)
{
    prefilter = make(shop);
    scanner = ofp_scanner_new();
}

static void stop(void)
{
    prefilter = ofp_prefilter_unref(prefilter);
    scanner = ofp_scanner_free(scanner);
}

START_TEST(tells_candidates_and_starts)
{
    if (!prefilter)
        return;
    ck_assert(scan("in the CLOUD, on-prem, in the cloud"));
    ck_assert_uint_eq(bits[0], 1 | 4 | 8);
    ck_assert_uint_eq(starts[0], 7);
    ck_assert_uint_eq(starts[2], 0);
    ck_assert_uint_eq(starts[3], 11); /* 6 bytes before "prem" may match "on.?" */
    ck_assert(scan(""));
    ck_assert_uint_eq(bits[0], 4);
    ck_assert(scan("nothing"));
    ck_assert_uint_eq(bits[0], 4);
    ck_assert(scan("clouds"));
    ck_assert_uint_eq(bits[0], 1 | 4 | 16);
}
END_TEST

START_TEST(foreign_letters_leave_all_open)
{
    if (!prefilter)
        return;
    ck_assert(!scan("at the de" OFP_LONG_S "k"));
    ck_assert(!scan("273 " OFP_KELVIN));
    ck_assert(scan("gr\xC3\xBC\xC3\x9F dich"));
}
END_TEST

START_TEST(there_may_be_nothing_to_find)
{
    static const char *const none[] = {NULL}, *const barren[] = {"\\d+", "a", NULL};
    ck_assert_ptr_null(make(none));
    ck_assert_ptr_null(make(barren));
    ck_assert_ptr_null(ofp_prefilter_unref(NULL));
    ck_assert_ptr_null(ofp_scanner_free(NULL));
}
END_TEST

/* A scanner keeps what it was made for, so that a later prefilter can't be taken for it. */
START_TEST(a_scanner_serves_prefilters_in_turn)
{
    static const char *const one[] = {"desk", NULL};
    if (!prefilter)
        return;
    for (int round = 0; round < 10; round++) {
        ck_assert(scan("cloud"));
        ck_assert_uint_eq(bits[0], 1 | 4);
        ofp_prefilter_unref(prefilter);
        prefilter = make(one);
        ck_assert(scan("cloud"));
        ck_assert_uint_eq(bits[0], 0);
        ck_assert(scan("desk"));
        ck_assert_uint_eq(bits[0], 1);
        ofp_prefilter_unref(prefilter);
        prefilter = make(shop);
    }
}
END_TEST

START_TEST(many_patterns)
{
    char texts[MOST][16], text[64];
    const char *list[MOST + 1] = {NULL};
    for (int i = 0; i < MOST; i++) {
        snprintf(texts[i], sizeof texts[i], "word%03dx", i);
        list[i] = texts[i];
    }
    ofp_prefilter_unref(prefilter);
    prefilter = make(list);
    for (size_t i = 0; prefilter && i < MOST; i++) {
        snprintf(text, sizeof text, "a %s", texts[i]);
        ck_assert(scan(text));
        for (size_t word = 0; word < WORDS; word++)
            ck_assert_uint_eq(bits[word], word == i / 64 ? UINT64_C(1) << i % 64 : 0);
        ck_assert_uint_eq(starts[i], 2);
    }
}
END_TEST

TCase *prefilter_case(void)
{
    TCase *tests = tcase_create("prefilter");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, tells_candidates_and_starts);
    tcase_add_test(tests, foreign_letters_leave_all_open);
    tcase_add_test(tests, there_may_be_nothing_to_find);
    tcase_add_test(tests, a_scanner_serves_prefilters_in_turn);
    tcase_add_test(tests, many_patterns);
    return tests;
}
