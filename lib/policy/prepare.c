/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <stdlib.h>

#include "failure.h"

static ofp_status make_prefilter(const ofp_policy *policy, ofp_prefilter **ret, ofp_error **reterr)
{
    const size_t count = policy->pattern_count;
    const ofp_pattern **patterns = calloc(count, sizeof *patterns);
    if (!patterns)
        return ofp_fail_no_memory(reterr);
    for (size_t i = 0; i < count; i++)
        patterns[i] = policy->patterns[i].pattern;
    const ofp_status status = ofp_prefilter_new(patterns, count, ret, reterr);
    free(patterns);
    return status;
}

ofp_status ofp_policy_prepare(const ofp_policy *policy, ofp_error **reterr)
{
    /* How soon it answers changes, which is not part of what "immutable" means to a reader. */
    ofp_policy *shared = (ofp_policy *)policy;
    ofp_prefilter *made = NULL, *there = NULL;
    if (policy->pattern_count == 0 || ofp_policy_prefilter(policy))
        return ofp_succeed(reterr);
    const ofp_status status = make_prefilter(policy, &made, reterr);
    /* Threads that prepare at the same time each make one; the first to finish wins. */
    if (!atomic_compare_exchange_strong(&shared->prefilter, &there, made))
        ofp_prefilter_unref(made);
    return status;
}
