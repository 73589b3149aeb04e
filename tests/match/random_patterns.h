/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Random patterns and texts of the same few words, so that many match and many nearly do.
 */
#ifndef OFP_TEST_RANDOM_PATTERNS_H
#define OFP_TEST_RANDOM_PATTERNS_H

#include <stddef.h>

#include "random.h"

enum { RANDOM_PATTERN_SIZE = 1024, RANDOM_TEXT_SIZE = 2048 };

/** Writes a pattern, which PCRE2 may refuse, and a zero. @return its size */
size_t random_pattern(random_source *source, char ret[RANDOM_PATTERN_SIZE]);

/** Writes a text, valid UTF-8 without a zero at its end. @return its size */
size_t random_text(random_source *source, char ret[RANDOM_TEXT_SIZE]);

#endif
