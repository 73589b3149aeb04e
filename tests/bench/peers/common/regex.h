/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Does a pattern match a text? With PCRE2 and its JIT, and the options that the library uses.
 */
#ifndef OFP_BENCH_REGEX_H
#define OFP_BENCH_REGEX_H

#include <stdbool.h>

#include <offerpolicy/text.h>

/** A pattern is compiled at its first use and found by its text afterwards. */
bool regex_matches(ofp_text pattern, ofp_text text);

typedef struct regex regex;

/** A compiled pattern, which lives until the program ends, for a program that keeps it. */
const regex *regex_get(ofp_text pattern);

bool regex_run(const regex *compiled, ofp_text text);

#endif
