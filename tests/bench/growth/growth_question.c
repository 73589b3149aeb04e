/* SPDX-License-Identifier: MIT */
/* What a larger request costs, and a longer duration. */
#include <stdio.h>
#include <stdlib.h>

#include "growth.h"
#include "random.h"

enum { SIZE_COUNT = 16, START_COUNT = 1024, ID_SIZE = 24 };

static const char policy_yaml[] =
    "policy: growth\nlevels: [free, paid]\nunpaid: [free]\n"
    "priorities: [normal]\ndefault_priority: normal\n"
    "offerings: {saas: {}, self_managed: {}}\n"
    "calendars:\n"
    "  office: {time_zone: Europe/Amsterdam, hours: {mon-fri: [\"09:00-17:00\"]}}\n"
    "sla: [{id: all, targets: {first_reply: {kind: sla, calendar: office, within: 4h}}}]\n";

/* --- lists of the request --------------------------------------------------------------------- */

typedef struct setting {
    const ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_request request;
} setting;

static uint64_t pass_decide(void *context)
{
    const setting *s = context;
    return (uint64_t)ofp_decision_verdict(fixture_decide(s->policy, &s->request, s->scratch));
}

static setting start_setting(const ofp_policy *policy)
{
    setting s = {policy, fixture_scratch(), OFP_REQUEST_INIT};
    s.request.now = s.request.created_at = 1795197600;
    s.request.ticket = ofp_text_of("T-1");
    s.request.has_org = true;
    s.request.org = ofp_text_of("org-1");
    s.request.offering = 0;
    s.request.valid_utf8 = true;
    return s;
}

/* Entitlements that have ended, at another time each. */
static ofp_entitlement *make_entitlements(size_t count)
{
    ofp_entitlement *made = fixture_alloc(count, sizeof *made);
    for (size_t i = 0; i < count; i++)
        made[i] = (ofp_entitlement){0, 1, OFP_INSTANT_NONE, 1795197600 - (int64_t)i, false};
    return made;
}

/* Migrations that have ended. */
static ofp_migration *make_migrations(size_t count, char (*ids)[ID_SIZE])
{
    ofp_migration *made = fixture_alloc(count, sizeof *made);
    for (size_t i = 0; i < count; i++) {
        snprintf(ids[i], ID_SIZE, "M-%zu", i);
        made[i] = (ofp_migration){
            .id = ofp_text_of(ids[i]),
            .level = 1,
            .target_date = 20700,
            .status = OFP_MIGRATION_APPROVED,
            .end = OFP_INSTANT_NONE,
            .forgotten = OFP_INSTANT_NONE,
        };
    }
    return made;
}

void growth_lists(growth *self)
{
    setting settings[2 * SIZE_COUNT];
    size_t count = 0;
    ofp_policy *policy = fixture_parse(ofp_text_of(policy_yaml));
    ofp_entitlement *entitlements = make_entitlements(self->most);
    char(*ids)[ID_SIZE] = fixture_alloc(self->most, sizeof *ids);
    ofp_migration *migrations = make_migrations(self->most, ids);
    for (size_t size = growth_next(self, 0); size; size = growth_next(self, size)) {
        setting *s = &settings[count++];
        *s = start_setting(policy);
        s->request.entitlements = entitlements;
        s->request.entitlement_count = size;
        growth_add(self, "entitlements", size, pass_decide, s, 1);
        s = &settings[count++];
        *s = start_setting(policy);
        s->request.migrations = migrations;
        s->request.migration_count = size;
        growth_add(self, "migrations", size, pass_decide, s, 1);
    }
    growth_run(self);
    for (size_t i = 0; i < count; i++)
        ofp_scratch_free(settings[i].scratch);
    free(entitlements);
    free(migrations);
    free(ids);
    ofp_policy_unref(policy);
}

/* --- durations -------------------------------------------------------------------------------- */

typedef struct question {
    const ofp_calendar *calendar;
    const int64_t *starts;
    int64_t seconds;
} question;

static uint64_t pass_due(void *context)
{
    const question *q = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < START_COUNT; i++) {
        int64_t due = 0;
        ofp_calendar_due(q->calendar, q->starts[i], q->seconds, &due, NULL);
        sum += (uint64_t)due;
    }
    return sum;
}

static uint64_t pass_elapsed(void *context)
{
    const question *q = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < START_COUNT; i++) {
        int64_t elapsed = 0;
        ofp_calendar_elapsed(q->calendar, q->starts[i], q->starts[i] + q->seconds, &elapsed, NULL);
        sum += (uint64_t)elapsed;
    }
    return sum;
}

/* In 2020 to 2035. */
static int64_t *make_starts(void)
{
    random_source random = {2020};
    int64_t *starts = fixture_alloc(START_COUNT, sizeof *starts);
    for (size_t i = 0; i < START_COUNT; i++)
        starts[i] = 1577836800 + (int64_t)random_below(&random, 16 * 365 * 86400);
    return starts;
}

void growth_duration(growth *self)
{
    question questions[SIZE_COUNT];
    size_t count = 0;
    ofp_policy *policy = fixture_parse(ofp_text_of(policy_yaml));
    int64_t *starts = make_starts();
    for (size_t hours = growth_next(self, 0); hours; hours = growth_next(self, hours)) {
        question *q = &questions[count++];
        *q = (question){ofp_policy_calendar(policy, 0), starts, (int64_t)hours * 3600};
        growth_add(self, "due", hours, pass_due, q, START_COUNT);
        growth_add(self, "elapsed", hours, pass_elapsed, q, START_COUNT);
    }
    growth_run(self);
    free(starts);
    ofp_policy_unref(policy);
}
