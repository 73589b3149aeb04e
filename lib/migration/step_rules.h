/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The state machine as a table: from which state each step leads where, and who may take it.
 */
#ifndef OFP_STEP_RULES_H
#define OFP_STEP_RULES_H

#include <stdbool.h>

#include <offerpolicy/migration.h>

/** How many kinds of steps there are. */
enum { OFP_STEP_KIND_COUNT = OFP_STEP_CANCEL + 1 };

/** Who may take a step. */
typedef enum ofp_step_right {
    OFP_RIGHT_ANYBODY,
    OFP_RIGHT_APPROVER,
    OFP_RIGHT_OTHER_APPROVER, /* one who did not request it, unless the policy allows that, too */
    OFP_RIGHT_APPROVER_OR_REQUESTER,
} ofp_step_right;

/** What is true of all steps of a kind. */
typedef struct ofp_step_rule {
    const char *name; /* "approve" */
    const char *noun; /* "an approval" */
    const char *done; /* "approved" */
    ofp_event_kind event;
    ofp_migration_state from; /* OFP_MIGRATION_ANY: there is none yet */
    ofp_step_right right;
    ofp_migration_status becomes;
    bool decides; /* who takes it is noted as who decided */
    bool closes;  /* who takes it is noted as who closed it */
    bool settles; /* no sweep has anything to do afterwards */
} ofp_step_rule;

/** By kind of step. */
extern const ofp_step_rule ofp_step_rules[OFP_STEP_KIND_COUNT];

#endif
