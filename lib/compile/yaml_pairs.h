/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What libyaml leaves to its users: which keys a mapping may have.
 */
#ifndef OFP_YAML_PAIRS_H
#define OFP_YAML_PAIRS_H

#include "yaml_tree.h"

/**
 * Reports keys that are no text, merge keys and repeated keys, and takes their pairs out; of a
 * repeated key the first one stays.
 * @param pairs key, value, key, value …; what stays moves to the front, in its order
 * @param count how many pairs there are
 * @return how many pairs stay
 */
size_t ofp_yaml_tidy_pairs(const ofp_yaml_node **pairs, size_t count, const char *source,
                           ofp_report *report);

#endif
