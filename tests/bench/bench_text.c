/* SPDX-License-Identifier: MIT */
/*
 * Telling the offering by patterns, against nothing but the matches: the same patterns, flags and
 * texts, in the same order (the description is asked where the subject does not match).
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "text_fixture.h"

enum { REPEAT = 16 };

/* This comes at the end of the text that matches. */
static const char telling_text[] =
    "We run northwind-ctl on a self-hosted server; its settings are in /etc/northwind/main.conf.\n";

typedef struct setting {
    ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_request request;
    const text_pattern *patterns;
    size_t pattern_count;
    pcre2_code *codes[MANY_PATTERN_COUNT];
    pcre2_match_data *match_data;
} setting;

static bool matches(const setting *s, size_t number, ofp_text text)
{
    return pcre2_jit_match(s->codes[number], (PCRE2_SPTR)text.data, text.size, 0, 0, s->match_data,
                           NULL) >= 0;
}

/* A bit for each pattern that matches. */
static uint64_t match_all(const setting *s)
{
    uint64_t matched = 0;
    for (size_t i = 0; i < s->pattern_count; i++) {
        if (matches(s, i, s->request.subject) || matches(s, i, s->request.description))
            matched |= UINT64_C(1) << i;
    }
    return matched;
}

static uint64_t pass_matches(void *context)
{
    const setting *s = context;
    uint64_t sum = 0;
    for (int i = 0; i < REPEAT; i++)
        sum += match_all(s);
    return sum;
}

static uint64_t pass_library(void *context)
{
    const setting *s = context;
    uint64_t sum = 0;
    for (int i = 0; i < REPEAT; i++) {
        const ofp_decision *decision = fixture_decide(s->policy, &s->request, s->scratch);
        sum += (uint64_t)ofp_decision_offering(decision);
    }
    return sum;
}

static void compare_answers(const setting *s)
{
    const ofp_decision *decision = fixture_decide(s->policy, &s->request, s->scratch);
    int wanted = __builtin_popcountll(match_all(s)), got = 0;
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        got += reason.code == OFP_REASON_PATTERN_MATCHED;
    bench_require(got == wanted, "%d patterns match, not %d", got, wanted);
}

static void compile_patterns(setting *s)
{
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    for (size_t i = 0; i < s->pattern_count; i++) {
        int error;
        PCRE2_SIZE offset;
        s->codes[i] = pcre2_compile((PCRE2_SPTR)s->patterns[i].text, PCRE2_ZERO_TERMINATED, options,
                                    &error, &offset, NULL);
        bench_require(s->codes[i] && pcre2_jit_compile(s->codes[i], PCRE2_JIT_COMPLETE) == 0,
                      "pattern %zu can't be compiled, or PCRE2 has no JIT here", i);
    }
    s->match_data = pcre2_match_data_create(1, NULL);
}

static setting make_setting(const text_pattern *patterns, size_t count, const char *ending)
{
    setting s = {.patterns = patterns, .pattern_count = count, .request = text_request(ending)};
    compile_patterns(&s);
    s.policy = text_policy(patterns, count);
    s.scratch = fixture_scratch();
    return s;
}

static void release(setting *s)
{
    for (size_t i = 0; i < s->pattern_count; i++)
        pcre2_code_free(s->codes[i]);
    pcre2_match_data_free(s->match_data);
    ofp_scratch_free(s->scratch);
    ofp_policy_unref(s->policy);
    free((char *)s->request.description.data);
}

static void measure(const bench_options *bench, const text_pattern *patterns, size_t count,
                    const char *ending)
{
    setting s = make_setting(patterns, count, ending);
    char name[64];
    compare_answers(&s);
    snprintf(name, sizeof name, "%zu patterns, 2 KB, %s", count,
             *ending ? "some match" : "none matches");
    bench_figure figure = {name, {pass_matches, &s}, {pass_library, &s}, REPEAT, 1.1};
    bench_measure(bench, &figure);
    s.request.valid_utf8 = false;
    figure.name = "  and the texts checked for UTF-8";
    figure.goal = 0;
    bench_measure(bench, &figure);
    release(&s);
}

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 0, "");
    measure(&bench, contract_patterns, CONTRACT_PATTERN_COUNT, "");
    measure(&bench, contract_patterns, CONTRACT_PATTERN_COUNT, telling_text);
    measure(&bench, many_patterns, MANY_PATTERN_COUNT, "");
    measure(&bench, many_patterns, MANY_PATTERN_COUNT, telling_text);
    return 0;
}
