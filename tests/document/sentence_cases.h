/* SPDX-License-Identifier: MIT */
/* What check_sentence.c runs: the words and lines that explanations are made of. */
#ifndef OFP_TEST_SENTENCE_CASES_H
#define OFP_TEST_SENTENCE_CASES_H

#include <check.h>

#include <offerpolicy/policy.h>

/** Where the zone files are. */
extern const char *test_zone_directory;

/** The contract's policy. */
extern ofp_policy *test_policy;

TCase *explain_page_case(void);
TCase *explain_time_case(void);
TCase *sentence_case(void);

#endif
