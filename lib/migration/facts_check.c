/* SPDX-License-Identifier: MIT */
#include "facts_check.h"

#include <stdio.h>

#include "civil.h"
#include "failure.h"
#include "span.h"

static ofp_status check_text(const char *pointer, ofp_text text, ofp_error **reterr)
{
    const ofp_place place = {.pointer = pointer};
    if (text.size > OFP_NAME_LIMIT)
        return ofp_fail_at(reterr, place, OFP_CODE_TEXT_TOO_LONG,
                           "the text has %zu bytes; at most %zu are allowed", text.size,
                           OFP_NAME_LIMIT);
    if (!ofp_span_is_utf8(text))
        return ofp_fail_at(reterr, place, OFP_CODE_INVALID_UTF8, "the text is not valid UTF-8");
    return OFP_STATUS_OK;
}

static ofp_status check_org(const ofp_request *request, ofp_error **reterr)
{
    if (!request->has_org)
        return ofp_fail_at(reterr, (ofp_place){.pointer = "/org"}, OFP_CODE_NO_ORG,
                           "there is no org whose facts these could be");
    if (request->org.size == 0)
        return ofp_fail_at(reterr, (ofp_place){.pointer = "/org/id"}, OFP_CODE_EMPTY_ID,
                           "the id is empty");
    const ofp_status status = check_text("/org/id", request->org, reterr);
    return status ? status : check_text("/org/name", request->org_name, reterr);
}

/* Instants that the library works with; dates at both ends may lie a little outside, by zone. */
static bool is_bound(int64_t instant)
{
    const int64_t slack = 2 * OFP_DAY_SECONDS;
    return instant == OFP_INSTANT_NONE ||
           (instant >= OFP_INSTANT_MIN - slack && instant <= OFP_INSTANT_END + slack);
}

static ofp_status check_entitlement(const ofp_policy *policy, const ofp_request *request,
                                    size_t index, ofp_error **reterr)
{
    const ofp_entitlement *e = &request->entitlements[index];
    const struct {
        bool right;
        const char *member;
        ofp_code code;
        const char *message;
    } checks[] = {
        {ofp_policy_offering_name(policy, e->offering), "offering", OFP_CODE_INDEX_RANGE,
         "this is not the index of an offering of the policy"},
        {ofp_policy_level_name(policy, e->level), "level", OFP_CODE_INDEX_RANGE,
         "this is not the index of a level of the policy"},
        {is_bound(e->starts), "starts", OFP_CODE_INSTANT_RANGE,
         "the instant is outside the years 1970 to 2200"},
        {is_bound(e->ends), "ends", OFP_CODE_INSTANT_RANGE,
         "the instant is outside the years 1970 to 2200"},
        {e->ends == OFP_INSTANT_NONE || e->ends >= e->starts, "ends", OFP_CODE_ENDS_BEFORE_STARTS,
         "the entitlement ends before it starts"},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        char pointer[64];
        if (checks[i].right)
            continue;
        snprintf(pointer, sizeof pointer, "/entitlements/%zu/%s", index, checks[i].member);
        return ofp_fail_at(reterr, (ofp_place){.pointer = pointer}, checks[i].code, "%s",
                           checks[i].message);
    }
    return OFP_STATUS_OK;
}

ofp_status ofp_facts_check_request(const ofp_policy *policy, const ofp_request *request,
                                   ofp_error **reterr)
{
    if (request->size != sizeof *request)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "the request's `size` is %zu: start from OFP_REQUEST_INIT", request->size);
    ofp_status status = check_org(request, reterr);
    if (!status && request->entitlement_count > OFP_LIST_LIMIT)
        status =
            ofp_fail_at(reterr, (ofp_place){.pointer = "/entitlements"}, OFP_CODE_LIST_TOO_LONG,
                        "the list has %zu members; at most %zu are allowed",
                        request->entitlement_count, OFP_LIST_LIMIT);
    for (size_t i = 0; !status && i < request->entitlement_count; i++)
        status = check_entitlement(policy, request, i, reterr);
    return status ? status : ofp_succeed(reterr);
}
