/* SPDX-License-Identifier: MIT */
/*
 * A decision by 10,000 SLA rules against one by 10 of the same kind. The same request is put to
 * both; the rule that holds is the last one, one in the middle, or none.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "fixture.h"

enum {
    FEW = 10,
    MANY = 10000,
    KINDS = 3 * 2 * 4, /* of agreements with one customer */
    REQUEST_COUNT = 240,
    ORG_TAG_SIZE = 16,
};

static const char *const levels[] = {"standard", "premium", "ultimate"};
static const char *const offerings[] = {"self_managed", "dedicated"}; /* never "saas" */
static const char *const priorities[] = {"low", "normal", "high", "urgent"};

/* Agreements with single customers, known by a tag of their org, about two of the offerings. */
static void write_agreement(fixture_text *yaml, size_t number)
{
    const size_t customer = number / KINDS;
    fixture_write(yaml, "  - id: rule-%zu\n    when: {level: %s, offering: %s, ", number,
                  levels[number % 3], offerings[number / 3 % 2]);
    fixture_write(yaml, "priority: %s, org_tag: customer-%zu}\n", priorities[number / 6 % 4],
                  customer);
    fixture_write(yaml, "    targets: {first_reply: {kind: sla, calendar: office, within: %zum}}\n",
                  30 + number % 200);
}

/* The rule that shall hold: all tickets are about the third offering. */
static void write_wanted(fixture_text *yaml, size_t number)
{
    fixture_write(yaml, "  - id: wanted-%zu\n    when: {level: [premium, ultimate], ", number);
    fixture_write(yaml, "offering: saas, priority: {not: low}, org_tag: wanted}\n");
    fixture_write(yaml, "    targets: {first_reply: {kind: sla, calendar: office, within: 4h}}\n");
}

/* @param wanted index of the rule that shall hold; `count` or more: none */
static ofp_policy *make_policy(size_t count, size_t wanted)
{
    fixture_text yaml = {0};
    fixture_write(&yaml, "policy: rules\nlevels: [free, standard, premium, ultimate]\n"
                         "unpaid: [free]\npriorities: [low, normal, high, urgent]\n"
                         "default_priority: normal\n"
                         "offerings: {self_managed: {}, saas: {}, dedicated: {}}\n"
                         "calendars:\n  office:\n    time_zone: Europe/Amsterdam\n"
                         "    hours: {mon-fri: [\"09:00-17:00\"]}\nsla:\n");
    for (size_t i = 0; i < count; i++) {
        if (i == wanted)
            write_wanted(&yaml, i);
        else
            write_agreement(&yaml, i);
    }
    ofp_policy *policy = fixture_parse(fixture_written(&yaml));
    free(yaml.data);
    return policy;
}

typedef struct setting {
    ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_request *requests;
} setting;

static uint64_t pass(void *context)
{
    const setting *s = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        const ofp_decision *decision = fixture_decide(s->policy, &s->requests[i], s->scratch);
        size_t count;
        const ofp_target *targets = ofp_decision_targets(decision, &count);
        sum += count ? (uint64_t)targets[0].due_at : 1;
    }
    return sum;
}

/* What the requests borrow. */
static const ofp_entitlement entitlements[] = {
    {.offering = 1, .level = 2, .starts = OFP_INSTANT_NONE, .ends = OFP_INSTANT_NONE},
    {.offering = 1, .level = 3, .starts = OFP_INSTANT_NONE, .ends = OFP_INSTANT_NONE},
};
static ofp_text org_tags[REQUEST_COUNT][3];
static char customers[REQUEST_COUNT][ORG_TAG_SIZE];

/* From orgs that have agreements, but none of them is about such a ticket. */
static ofp_request *make_requests(void)
{
    ofp_request *requests = fixture_alloc(REQUEST_COUNT, sizeof *requests);
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        ofp_request *request = &requests[i];
        *request = (ofp_request)OFP_REQUEST_INIT;
        snprintf(customers[i], ORG_TAG_SIZE, "customer-%zu", i);
        org_tags[i][0] = ofp_text_of(customers[i]);
        org_tags[i][1] = ofp_text_of("wanted");
        org_tags[i][2] = ofp_text_of("region_emea");
        request->now = request->created_at = 1795197600 + (int64_t)i * 5000;
        request->ticket = ofp_text_of("T-1");
        request->offering = 1;
        request->priority = 1 + (int32_t)(i % 3);
        request->has_org = true;
        request->org = ofp_text_of("org-1");
        request->org_tags = org_tags[i];
        request->org_tag_count = 3;
        request->entitlements = &entitlements[i % 2];
        request->entitlement_count = 1;
        request->valid_utf8 = true;
    }
    return requests;
}

static void require_rule(setting *s, size_t count, size_t wanted)
{
    const int32_t expected = wanted < count ? (int32_t)wanted : OFP_NONE;
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        const ofp_decision *decision = fixture_decide(s->policy, &s->requests[i], s->scratch);
        const int32_t rule = ofp_decision_sla_rule(decision);
        bench_require(rule == expected, "request %zu: rule %" PRId32 ", not %" PRId32, i, rule,
                      expected);
    }
}

static setting make_setting(size_t count, size_t wanted, ofp_request *requests)
{
    setting made = {make_policy(count, wanted), fixture_scratch(), requests};
    require_rule(&made, count, wanted);
    return made;
}

static void release(setting *s)
{
    ofp_scratch_free(s->scratch);
    ofp_policy_unref(s->policy);
}

static void measure(const bench_options *bench, const char *name, size_t few, size_t many,
                    ofp_request *requests)
{
    const double start = bench_cpu_time();
    setting large = make_setting(MANY, many, requests);
    const double loading = bench_cpu_time() - start;
    setting small = make_setting(FEW, few, requests);
    const bench_figure figure = {name, {pass, &small}, {pass, &large}, REQUEST_COUNT, 10};
    bench_measure(bench, &figure);
    bench_tell(bench, "  making that policy", loading * 1e3, "ms", 0);
    release(&small);
    release(&large);
}

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 0, "");
    ofp_request *requests = make_requests();
    measure(&bench, "10,000 rules, the last one holds", FEW - 1, MANY - 1, requests);
    measure(&bench, "10,000 rules, one in the middle holds", FEW / 2, MANY / 2, requests);
    measure(&bench, "10,000 rules, none holds", FEW, MANY, requests);
    free(requests);
    return 0;
}
