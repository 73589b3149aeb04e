/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <stdlib.h>

#include "array.h"
#include "failure.h"
#include "level_tag.h"
#include "names.h"
#include "request_check.h"
#include "span.h"

struct ofp_facts {
    ofp_policy *policy; /* whose indexes all entitlements use; NULL: none was added yet */
    ofp_names ids;      /* of the orgs */
    ofp_arena arena;    /* texts of `ids` */
    struct {
        ofp_org_facts *items;
        size_t count, capacity;
    } orgs; /* by id */
};

ofp_status ofp_facts_new(ofp_facts **ret, ofp_error **reterr)
{
    ofp_facts *facts = calloc(1, sizeof *facts);
    if (!facts)
        return ofp_fail_no_memory(reterr);
    *ret = facts;
    return ofp_succeed(reterr);
}

static void free_org(ofp_org_facts *org)
{
    free(org->name);
    free(org->entitlements);
}

ofp_facts *ofp_facts_free(ofp_facts *facts)
{
    if (!facts)
        return NULL;
    for (size_t i = 0; i < facts->orgs.count; i++)
        free_org(&facts->orgs.items[i]);
    free(facts->orgs.items);
    ofp_names_free(&facts->ids);
    ofp_arena_free(&facts->arena);
    ofp_policy_unref(facts->policy);
    free(facts);
    return NULL;
}

/* A terminated copy of a text. @return false: out of memory */
static bool copy_text(ofp_text text, char **ret)
{
    *ret = NULL;
    if (!text.data)
        return true;
    *ret = malloc(text.size + 1);
    if (!*ret)
        return false;
    memcpy(*ret, text.data, text.size);
    (*ret)[text.size] = '\0';
    return true;
}

static bool copy_org(const ofp_request *request, ofp_org_facts *ret)
{
    const size_t count = request->entitlement_count;
    *ret = (ofp_org_facts){.count = count};
    if (!copy_text(request->org_name, &ret->name))
        return false;
    if (count == 0)
        return true;
    ret->entitlements = calloc(count, sizeof *ret->entitlements);
    if (!ret->entitlements)
        return false;
    memcpy(ret->entitlements, request->entitlements, count * sizeof *ret->entitlements);
    return true;
}

/* The place of an org in the table, new or not. @return -1: out of memory */
static int32_t find_place(ofp_facts *facts, ofp_text id)
{
    if (!OFP_ARRAY_GROW(&facts->orgs))
        return -1;
    const int32_t place = ofp_names_add(&facts->ids, &facts->arena, id);
    if (place == (int32_t)facts->orgs.count)
        facts->orgs.items[facts->orgs.count++] = (ofp_org_facts){0};
    return place;
}

/* Replaces what was known of the org. @return false: out of memory, nothing changed */
static bool replace_org(ofp_facts *facts, const ofp_request *request)
{
    ofp_org_facts made;
    const bool copied = copy_org(request, &made);
    const int32_t place = copied ? find_place(facts, request->org) : -1;
    if (place < 0) {
        free_org(&made);
        return false;
    }
    free_org(&facts->orgs.items[place]);
    facts->orgs.items[place] = made;
    return true;
}

ofp_status ofp_facts_add(ofp_facts *facts, const ofp_policy *policy, const ofp_request *request,
                         ofp_error **reterr)
{
    ofp_status status = ofp_facts_check(facts, policy, reterr);
    if (!status)
        status = ofp_request_check_facts(policy, request, reterr);
    if (status)
        return status;
    if (!replace_org(facts, request))
        return ofp_fail_no_memory(reterr);
    if (!facts->policy)
        facts->policy = ofp_policy_ref(policy);
    return ofp_succeed(reterr);
}

ofp_status ofp_facts_check(const ofp_facts *facts, const ofp_policy *policy, ofp_error **reterr)
{
    if (facts && facts->policy &&
        strcmp(ofp_policy_digest(facts->policy), ofp_policy_digest(policy)) != 0)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "the facts were made with another policy: their indexes mean other things");
    return ofp_succeed(reterr);
}

const ofp_org_facts *ofp_facts_find(const ofp_facts *facts, ofp_text org)
{
    const int32_t place = facts ? ofp_names_find(&facts->ids, org) : -1;
    return place < 0 ? NULL : &facts->orgs.items[place];
}

/* Paid, current and not on hold? */
static bool is_active(const ofp_entitlement *entitlement, const ofp_policy *policy, int64_t at)
{
    /* "Unbounded" is before all instants, which is right for a start. */
    const bool current = entitlement->starts <= at &&
                         (entitlement->ends == OFP_INSTANT_NONE || at < entitlement->ends);
    return current && !entitlement->hold && ofp_policy_level_is_paid(policy, entitlement->level);
}

int32_t ofp_org_facts_active_level(const ofp_org_facts *org, const ofp_policy *policy,
                                   int32_t offering, int64_t at)
{
    int32_t highest = OFP_NONE;
    for (size_t i = 0; i < org->count; i++) {
        const ofp_entitlement *entitlement = &org->entitlements[i];
        if (entitlement->offering == offering && entitlement->level > highest &&
            is_active(entitlement, policy, at))
            highest = entitlement->level;
    }
    return highest;
}

bool ofp_org_facts_entitle(const ofp_org_facts *org, const ofp_policy *policy, int32_t offering,
                           int32_t level, int64_t at)
{
    for (size_t i = 0; i < org->count; i++) {
        const ofp_entitlement *entitlement = &org->entitlements[i];
        if (entitlement->offering == offering && entitlement->level == level &&
            is_active(entitlement, policy, at))
            return true;
    }
    return false;
}

bool ofp_org_facts_give_tag(const ofp_org_facts *org, const ofp_policy *policy, ofp_text tag,
                            ofp_tag_use but, int64_t at)
{
    for (size_t i = 0; i < org->count; i++) {
        const ofp_entitlement *entitlement = &org->entitlements[i];
        const ofp_text given = ofp_tag_of(policy, entitlement->offering, entitlement->level);
        if (entitlement->offering == but.offering && entitlement->level == but.level)
            continue;
        if (given.data && ofp_span_equal(given, tag) && is_active(entitlement, policy, at))
            return true;
    }
    return false;
}

ofp_holding ofp_org_facts_holding(const ofp_org_facts *org, const ofp_policy *policy,
                                  int32_t offering, int64_t at)
{
    ofp_holding holding = {.level = OFP_NONE, .ends = at};
    for (size_t i = 0; i < org->count; i++) {
        const ofp_entitlement *entitlement = &org->entitlements[i];
        const bool endless = entitlement->ends == OFP_INSTANT_NONE;
        if (entitlement->offering != offering || (!endless && entitlement->ends <= at) ||
            !ofp_policy_level_is_paid(policy, entitlement->level))
            continue;
        if (entitlement->level > holding.level)
            holding.level = entitlement->level;
        if (endless)
            holding.ends = OFP_INSTANT_NONE;
        else if (holding.ends != OFP_INSTANT_NONE && entitlement->ends > holding.ends)
            holding.ends = entitlement->ends;
    }
    return holding;
}
