/* SPDX-License-Identifier: MIT */
/* What a larger store costs those who ask about one org, or about what is due. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <offerpolicy/desk.h>
#include <offerpolicy/migration.h>

#include "growth.h"
#include "store_fill.h"

enum { SIZE_COUNT = 8, LEAST = 100, PATH_SIZE = 64, TEXT_SIZE = 32 };

/* For the migrations of store_lines.c, without limits. */
static const char policy_yaml[] =
    "policy: growth\nlevels: [free, premium]\nunpaid: [free]\n"
    "priorities: [normal]\ndefault_priority: normal\n"
    "offerings: {self_managed: {}, saas: {}}\n"
    "migration: {realise: org_tag, max_days: 2000, approvers: [support_manager]}\n";

typedef struct setting {
    char path[PATH_SIZE];
    const ofp_policy *policy;
    ofp_store *store;
    ofp_desk *desk;
    ofp_facts *facts;
    size_t next, count; /* the org to ask about, of so many */
} setting;

static ofp_text name_org(setting *s, char text[TEXT_SIZE])
{
    /* A step that shares no factor with the sizes, so that the same rows do not come again soon. */
    s->next = (s->next + 7919) % s->count;
    snprintf(text, TEXT_SIZE, "org-%zu", s->next + 1);
    return ofp_text_of(text);
}

static const ofp_entitlement premium = {
    .level = 1,
    .starts = OFP_INSTANT_NONE,
    .ends = OFP_INSTANT_NONE,
};

static ofp_request make_request(ofp_text org)
{
    ofp_request request = OFP_REQUEST_INIT;
    request.now = STORE_LINES_START + 7200;
    request.ticket = ofp_text_of("T-1");
    request.offering = 1;
    request.has_org = true;
    request.org = org;
    request.entitlements = &premium;
    request.entitlement_count = 1;
    request.valid_utf8 = true;
    return request;
}

static uint64_t pass_decide(void *context)
{
    setting *s = context;
    char org[TEXT_SIZE];
    const ofp_request request = make_request(name_org(s, org));
    const ofp_decision *decision;
    ofp_error *error;
    const ofp_status status = ofp_desk_decide(s->desk, &request, &decision, &error);
    fixture_require(status, error, "ofp_desk_decide()");
    bench_require(ofp_decision_verdict(decision) == OFP_VERDICT_MIGRATION, "%s: another verdict",
                  org);
    return (uint64_t)ofp_decision_valid_until(decision);
}

static uint64_t pass_list(void *context)
{
    setting *s = context;
    char org[TEXT_SIZE];
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    ofp_records *records;
    ofp_error *error;
    size_t count;
    filter.org = name_org(s, org);
    const ofp_status status = ofp_store_list(s->store, &filter, &records, &error);
    fixture_require(status, error, "ofp_store_list()");
    ofp_records_migrations(records, &count);
    bench_require(count == 1, "%s: %zu migrations", org, count);
    ofp_records_free(records);
    return count;
}

/* Nothing is due. */
static uint64_t pass_sweep(void *context)
{
    const setting *s = context;
    ofp_sweep sweep = OFP_SWEEP_INIT;
    ofp_records *records;
    ofp_error *error;
    sweep.at = STORE_LINES_START + 7200;
    const ofp_status status = ofp_sweep_run(&sweep, s->store, s->policy, &records, &error);
    fixture_require(status, error, "ofp_sweep_run()");
    ofp_records_free(records);
    return 1;
}

/* A new org asks; the store grows by one. */
static uint64_t pass_request(void *context)
{
    static size_t number;
    setting *s = context;
    char org[TEXT_SIZE];
    snprintf(org, sizeof org, "new-%zu", ++number);
    const ofp_request request = make_request(ofp_text_of(org));
    ofp_step step = OFP_STEP_INIT;
    ofp_records *records;
    ofp_error *error;
    ofp_status status = ofp_facts_add(s->facts, s->policy, &request, &error);
    fixture_require(status, error, "ofp_facts_add()");
    step.at = STORE_LINES_START + 7200;
    step.actor = step.owner = ofp_text_of("dana");
    step.org = ofp_text_of(org);
    step.from = ofp_text_of("self_managed");
    step.to = ofp_text_of("saas");
    step.level = ofp_text_of("premium");
    step.target_date = (int32_t)(STORE_LINES_START / 86400) + 30;
    step.facts = s->facts;
    status = ofp_step_take(&step, s->store, s->policy, &records, &error);
    fixture_require(status, error, "ofp_step_take()");
    ofp_records_free(records);
    return 1;
}

static void open_setting(setting *s, const char *folder, const ofp_policy *policy, size_t size)
{
    ofp_error *error;
    *s = (setting){.policy = policy, .count = size};
    snprintf(s->path, sizeof s->path, "%s/%zu.db", folder, size);
    store_fill(s->path, &(store_lines){.count = (int64_t)size, .approved = true});
    s->store = store_fill_open(s->path);
    ofp_status status = ofp_desk_new(s->store, policy, NULL, &s->desk, &error);
    fixture_require(status, error, "ofp_desk_new()");
    status = ofp_facts_new(&s->facts, &error);
    fixture_require(status, error, "ofp_facts_new()");
}

static void close_setting(setting *s)
{
    ofp_facts_free(s->facts);
    ofp_desk_free(s->desk);
    ofp_store_close(s->store);
    store_fill_remove(s->path);
}

void growth_store(growth *self)
{
    setting settings[SIZE_COUNT];
    size_t count = 0;
    char folder[] = "bench-growth-XXXXXX";
    bench_require(mkdtemp(folder) != NULL, "no folder for the stores");
    ofp_policy *policy = fixture_parse(ofp_text_of(policy_yaml));
    for (size_t size = growth_next(self, 0); size; size = growth_next(self, size)) {
        if (size < LEAST && !self->smoke)
            continue;
        setting *s = &settings[count++];
        open_setting(s, folder, policy, size);
        growth_add(self, "a decision", size, pass_decide, s, 1);
        growth_add(self, "an org's migrations", size, pass_list, s, 1);
        growth_add(self, "a sweep, nothing due", size, pass_sweep, s, 1);
        growth_add(self, "a request of a new org", size, pass_request, s, 1);
    }
    growth_run(self);
    for (size_t i = 0; i < count; i++)
        close_setting(&settings[i]);
    ofp_policy_unref(policy);
    rmdir(folder);
}
