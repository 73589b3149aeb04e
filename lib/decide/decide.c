/* SPDX-License-Identifier: MIT */
#include <offerpolicy/decision.h>

#include <stdlib.h>

#include "failure.h"
#include "request_check.h"
#include "steps.h"

ofp_status ofp_scratch_new(ofp_scratch **ret, ofp_error **reterr)
{
    ofp_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch)
        return ofp_fail_no_memory(reterr);
    *ret = scratch;
    return ofp_succeed(reterr);
}

ofp_scratch *ofp_scratch_free(ofp_scratch *scratch)
{
    if (!scratch)
        return NULL;
    ofp_arena_free(&scratch->arena);
    ofp_matcher_free(scratch->matcher);
    ofp_scanner_free(scratch->scanner);
    free(scratch);
    return NULL;
}

/* Room for every note that the steps can make. */
static bool reserve_notes(ofp_scratch *scratch)
{
    /* Three runs of failed rules, and one note each for priority, offering, org, level and SLA. */
    enum { SINGLE_NOTES = 8 };
    ofp_decision *decision = &scratch->decision;
    const ofp_request *request = decision->request;
    const ofp_policy *policy = decision->policy;
    const size_t capacity = SINGLE_NOTES + request->entitlement_count + request->migration_count +
                            policy->most_targets +
                            (request->offering == OFP_NONE ? policy->pattern_count : 0);
    decision->notes = ofp_arena_take(&scratch->arena, capacity, sizeof *decision->notes);
    return decision->notes;
}

static ofp_status take_steps(ofp_scratch *scratch, ofp_error **reterr)
{
    if (!reserve_notes(scratch) || !ofp_decide_facts(scratch) || !ofp_decide_priority(scratch) ||
        !ofp_decide_offering(scratch) || !ofp_decide_standing(scratch))
        return ofp_fail_no_memory(reterr);
    ofp_decide_verdict(&scratch->decision);
    const ofp_status status = ofp_decide_sla(scratch, reterr);
    if (status)
        return status;
    return ofp_decide_actions(scratch) ? ofp_succeed(reterr) : ofp_fail_no_memory(reterr);
}

ofp_status ofp_decide(const ofp_policy *policy, const ofp_request *request, ofp_scratch *scratch,
                      const ofp_decision **ret, ofp_error **reterr)
{
    ofp_status status = ofp_request_check(policy, request, reterr);
    if (status)
        return status;
    ofp_arena_reset(&scratch->arena);
    scratch->decision = (ofp_decision){.policy = policy, .request = request};
    status = take_steps(scratch, reterr);
    if (!status)
        *ret = &scratch->decision;
    return status;
}
