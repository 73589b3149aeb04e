/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The time zones of a policy: each is loaded once, however many calendars use it.
 */
#ifndef OFP_ZONE_TABLE_H
#define OFP_ZONE_TABLE_H

#include "compiler.h"

/**
 * The zone that a scalar names.
 * @param node NULL: UTC
 * @return owned by the policy; NULL: reported
 */
const ofp_zone *ofp_compile_zone(ofp_compiler *compiler, const ofp_yaml_node *node);

#endif
