/* SPDX-License-Identifier: MIT */
/**
 * @file
 * May this step be taken now? Each question has an answer in plain words.
 */
#ifndef OFP_STEP_ALLOW_H
#define OFP_STEP_ALLOW_H

#include "facts.h"
#include "ledger.h"
#include "step_rules.h"

/** A step that is being taken. */
typedef struct ofp_taking {
    const ofp_step *step;
    const ofp_step_rule *rule;
    ofp_store *store;
    const ofp_policy *policy;
    ofp_records *found;          /* what is looked up on the way */
    bool is_new;                 /* it is requested only now */
    ofp_migration_record record; /* as it is, if it is not new */
    const ofp_org_facts *facts;  /* about its org; NULL: none were given */
} ofp_taking;

/** Is it time for it: the right revision, not before the last step, in the right state? */
ofp_status ofp_step_allow_state(const ofp_taking *taking, ofp_error **reterr);

/** Has the actor the right to do it? */
ofp_status ofp_step_allow_actor(const ofp_taking *taking, ofp_error **reterr);

/** Do its names and dates, the facts and the policy's limits allow it? */
ofp_status ofp_step_allow_content(const ofp_taking *taking, ofp_error **reterr);

#endif
