/* SPDX-License-Identifier: MIT */
/*
 * Telling the offering by patterns with a prepared policy: 40 patterns against one bare scan of
 * Vectorscan for the same patterns, and 1,000 against 40. Vectorscan's matches are more than
 * PCRE2's (it knows words differently), so that the answers are compared with those of a policy
 * that is not prepared.
 */
#include <hs.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "text_fixture.h"

enum { PATTERN_COUNT = 1000, REPEAT = 16, WORD_SIZE = 24 };

/* At the end of the text; two patterns match here. */
static const char telling_text[] =
    "We run northwind-ctl on our self-hosted server; its settings follow below.\n";

typedef struct setting {
    ofp_policy *policy; /* prepared */
    ofp_scratch *scratch;
    ofp_request request;
    hs_database_t *database;
    hs_scratch_t *scan_scratch;
} setting;

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                       void *count)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(uint64_t *)count;
    return 0;
}

static void scan(const setting *s, ofp_text text, uint64_t *count)
{
    hs_scan(s->database, text.data, (unsigned)text.size, 0, s->scan_scratch, count_match, count);
}

static uint64_t pass_scan(void *context)
{
    const setting *s = context;
    uint64_t count = 0;
    for (int i = 0; i < REPEAT; i++) {
        scan(s, s->request.subject, &count);
        scan(s, s->request.description, &count);
    }
    return count;
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

static void compile_database(setting *s, const text_pattern *patterns, size_t count)
{
    const char *texts[PATTERN_COUNT];
    unsigned flags[PATTERN_COUNT], ids[PATTERN_COUNT];
    hs_compile_error_t *problem;
    for (size_t i = 0; i < count; i++) {
        texts[i] = patterns[i].text;
        flags[i] =
            HS_FLAG_CASELESS | HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_PREFILTER | HS_FLAG_SINGLEMATCH;
        ids[i] = (unsigned)i;
    }
    bench_require(hs_compile_multi(texts, flags, ids, (unsigned)count, HS_MODE_BLOCK, NULL,
                                   &s->database, &problem) == HS_SUCCESS &&
                      hs_alloc_scratch(s->database, &s->scan_scratch) == HS_SUCCESS,
                  "Vectorscan can't compile the patterns");
}

static size_t match_count(const ofp_policy *policy, const ofp_request *request,
                          ofp_scratch *scratch)
{
    const ofp_decision *decision = fixture_decide(policy, request, scratch);
    ofp_reason reason;
    size_t count = 0;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        count += reason.code == OFP_REASON_PATTERN_MATCHED;
    return count;
}

static void prepare(const bench_options *bench, setting *s)
{
    ofp_error *error;
    const size_t wanted = match_count(s->policy, &s->request, s->scratch);
    const double start = bench_cpu_time();
    fixture_require(ofp_policy_prepare(s->policy, &error), error, "ofp_policy_prepare()");
    const double milliseconds = (bench_cpu_time() - start) * 1e3;
    const size_t got = match_count(s->policy, &s->request, s->scratch);
    bench_require(got == wanted, "%zu patterns match, not %zu", got, wanted);
    bench_tell(bench, "  prepared in", milliseconds, "ms", 0);
}

static setting make_setting(const bench_options *bench, const text_pattern *patterns, size_t count,
                            const char *ending)
{
    setting s = {
        .policy = text_policy(patterns, count),
        .scratch = fixture_scratch(),
        .request = text_request(ending),
    };
    prepare(bench, &s);
    return s;
}

static void release(setting *s)
{
    hs_free_scratch(s->scan_scratch);
    hs_free_database(s->database);
    ofp_scratch_free(s->scratch);
    ofp_policy_unref(s->policy);
    free((char *)s->request.description.data);
}

/* The 40 patterns, and others of the same kind: names of products, commands, paths. */
static void fill_patterns(text_pattern *patterns, char (*texts)[64])
{
    static const char *const forms[] = {"\\b%s\\b", "\\b%s[ -]?(server|agent)\\b", "/opt/%s/\\S+",
                                        "\\b%s\\.example\\b"};
    static const char syllables[] = "kotelaripomunisavedagorubifo";
    memcpy(patterns, many_patterns, sizeof many_patterns);
    for (size_t i = MANY_PATTERN_COUNT; i < PATTERN_COUNT; i++) {
        char word[WORD_SIZE] = "";
        for (size_t rest = i; rest; rest /= 14)
            strncat(word, syllables + rest % 14 * 2, 2);
        strcat(word, "x");
        snprintf(texts[i], sizeof texts[i], forms[i % 4], word);
        patterns[i] = (text_pattern){many_patterns[i % MANY_PATTERN_COUNT].offering, texts[i], 2};
    }
}

static void measure(const bench_options *bench, const text_pattern *patterns, const char *ending,
                    const char *names[2])
{
    setting few = make_setting(bench, patterns, MANY_PATTERN_COUNT, ending);
    setting all = make_setting(bench, patterns, PATTERN_COUNT, ending);
    compile_database(&few, patterns, MANY_PATTERN_COUNT);
    const bench_figure against_scan = {names[0], {pass_scan, &few}, {pass_library, &few}, REPEAT, 2,
                                       false};
    const bench_figure against_few = {
        names[1], {pass_library, &few}, {pass_library, &all}, REPEAT, 3, false};
    bench_measure(bench, &against_scan);
    bench_measure(bench, &against_few);
    release(&few);
    release(&all);
}

int main(int argc, char **argv)
{
    static text_pattern patterns[PATTERN_COUNT];
    static char texts[PATTERN_COUNT][64];
    const bench_options bench = bench_start(argc, argv, 0, "");
    fill_patterns(patterns, texts);
    measure(&bench, patterns, "",
            (const char *[]){"40 patterns, none matches", "  1,000 patterns"});
    measure(&bench, patterns, telling_text,
            (const char *[]){"40 patterns, two match", "  1,000 patterns"});
    return 0;
}
