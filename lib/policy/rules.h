/* SPDX-License-Identifier: MIT */
/**
 * @file
 * An ordered list of rules of which the first that holds counts. The conditions are compiled to
 * bit sets, one bit a rule, so that a list of thousands costs little more than a short one.
 */
#ifndef OFP_RULES_H
#define OFP_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "condition.h"

typedef struct ofp_rules ofp_rules;

/**
 * Compiles a list of rules.
 * @param whens their conditions, kept by reference; NULL for a rule that always holds
 * @param attribute_count how many attributes there are
 * @return lives in the arena; NULL: out of memory
 */
ofp_rules *ofp_rules_compile(ofp_arena *arena, const ofp_condition *const *whens, size_t count,
                             size_t attribute_count);

/** How many 64-bit words of working memory ofp_rules_first() needs. */
size_t ofp_rules_work_size(const ofp_rules *rules);

/** Steps that a search takes at worst, roughly. */
size_t ofp_rules_search_cost(const ofp_rules *rules);

/** The first rule that holds, or -1. @param work as many words as ofp_rules_work_size() says */
int32_t ofp_rules_first(const ofp_rules *rules, const ofp_fact *facts, uint64_t *work);

/** The first part of a rule's condition that does not hold, see ofp_condition_failed_part(). */
int ofp_rules_failed_part(const ofp_rules *rules, int32_t rule, const ofp_fact *facts);

#endif
