/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Asking a list of rules, as three steps of a decision do.
 */
#ifndef OFP_RULE_SEARCH_H
#define OFP_RULE_SEARCH_H

#include "decision_state.h"

/**
 * Finds the first rule that holds, and notes those before it as failed.
 * @param rules the list, or NULL for an empty one
 * @param count how many rules it has
 * @param facts what it sees, by attribute
 * @param failed the reason of a rule that does not hold
 * @param ret its index, or -1
 * @return false: out of memory
 */
bool ofp_search_rules(ofp_scratch *scratch, const ofp_rules *rules, size_t count,
                      const ofp_fact *facts, ofp_reason_code failed, int32_t *ret);

#endif
