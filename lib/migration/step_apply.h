/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a step makes of a migration.
 */
#ifndef OFP_STEP_APPLY_H
#define OFP_STEP_APPLY_H

#include "step_allow.h"

/**
 * Makes the migration as it shall be after a step that is allowed.
 * @param record its texts live as long as the step, the policy and what was looked up
 */
void ofp_step_apply(const ofp_taking *taking, ofp_migration_record *record);

#endif
