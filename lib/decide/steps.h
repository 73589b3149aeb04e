/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The steps of a decision, in the order in which ofp_decide() takes them. Each reads what the ones
 * before it have found, and notes its reasons.
 */
#ifndef OFP_STEPS_H
#define OFP_STEPS_H

#include "decision_state.h"

/** Collects the facts about the ticket that conditions test. @return false: out of memory */
bool ofp_decide_facts(ofp_scratch *scratch);

/** Tells the priority. @return false: out of memory */
bool ofp_decide_priority(ofp_scratch *scratch);

/** Tells the offering. @return false: out of memory */
bool ofp_decide_offering(ofp_scratch *scratch);

/** Tells how each entitlement and migration counts. @return false: out of memory */
bool ofp_decide_standing(ofp_scratch *scratch);

/** Tells verdict, level and until when the decision holds. */
void ofp_decide_verdict(ofp_decision *decision);

/** Finds the SLA rule and computes its targets. */
ofp_status ofp_decide_sla(ofp_scratch *scratch, ofp_error **reterr);

/** Tells what the host shall do. @return false: out of memory */
bool ofp_decide_actions(ofp_scratch *scratch);

#endif
