/* SPDX-License-Identifier: MIT */
#include "requests.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "random.h"

enum { FIRST_DAY = 20605, DAY_COUNT = 365, DAY_SECONDS = 86400 }; /* from 2026-06-01 on */

/* The policy's own tags, and others that tickets carry. */
static const char *const ticket_tags[] = {
    "sm_standard",
    "sm_premium",
    "sm_ultimate",
    "saas_standard",
    "saas_premium",
    "saas_ultimate",
    "dedicated_ultimate",
    "focus_self_managed",
    "focus_saas",
    "focus_dedicated",
    "runner",
    "backup_restore",
    "upgrade_17",
    "sentiment_negative",
    "language_en",
    "needs_org",
    "customer",
    "emergency_contact",
    "customer_waiting",
    "sla_breach",
    "awaiting_license",
    "geo_replication",
};

static const char *const org_tags[] = {
    "region_emea", "region_apac", "region_amer", "key_account", "account_health_ok",
};

static const char *const known_offerings[] = {"self_managed", "saas", "dedicated"};

static uint32_t below(random_source *random, uint32_t count)
{
    return random_below(random, count);
}

/* Is it one of these cases, of a hundred? */
static bool happens(random_source *random, uint32_t percent)
{
    return below(random, 100) < percent;
}

/* Picks different tags. */
static void pick_tags(random_source *random, const char *const *pool, uint32_t pool_size,
                      ofp_text *ret, size_t count)
{
    uint32_t taken = 0;
    for (size_t i = 0; i < count;) {
        const uint32_t pick = below(random, pool_size);
        if (taken >> pick & 1)
            continue;
        taken |= UINT32_C(1) << pick;
        ret[i++] = ofp_text_of(pool[pick]);
    }
}

static void fill_ticket(random_source *random, offering_style style, sample_request *ret)
{
    ofp_request *request = &ret->request;
    const int64_t day = FIRST_DAY + below(random, DAY_COUNT);
    request->now = day * DAY_SECONDS + below(random, DAY_SECONDS);
    request->created_at = request->now - below(random, 7 * DAY_SECONDS);
    snprintf(ret->ticket, REQUEST_TEXT, "%u", 100000 + below(random, 900000));
    request->ticket = ofp_text_of(ret->ticket);
    request->priority = happens(random, 80) ? (int32_t)below(random, 4) : OFP_NONE;
    if (style == OFFERING_EXPLICIT || happens(random, 60))
        request->offering = (int32_t)below(random, 3);
    if (happens(random, 70)) {
        ret->form.value = (int32_t)below(random, 5);
        request->fields = &ret->form;
        request->field_count = 1;
    }
    pick_tags(random, ticket_tags, sizeof ticket_tags / sizeof *ticket_tags, ret->tags,
              REQUEST_TAGS);
    request->tags = ret->tags;
    request->tag_count = REQUEST_TAGS;
}

static void fill_org(random_source *random, sample_request *ret)
{
    ofp_request *request = &ret->request;
    snprintf(ret->org, REQUEST_TEXT, "org-%u", below(random, 10000));
    request->has_org = true;
    request->org = ofp_text_of(ret->org);
    request->org_name = ofp_text_of("Kestrel Instruments");
    pick_tags(random, org_tags, sizeof org_tags / sizeof *org_tags, ret->org_tags,
              REQUEST_ORG_TAGS);
    request->org_tags = ret->org_tags;
    request->org_tag_count = REQUEST_ORG_TAGS;
}

/* Mostly current, sometimes ended or upcoming. */
static entitlement_dates random_dates(random_source *random, int32_t today)
{
    entitlement_dates dates = {today - (int32_t)below(random, 700), 0};
    dates.ends = dates.starts + 365;
    if (happens(random, 10))
        dates.ends = OFP_DATE_NONE;
    else if (happens(random, 15))
        dates = (entitlement_dates){today + 1 + (int32_t)below(random, 60), OFP_DATE_NONE};
    return dates;
}

static void fill_entitlements(random_source *random, const ofp_policy *policy, sample_request *ret)
{
    const int32_t today = (int32_t)(ret->request.now / DAY_SECONDS);
    for (size_t i = 0; i < REQUEST_ENTITLEMENTS; i++) {
        const entitlement_dates dates = random_dates(random, today);
        const int32_t offering = (int32_t)below(random, 3);
        const int32_t level = offering == 2 ? 3 : 1 + (int32_t)below(random, 3);
        ret->dates[i] = dates;
        ret->entitlements[i] = (ofp_entitlement){
            .offering = offering,
            .level = happens(random, 20) ? 0 : level,
            .starts = ofp_policy_date_start(policy, dates.starts),
            .ends = dates.ends == OFP_DATE_NONE ? OFP_INSTANT_NONE
                                                : ofp_policy_date_start(policy, dates.ends + 1),
            .hold = happens(random, 20),
        };
    }
    ret->request.entitlements = ret->entitlements;
    ret->request.entitlement_count = REQUEST_ENTITLEMENTS;
}

static void fill_migrations(random_source *random, const ofp_policy *policy, sample_request *ret)
{
    const int32_t today = (int32_t)(ret->request.now / DAY_SECONDS);
    for (size_t i = 0; i < REQUEST_MIGRATIONS; i++) {
        ofp_migration *migration = &ret->migrations[i];
        snprintf(ret->migration_ids[i], REQUEST_TEXT, "m-%u", below(random, 100000));
        migration->id = ofp_text_of(ret->migration_ids[i]);
        migration->to = (int32_t)below(random, 3);
        migration->level = 1 + (int32_t)below(random, 3);
        migration->target_date = today + 90 - (int32_t)below(random, 330);
        migration->status = (ofp_migration_status)below(random, OFP_MIGRATION_CANCELLED + 1);
        ofp_policy_migration_end(policy, migration->target_date, &migration->end,
                                 &migration->forgotten);
    }
    ret->request.migrations = ret->migrations;
    ret->request.migration_count = REQUEST_MIGRATIONS;
}

static void fill(random_source *random, const ofp_policy *policy, offering_style style,
                 bool has_org, sample_request *ret)
{
    *ret = (sample_request){.request = OFP_REQUEST_INIT};
    ret->request.valid_utf8 = true;
    fill_ticket(random, style, ret);
    if (!has_org)
        return;
    fill_org(random, ret);
    fill_entitlements(random, policy, ret);
    fill_migrations(random, policy, ret);
}

/* Draws requests until one gets the verdict. */
static void find(random_source *random, const ofp_policy *policy, offering_style style,
                 ofp_verdict wanted, ofp_scratch *scratch, sample_request *ret)
{
    ofp_verdict got = OFP_VERDICT_COUNT;
    for (int tries = 0; got != wanted; tries++) {
        bench_require(tries < 100000, "no request gets the verdict %s", ofp_verdict_name(wanted));
        fill(random, policy, style, wanted != OFP_VERDICT_UNKNOWN_ORG, ret);
        got = ofp_decision_verdict(fixture_decide(policy, &ret->request, scratch));
    }
}

/* The lists above hold the policy's names, or stand for its numbers. */
static void check_policy(const ofp_policy *policy)
{
    for (int32_t i = 0; i < 3; i++)
        bench_require(ofp_policy_find_offering(policy, ofp_text_of(known_offerings[i])) == i,
                      "this is not the contract's policy");
    bench_require(ofp_policy_level_count(policy) == 4 && ofp_policy_priority_count(policy) == 4 &&
                      ofp_policy_value_count(policy, 0) == 5,
                  "this is not the contract's policy");
}

static void shuffle(random_source *random, uint8_t *verdicts, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        const size_t other = below(random, (uint32_t)i);
        const uint8_t kept = verdicts[i - 1];
        verdicts[i - 1] = verdicts[other];
        verdicts[other] = kept;
    }
}

sample_request *requests_make(const ofp_policy *policy, size_t count, offering_style style)
{
    check_policy(policy);
    random_source random = {2026};
    sample_request *samples = fixture_alloc(count, sizeof *samples);
    uint8_t *verdicts = fixture_alloc(count, 1);
    ofp_scratch *scratch = fixture_scratch();
    for (size_t i = 0; i < count; i++) {
        verdicts[i] = (uint8_t)(i % OFP_VERDICT_COUNT);
        if (style == OFFERING_EXPLICIT && verdicts[i] == OFP_VERDICT_UNSURE)
            verdicts[i] = OFP_VERDICT_ENTITLED;
    }
    /* In no order that a processor could learn. */
    shuffle(&random, verdicts, count);
    for (size_t i = 0; i < count; i++)
        find(&random, policy, style, (ofp_verdict)verdicts[i], scratch, &samples[i]);
    ofp_scratch_free(scratch);
    free(verdicts);
    return samples;
}
