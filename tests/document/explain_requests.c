/* SPDX-License-Identifier: MIT */
#include <check.h>

#include "explain_cases.h"

static int64_t instant_of(const char *text)
{
    int64_t instant = OFP_INSTANT_NONE;
    if (text)
        ck_assert_int_eq(ofp_instant_parse(ofp_text_of(text), &instant, NULL), OFP_STATUS_OK);
    return instant;
}

static int32_t date_of(const char *text)
{
    int32_t date;
    ck_assert_int_eq(ofp_date_parse(ofp_text_of(text), &date, NULL), OFP_STATUS_OK);
    return date;
}

static int32_t offering_of(const ofp_policy *policy, const char *name)
{
    return name ? ofp_policy_find_offering(policy, ofp_text_of(name)) : OFP_NONE;
}

static int32_t level_of(const ofp_policy *policy, const char *name)
{
    return ofp_policy_find_level(policy, ofp_text_of(name));
}

static void fill_ticket(const explain_case *from, const ofp_policy *policy, case_request *ret)
{
    ofp_request *request = &ret->request;
    request->ticket = ofp_text_of(from->ticket ? from->ticket : "4711");
    request->subject = ofp_text_of(from->subject);
    request->offering = offering_of(policy, from->offering);
    request->created_at = from->created ? instant_of(from->created) : request->now;
    if (from->priority)
        request->priority = ofp_policy_find_priority(policy, ofp_text_of(from->priority));
    request->tags = ret->tags;
    for (size_t i = 0; i < CASE_LISTS && from->tags[i]; i++)
        ret->tags[request->tag_count++] = ofp_text_of(from->tags[i]);
    if (!from->form)
        return;
    ret->form.field = ofp_policy_find_field(policy, ofp_text_of("form"));
    ret->form.value = ofp_policy_find_value(policy, ret->form.field, ofp_text_of(from->form));
    request->fields = &ret->form;
    request->field_count = 1;
}

static void fill_org(const explain_case *from, const ofp_policy *policy, case_request *ret)
{
    ofp_request *request = &ret->request;
    request->has_org = !from->no_org;
    request->org = ofp_text_of(from->no_org ? NULL : "acme");
    request->org_name = ofp_text_of(from->org_name);
    ret->org_tag = ofp_text_of(from->org_tag);
    request->org_tags = &ret->org_tag;
    request->org_tag_count = from->org_tag != NULL;
    request->entitlements = ret->entitlements;
    request->migrations = ret->migrations;
    for (size_t i = 0; i < CASE_LISTS && from->entitlements[i].offering; i++) {
        const case_entitlement *e = &from->entitlements[i];
        ret->entitlements[request->entitlement_count++] = (ofp_entitlement){
            .offering = offering_of(policy, e->offering),
            .level = level_of(policy, e->level),
            .starts =
                e->starts ? ofp_policy_date_start(policy, date_of(e->starts)) : OFP_INSTANT_NONE,
            .ends =
                e->ends ? ofp_policy_date_start(policy, date_of(e->ends) + 1) : OFP_INSTANT_NONE,
            .hold = e->hold,
        };
    }
    for (size_t i = 0; i < CASE_LISTS && from->migrations[i].id; i++) {
        const case_migration *m = &from->migrations[i];
        ret->migrations[request->migration_count++] = (ofp_migration){
            .id = ofp_text_of(m->id),
            .to = offering_of(policy, m->to),
            .level = level_of(policy, m->level),
            .target_date = date_of(m->target_date),
            .status = m->status,
            .end = OFP_INSTANT_NONE,
            .forgotten = OFP_INSTANT_NONE,
        };
    }
}

void case_fill_request(const explain_case *from, const ofp_policy *policy, case_request *ret)
{
    *ret = (case_request){.request = OFP_REQUEST_INIT};
    ret->request.now = instant_of(from->now ? from->now : "2026-11-20T18:00:00Z");
    fill_ticket(from, policy, ret);
    fill_org(from, policy, ret);
}
