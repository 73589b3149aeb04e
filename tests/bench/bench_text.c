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
#include "fixture.h"

enum { MOST_PATTERNS = 40, TEXT_SIZE = 2048, REPEAT = 16 };

typedef struct pattern {
    const char *offering, *text;
    int weight;
} pattern;

/* Those of the contract's policy, in its order. */
static const pattern contract_patterns[] = {
    {"saas", "\\bcloud\\.northwind\\.example\\b", 3},
    {"saas", "\\bshared runners?\\b", 2},
    {"saas", "\\b(saas|northwind cloud)\\b", 3},
    {"self_managed", "\\bself[ -]?(managed|hosted)\\b", 3},
    {"self_managed", "\\bnorthwind-ctl\\b", 3},
    {"self_managed", "/etc/northwind/\\S+", 2},
    {"dedicated", "\\bdedicated (instance|tenant)\\b", 4},
};

/* What a team with many products may write. */
static const pattern many_patterns[] = {
    {"saas", "\\bcloud\\.northwind\\.example\\b", 3},
    {"saas", "\\bshared runners?\\b", 2},
    {"saas", "\\b(saas|northwind cloud)\\b", 3},
    {"saas", "\\bstatus\\.northwind\\.example\\b", 2},
    {"saas", "\\bgroup saml\\b", 2},
    {"saas", "\\bpersonal namespaces?\\b", 2},
    {"saas", "\\bcompute (minutes|quota)\\b", 3},
    {"saas", "\\bhosted (on|by) northwind\\b", 3},
    {"saas", "\\btop-level group\\b", 1},
    {"saas", "\\benterprise users?\\b", 1},
    {"saas", "\\bdomain verification\\b", 1},
    {"saas", "\\b429\\b.{0,40}\\brate limit", 2},
    {"saas", "\\bcloudflare\\b", 2},
    {"self_managed", "\\bself[ -]?(managed|hosted)\\b", 3},
    {"self_managed", "\\bnorthwind-ctl\\b", 3},
    {"self_managed", "/etc/northwind/\\S+", 2},
    {"self_managed", "/var/(log|opt)/northwind\\b", 3},
    {"self_managed", "\\bon[ -]prem(ise|ises)?\\b", 3},
    {"self_managed", "\\bhelm (chart|upgrade|install)\\b", 2},
    {"self_managed", "\\bkubectl\\b", 1},
    {"self_managed", "\\b(docker|podman)[ -]compose\\b", 2},
    {"self_managed", "\\bomnibus\\b", 3},
    {"self_managed", "\\bgeo (primary|secondary|site)\\b", 2},
    {"self_managed", "\\bpatroni\\b", 2},
    {"self_managed", "\\bpgbouncer\\b", 2},
    {"self_managed", "\\bair[ -]?gapped\\b", 3},
    {"self_managed", "\\bbare metal\\b", 2},
    {"self_managed", "\\brake northwind:\\w+", 3},
    {"self_managed", "\\brails console\\b", 3},
    {"self_managed", "\\bupgrade path\\b", 1},
    {"self_managed", "\\bvm(ware)?\\b", 1},
    {"dedicated", "\\bdedicated (instance|tenant)\\b", 4},
    {"dedicated", "\\bsingle[ -]tenant\\b", 3},
    {"dedicated", "\\bswitchboard\\b", 4},
    {"dedicated", "\\bprivate ?link\\b", 3},
    {"dedicated", "\\bbring your own key\\b|\\bbyok\\b", 3},
    {"dedicated", "\\bmaintenance window\\b", 1},
    {"dedicated", "\\b[a-z0-9-]+\\.dedicated\\.northwind\\.example\\b", 4},
    {"dedicated", "\\bfailover region\\b", 2},
    {"dedicated", "\\bip allow ?list\\b", 1},
};

static const char subject_text[] = "Jobs are stuck after the update, please have a look";

/* No pattern matches here. */
static const char plain_text[] =
    "Hello team,\n\nsince the update last night our jobs stay pending for ten minutes or more. "
    "The log says: connection refused (127.0.0.1:5432), retrying in 30 seconds.\n"
    "We restarted the service twice, without any change so far. Könnten Sie bitte prüfen, ob das "
    "mit dem Zertifikat zusammenhängt? Our production has about 2,400 users, and the release is "
    "due on Friday. Attached are the configuration and the output of the doctor command.\n";

/* This comes at the end of the text that matches. */
static const char telling_text[] =
    "We run northwind-ctl on a self-hosted server; its settings are in /etc/northwind/main.conf.\n";

typedef struct setting {
    ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_request request;
    const pattern *patterns;
    size_t pattern_count;
    pcre2_code *codes[MOST_PATTERNS];
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

/* As small as a policy with these patterns can be. */
static ofp_policy *make_policy(const setting *s)
{
    fixture_text yaml = {0};
    fixture_write(&yaml, "policy: patterns\nlevels: [free, paid]\nunpaid: [free]\n"
                         "priorities: [normal]\ndefault_priority: normal\n"
                         "offerings: {self_managed: {}, saas: {}, dedicated: {}}\n"
                         "classify:\n  threshold: 3\n  margin: 2\n  rules:\n");
    for (size_t i = 0; i < s->pattern_count; i++)
        fixture_write(&yaml, "    - {offering: %s, match: '%s', weight: %d}\n",
                      s->patterns[i].offering, s->patterns[i].text, s->patterns[i].weight);
    ofp_policy *policy = fixture_parse(fixture_written(&yaml));
    free(yaml.data);
    return policy;
}

static ofp_text make_text(const char *ending)
{
    fixture_text text = {0};
    while (text.size + sizeof plain_text + strlen(ending) < TEXT_SIZE)
        fixture_write(&text, "%s", plain_text);
    while (text.size + strlen(ending) < TEXT_SIZE)
        fixture_write(&text, "-");
    fixture_write(&text, "%s", ending);
    return fixture_written(&text);
}

static setting make_setting(const pattern *patterns, size_t count, const char *ending)
{
    setting s = {.patterns = patterns, .pattern_count = count, .request = OFP_REQUEST_INIT};
    compile_patterns(&s);
    s.policy = make_policy(&s);
    s.scratch = fixture_scratch();
    s.request.now = s.request.created_at = 1795197600;
    s.request.ticket = ofp_text_of("T-1");
    s.request.has_org = true;
    s.request.org = ofp_text_of("org-1");
    s.request.subject = ofp_text_of(subject_text);
    s.request.description = make_text(ending);
    s.request.valid_utf8 = true;
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

static void measure(const bench_options *bench, const pattern *patterns, size_t count,
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
    const size_t few = sizeof contract_patterns / sizeof *contract_patterns;
    const size_t many = sizeof many_patterns / sizeof *many_patterns;
    measure(&bench, contract_patterns, few, "");
    measure(&bench, contract_patterns, few, telling_text);
    measure(&bench, many_patterns, many, "");
    measure(&bench, many_patterns, many, telling_text);
    return 0;
}
