/* SPDX-License-Identifier: MIT */
/* Deciding again and again in one scratch allocates nothing. This program's own malloc() takes the
 * place of the C library's, so that it sees what other libraries ask for too; hence it is a program
 * of its own. */
#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/decision.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

enum { NOW = 1795197600 };

static size_t asked;

void *malloc(size_t size)
{
    asked++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    asked++;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    asked++;
    return __libc_realloc(memory, size);
}

static const char yaml[] =
    "policy: p\n"
    "levels: [free, standard, premium]\n"
    "unpaid: [free]\n"
    "priorities: [low, high]\n"
    "default_priority: low\n"
    "offerings:\n"
    "  desk: {focus_tag: focus_desk, level_tags: {standard: desk_s, premium: desk_p}}\n"
    "  cloud: {focus_tag: focus_cloud, level_tags: {standard: cloud_s, premium: cloud_p}}\n"
    "fields: {form: [a, b]}\n"
    "priority_rules: [{when: {tag: loud}, priority: high}]\n"
    "classify: {rules: [{offering: desk, when: {form: b}}, {offering: cloud, match: '\\bcloud\\b'},"
    " {offering: desk, match: '(desk|table)\\s+\\d+'}]}\n"
    "calendars: {week: {time_zone: Europe/Amsterdam, hours: {mon-fri: ['09:00-17:00']}}}\n"
    "sla:\n"
    "  - {id: a, when: {form: b}, targets: {first_reply: {kind: sla, calendar: week, within: "
    "1h}}}\n"
    "  - {id: b, when: {any: [{level: standard}, {tag: loud}]}, targets: {first_reply: {kind: sla,"
    " calendar: week, within: 4h}, resolution: {kind: slo, calendar: week, within: 40h}}}\n"
    "migration: {provisional_level: current}\n";

static ofp_policy *parse(void)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    ofp_policy *policy;
    ofp_error *error;
    if (ofp_policy_parse(ofp_text_of(yaml), &options, &policy, &error)) {
        fprintf(stderr, "%s\n", ofp_error_message(error));
        exit(EXIT_FAILURE);
    }
    return policy;
}

static const ofp_text tags[] = {{"desk_s", 6}, {"loud", 4}, {"focus_desk", 10}, {"cloud_p", 7}};
static const ofp_entitlement entitlements[] = {
    {.offering = 0, .level = 2, .starts = OFP_INSTANT_NONE, .ends = NOW + 1000},
    {.offering = 0, .level = 1, .starts = OFP_INSTANT_NONE, .ends = NOW - 1000},
    {.offering = 1, .level = 1, .starts = NOW + 1000, .ends = OFP_INSTANT_NONE},
};
static const ofp_migration migrations[] = {
    {.id = {"m1", 2},
     .to = 1,
     .level = 1,
     .target_date = 20800,
     .status = OFP_MIGRATION_APPROVED,
     .end = OFP_INSTANT_NONE,
     .forgotten = OFP_INSTANT_NONE},
    {.id = {"m2", 2},
     .to = 1,
     .level = 2,
     .target_date = 20700,
     .status = OFP_MIGRATION_REFUSED,
     .end = OFP_INSTANT_NONE,
     .forgotten = OFP_INSTANT_NONE},
};

/* A request that names its offering, and one that must be classified by its text. */
static void make_requests(ofp_request requests[2])
{
    requests[0] = (ofp_request)OFP_REQUEST_INIT;
    requests[0].now = requests[0].created_at = NOW;
    requests[0].ticket = ofp_text_of("t1");
    requests[0].offering = 1;
    requests[0].tags = tags;
    requests[0].tag_count = sizeof tags / sizeof *tags;
    requests[0].has_org = true;
    requests[0].org = ofp_text_of("acme");
    requests[0].entitlements = entitlements;
    requests[0].entitlement_count = sizeof entitlements / sizeof *entitlements;
    requests[0].migrations = migrations;
    requests[0].migration_count = sizeof migrations / sizeof *migrations;
    requests[1] = requests[0];
    requests[1].offering = OFP_NONE;
    requests[1].subject = ofp_text_of("What about the desk 7?");
    requests[1].description = ofp_text_of("We can't reach it from our cloud.");
}

/* @return how many allocations there are once the scratch has grown */
static size_t count_allocations(const ofp_policy *policy, const ofp_request requests[2],
                                ofp_scratch *scratch)
{
    enum { WARM_UP = 3, ROUNDS = 1000 };
    const ofp_decision *decision = NULL;
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        if (round == WARM_UP)
            asked = 0;
        for (int i = 0; i < 2; i++)
            if (ofp_decide(policy, &requests[i], scratch, &decision, NULL))
                exit(EXIT_FAILURE);
    }
    const size_t steady = asked;
    printf("%zu allocations in %d decisions\n", steady, 2 * ROUNDS);
    return steady;
}

int main(void)
{
    ofp_policy *policy = parse();
    ofp_scratch *scratch;
    ofp_request requests[2];
    if (ofp_scratch_new(&scratch, NULL))
        return EXIT_FAILURE;
    make_requests(requests);
    size_t steady = count_allocations(policy, requests, scratch);
    if (ofp_policy_prepare(policy, NULL))
        return EXIT_FAILURE;
    steady += count_allocations(policy, requests, scratch);
    ofp_scratch_free(scratch);
    ofp_policy_unref(policy);
    return steady ? EXIT_FAILURE : EXIT_SUCCESS;
}
