/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The offerings and levels of steps and migrations, held against the policy of the moment.
 */
#ifndef OFP_STEP_NAMES_H
#define OFP_STEP_NAMES_H

#include <offerpolicy/migration.h>

/** Are the names of a request known to the policy, is its level paid, and is it a move at all? */
ofp_status ofp_step_check_names(const ofp_policy *policy, const ofp_step *step, ofp_error **reterr);

/** Does the policy (still) know what a migration was promised for? */
ofp_status ofp_record_check_names(const ofp_policy *policy, const ofp_migration_record *record,
                                  ofp_error **reterr);

#endif
