/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Which tag of an org has no reason any more when a migration ends or is completed.
 */
#ifndef OFP_TAG_REMOVAL_H
#define OFP_TAG_REMOVAL_H

#include "change.h"

/**
 * Fills an org.remove_tag action: its tag and its conditions. At a completion it is the tag of
 * what the org moves from, at an end the one that the migration put on.
 * @param action its texts live as long as change->scratch and the policy; without a tag there is
 *        nothing to remove
 */
ofp_status ofp_tag_removal_find(const ofp_change *change, ofp_host_action *action,
                                ofp_error **reterr);

#endif
