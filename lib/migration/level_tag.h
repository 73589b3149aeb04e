/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The tag that a policy has for a level of an offering.
 */
#ifndef OFP_LEVEL_TAG_H
#define OFP_LEVEL_TAG_H

#include "tables.h"

/** By indexes, each of which may be OFP_NONE. @return without data: there is none */
static inline ofp_text ofp_tag_of(const ofp_policy *policy, int32_t offering, int32_t level)
{
    if (offering == OFP_NONE || level == OFP_NONE)
        return (ofp_text){0};
    return ofp_names_text(&policy->tag_names, policy->offerings[offering].level_tags[level]);
}

/** By names, which the policy need not know. @return without data: there is none */
static inline ofp_text ofp_level_tag(const ofp_policy *policy, ofp_text offering, ofp_text level)
{
    return ofp_tag_of(policy, ofp_policy_find_offering(policy, offering),
                      ofp_policy_find_level(policy, level));
}

#endif
