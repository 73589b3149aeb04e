/* SPDX-License-Identifier: MIT */
/* The test cases of the room `match`. */
#ifndef OFP_TEST_MATCH_CASES_H
#define OFP_TEST_MATCH_CASES_H

#include <check.h>

#include <offerpolicy/text.h>

#include "pattern.h"

/* JIT code reads whole vectors and forgets what stands behind the text. Valgrind does not see that
 * it does, so that these bytes had better be there, and have values. */
enum { VECTOR_SIZE = 32 };

TCase *pattern_compile_case(void);
TCase *pattern_cost_case(void);
TCase *pattern_effort_case(void);
TCase *pattern_limits_case(void);
TCase *pattern_literals_case(void);
TCase *pattern_match_case(void);
TCase *prefilter_case(void);
TCase *random_match_case(void);

/** Matches a pattern, which must compile, against a text. */
ofp_match match_text(ofp_text pattern, ofp_text text, bool use_jit);

#endif
