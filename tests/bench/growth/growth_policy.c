/* SPDX-License-Identifier: MIT */
/* What a larger policy costs: loading it, and each decision by it. */
#include <stdio.h>
#include <stdlib.h>

#include "growth.h"

enum { POLICY_COUNT = 16, TEXT_SIZE = 2048 };

/* A policy of some size, and a request that looks at all of it. */
typedef struct setting {
    fixture_text yaml;
    ofp_policy *policy;
    ofp_policy *prepared; /* the same once more; NULL: there is no text */
    ofp_scratch *scratch;
    ofp_request request;
} setting;

typedef void write_policy(fixture_text *yaml, size_t size);

static uint64_t pass_decide(void *context)
{
    const setting *s = context;
    const ofp_decision *decision = fixture_decide(s->policy, &s->request, s->scratch);
    return (uint64_t)ofp_decision_valid_until(decision) + (uint64_t)ofp_decision_sla_rule(decision);
}

static uint64_t pass_decide_prepared(void *context)
{
    const setting *s = context;
    const ofp_decision *decision = fixture_decide(s->prepared, &s->request, s->scratch);
    return (uint64_t)ofp_decision_valid_until(decision);
}

static uint64_t pass_load(void *context)
{
    const setting *s = context;
    ofp_policy *policy = fixture_parse(fixture_written(&s->yaml));
    const uint64_t count = (uint64_t)ofp_policy_sla_rule_count(policy);
    ofp_policy_unref(policy);
    return count;
}

static void write_head(fixture_text *yaml)
{
    fixture_write(yaml, "policy: growth\nlevels: [free, paid]\nunpaid: [free]\n"
                        "priorities: [normal]\ndefault_priority: normal\n"
                        "offerings: {saas: {}, self_managed: {}}\n");
}

static const ofp_entitlement paid = {
    .level = 1,
    .starts = OFP_INSTANT_NONE,
    .ends = OFP_INSTANT_NONE,
};
static const ofp_text org_tags[] = {{"customer-last", 13}};

static void make_setting(setting *s, write_policy *write, size_t size)
{
    *s = (setting){.scratch = fixture_scratch(), .request = OFP_REQUEST_INIT};
    write(&s->yaml, size);
    s->policy = fixture_parse(fixture_written(&s->yaml));
    s->request.now = s->request.created_at = 1795197600;
    s->request.ticket = ofp_text_of("T-1");
    s->request.has_org = true;
    s->request.org = ofp_text_of("org-1");
    s->request.org_tags = org_tags;
    s->request.org_tag_count = sizeof org_tags / sizeof *org_tags;
    s->request.entitlements = &paid;
    s->request.entitlement_count = 1;
    s->request.valid_utf8 = true;
}

/* Where there is a text for patterns, a policy may be prepared for many. */
static void add_prepared(growth *self, setting *s, size_t size)
{
    s->prepared = fixture_parse(fixture_written(&s->yaml));
    bench_require(!ofp_policy_prepare(s->prepared, NULL), "out of memory");
    growth_add(self, "a decision, prepared", size, pass_decide_prepared, s, 1);
}

static void measure(growth *self, write_policy *write, ofp_text description)
{
    setting settings[POLICY_COUNT];
    size_t count = 0;
    for (size_t size = growth_next(self, 0); size; size = growth_next(self, size)) {
        setting *s = &settings[count++];
        make_setting(s, write, size);
        if (description.size)
            s->request.description = description;
        else
            s->request.offering = 0;
        growth_add(self, "a decision", size, pass_decide, s, 1);
        if (description.size)
            add_prepared(self, s, size);
        growth_add(self, "loading the policy", size, pass_load, s, 1);
    }
    growth_run(self);
    for (size_t i = 0; i < count; i++) {
        free(settings[i].yaml.data);
        ofp_scratch_free(settings[i].scratch);
        ofp_policy_unref(settings[i].policy);
        ofp_policy_unref(settings[i].prepared);
    }
}

/* --- SLA rules -------------------------------------------------------------------------------- */

/* Each about another customer; the last one holds. */
static void write_rules(fixture_text *yaml, size_t size)
{
    write_head(yaml);
    fixture_write(yaml, "calendars: {office: {time_zone: Europe/Amsterdam, hours: {mon-fri: "
                        "[\"09:00-17:00\"]}}}\nsla:\n");
    for (size_t i = 1; i <= size; i++) {
        char customer[24];
        snprintf(customer, sizeof customer, i < size ? "%zu" : "last", i);
        fixture_write(yaml, "- {id: r%zu, when: {level: paid, org_tag: customer-%s}, ", i,
                      customer);
        fixture_write(yaml, "targets: {first_reply: {kind: sla, calendar: office, within: 4h}}}\n");
    }
}

void growth_rules(growth *self)
{
    measure(self, write_rules, (ofp_text){0});
}

/* --- patterns --------------------------------------------------------------------------------- */

/* Words that begin with many letters, as those of real patterns do; none is in the text. */
static void write_patterns(fixture_text *yaml, size_t size)
{
    write_head(yaml);
    fixture_write(yaml, "classify:\n  threshold: 1\n  margin: 1\n  rules:\n");
    for (size_t i = 0; i < size; i++)
        fixture_write(yaml, "  - {offering: saas, match: '\\b%cx%04zu (runner|tenant)s?\\b'}\n",
                      (int)('a' + i % 26), i);
}

static const char plain_text[] =
    "since the update last night our jobs stay pending for ten minutes or more, and the log says: "
    "connection refused (127.0.0.1:5432), retrying in 30 seconds. We restarted the service twice, "
    "without any change so far. Our production has about 2,400 users.\n";

void growth_patterns(growth *self)
{
    fixture_text text = {0};
    while (text.size < TEXT_SIZE)
        fixture_write(&text, "%s", plain_text);
    measure(self, write_patterns, (ofp_text){text.data, TEXT_SIZE});
    free(text.data);
}

/* --- calendars -------------------------------------------------------------------------------- */

/* Each with some holidays; the rule uses the last one. */
static void write_calendars(fixture_text *yaml, size_t size)
{
    static const char *const zones[] = {"Europe/Amsterdam", "America/Los_Angeles", "Asia/Tokyo"};
    write_head(yaml);
    fixture_write(yaml, "calendars:\n");
    for (size_t i = 1; i <= size; i++)
        fixture_write(yaml,
                      "  c%zu: {time_zone: %s, hours: {mon-fri: [\"%02zu:00-17:00\"]}, "
                      "holidays: [2026-12-25, 2027-01-01, 2027-03-29, 2027-05-01]}\n",
                      i, zones[i % 3], 6 + i % 5);
    fixture_write(yaml,
                  "sla: [{id: all, when: {level: paid}, targets: {first_reply: {kind: sla, "
                  "calendar: c%zu, within: 4h}}}]\n",
                  size);
}

void growth_calendars(growth *self)
{
    measure(self, write_calendars, (ofp_text){0});
}
