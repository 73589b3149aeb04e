/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What PCRE2's own limits leave out of a pattern's cost, told from its text alone. These are upper
 * bounds: what looks odd counts for the worst that it could be.
 */
#ifndef OFP_PATTERN_COST_H
#define OFP_PATTERN_COST_H

#include <stddef.h>

#include <offerpolicy/text.h>

/**
 * What one item of a pattern may cost at one place of a text: a class of many ranges is looked
 * through, an item that is wanted a thousand times is compared as often.
 * @return 1 for plain patterns; else how many times more
 */
size_t ofp_pattern_item_cost(ofp_text pattern);

/**
 * How many characters the ranges in all classes have: PCRE2 looks at each of them, for its other
 * case, when it compiles.
 */
size_t ofp_pattern_range_size(ofp_text pattern);

#endif
