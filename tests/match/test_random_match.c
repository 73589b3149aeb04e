/* SPDX-License-Identifier: MIT */
/*
 * What literals and prefilter say about random patterns and texts, against PCRE2 alone. PCRE2 is
 * asked directly, on the whole text.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "expect.h"
#include "prefilter.h"
#include "random_patterns.h"

enum { PATTERNS = 80, TEXTS = 40, ROUNDS = 4, MANY_ROUNDS = 2000 };

static random_source source;

/* Patterns, as the library compiles them and as PCRE2 does. */
static struct set {
    char texts[PATTERNS][RANDOM_PATTERN_SIZE];
    ofp_pattern *patterns[PATTERNS];
    pcre2_code *codes[PATTERNS];
    ofp_prefilter *prefilter;
} set;

static ofp_matcher *matcher;
static ofp_scanner *scanner;
static pcre2_match_data *data;

/* How often something was seen that the test is about. */
static size_t matched, ruled_out, started_late, scanned;

static bool draw_pattern(size_t number)
{
    ofp_pattern_problem problem;
    char *text = set.texts[number];
    const size_t size = random_pattern(&source, text);
    set.patterns[number] = ofp_pattern_compile((ofp_text){text, size}, true, &problem);
    if (!set.patterns[number])
        return false;
    int error;
    PCRE2_SIZE offset;
    set.codes[number] = pcre2_compile(
        (PCRE2_SPTR)text, size, PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &error, &offset, NULL);
    return true;
}

static void draw_set(void)
{
    for (size_t i = 0; i < PATTERNS;)
        i += draw_pattern(i);
    expect_ok(ofp_prefilter_new((const ofp_pattern *const *)set.patterns, PATTERNS, &set.prefilter,
                                &error));
}

static void free_set(void)
{
    for (size_t i = 0; i < PATTERNS; i++) {
        ofp_pattern_free(set.patterns[i]);
        pcre2_code_free(set.codes[i]);
    }
    ofp_prefilter_unref(set.prefilter);
}

/* @param retplace where it matches. @return negative: it does not, or PCRE2 gave up */
static int match_plainly(size_t number, ofp_text text, size_t *retplace)
{
    const int result = pcre2_match(set.codes[number], (PCRE2_SPTR)text.data, text.size, 0,
                                   PCRE2_NO_UTF_CHECK, data, NULL);
    *retplace = pcre2_get_ovector_pointer(data)[0];
    return result;
}

static void expect_literals(size_t number, ofp_text text, bool may_match, size_t start)
{
    size_t place;
    const int wanted = match_plainly(number, text, &place);
    expect_each(wanted < 0 || (may_match && start <= place), "/%s/ on \"%.*s\": %d, from %zu",
                set.texts[number], (int)text.size, text.data, may_match, start);
    ofp_matcher_renew(matcher);
    const ofp_match told = ofp_pattern_match(set.patterns[number], matcher, text, 0);
    ofp_matcher_renew(matcher);
    const ofp_match sooner = ofp_pattern_match(set.patterns[number], matcher, text, start);
    expect_each(told == sooner, "/%s/ on \"%.*s\": %d, from %zu %d", set.texts[number],
                (int)text.size, text.data, told, start, sooner);
    if (wanted >= 0 || wanted == PCRE2_ERROR_NOMATCH)
        expect_each(told == OFP_MATCH_GAVE_UP || (told == OFP_MATCH_YES) == (wanted >= 0),
                    "/%s/ on \"%.*s\": %d", set.texts[number], (int)text.size, text.data, told);
    matched += told == OFP_MATCH_YES;
}

/* The prefilter says the same as the literals, or nothing. */
static void expect_candidate(size_t number, ofp_text text, const ofp_candidates *candidates)
{
    size_t start;
    const bool may_match =
        ofp_literals_find(ofp_pattern_literals(set.patterns[number]), text, &start);
    expect_literals(number, text, may_match, start);
    ruled_out += !may_match;
    started_late += may_match && start > 0;
    if (!candidates)
        return;
    const bool candidate = candidates->bits[number / 64] >> number % 64 & 1;
    expect_each(candidate == may_match, "/%s/ on \"%.*s\": %d", set.texts[number], (int)text.size,
                text.data, candidate);
    expect_each(!candidate || candidates->starts[number] == start,
                "/%s/ on \"%.*s\": from %u, not %zu", set.texts[number], (int)text.size, text.data,
                candidates->starts[number], start);
}

/* So do all patterns in turn, which share their steps. */
static void expect_same_in_turn(ofp_text text, const ofp_candidates *candidates)
{
    ofp_match plain[PATTERNS];
    ofp_matcher_renew(matcher);
    for (size_t i = 0; i < PATTERNS; i++)
        plain[i] = ofp_pattern_match(set.patterns[i], matcher, text, 0);
    ofp_matcher_renew(matcher);
    for (size_t i = 0; i < PATTERNS; i++) {
        ofp_match filtered = OFP_MATCH_NO;
        if (candidates->bits[i / 64] >> i % 64 & 1)
            filtered = ofp_pattern_match(set.patterns[i], matcher, text, candidates->starts[i]);
        else
            ofp_pattern_pass(set.patterns[i], matcher, text);
        expect_each(filtered == plain[i], "/%s/ on \"%.*s\", in turn: %d, not %d", set.texts[i],
                    (int)text.size, text.data, filtered, plain[i]);
    }
}

static bool has(ofp_text text, const char *letter)
{
    return memmem(text.data, text.size, letter, strlen(letter)) != NULL;
}

static void try_text(void)
{
    char bytes[RANDOM_TEXT_SIZE + VECTOR_SIZE] = {0};
    uint64_t bits[PATTERNS / 64 + 1] = {0};
    uint32_t starts[PATTERNS] = {0};
    ofp_candidates candidates = {bits, starts};
    const ofp_text text = {bytes, random_text(&source, bytes)};
    const bool foreign = has(text, OFP_LONG_S) || has(text, OFP_KELVIN);
    const bool told =
        set.prefilter && ofp_prefilter_scan(set.prefilter, scanner, text, &candidates);
    expect_each(!set.prefilter || told != foreign, "\"%.*s\": %d", (int)text.size, bytes, told);
    scanned += told;
    for (size_t i = 0; i < PATTERNS; i++)
        expect_candidate(i, text, told ? &candidates : NULL);
    if (told)
        expect_same_in_turn(text, &candidates);
}

static size_t round_count(void)
{
    const char *size = getenv("OFP_TEST_SIZE");
    return size && strcmp(size, "full") == 0 ? MANY_ROUNDS : ROUNDS;
}

START_TEST(literals_and_prefilter_change_no_answer)
{
    source = random_start("random_match");
    matched = ruled_out = started_late = scanned = 0;
    matcher = ofp_matcher_new();
    scanner = ofp_scanner_new();
    data = pcre2_match_data_create(1, NULL);
    for (size_t round = 0; round < round_count(); round++) {
        draw_set();
        const bool filtered = set.prefilter;
        for (int i = 0; i < TEXTS; i++)
            try_text();
        free_set();
        ck_assert(filtered == (scanned > 0));
    }
    ck_assert_uint_gt(matched, 100);
    ck_assert_uint_gt(ruled_out, 100);
    ck_assert_uint_gt(started_late, 100);
    pcre2_match_data_free(data);
    ofp_scanner_free(scanner);
    ofp_matcher_free(matcher);
}
END_TEST

TCase *random_match_case(void)
{
    TCase *tests = tcase_create("random patterns and texts");
    tcase_set_timeout(tests, 3600);
    tcase_add_test(tests, literals_and_prefilter_change_no_answer);
    return tests;
}
