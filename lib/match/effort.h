/* SPDX-License-Identifier: MIT */
/**
 * @file
 * How long a pattern may take at worst, told from its text alone. PCRE2 counts some of its steps
 * (its match limit), but not those inside a simple repeat: with `\w+\.?\w*@\d` it walks over a run
 * of letters again and again, from each of its places, without a count.
 *
 * This is an upper bound. What it does not understand it takes for the worst.
 */
#ifndef OFP_EFFORT_H
#define OFP_EFFORT_H

#include <stddef.h>

#include <offerpolicy/text.h>

/**
 * The longest text that a pattern needs at most so many steps for, roughly.
 * @param pattern a regular expression that compiles
 * @param steps the most steps
 * @return bytes; 0: nobody can say
 */
size_t ofp_effort_longest_text(ofp_text pattern, size_t steps);

#endif
