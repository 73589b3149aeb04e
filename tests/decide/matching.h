/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Lets matching end as PCRE2 rarely does. Works for the rooms, which are linked statically into
 * the test (with -Wl,--wrap).
 */
#ifndef OFP_TEST_MATCHING_H
#define OFP_TEST_MATCHING_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { MATCHING_AS_USUAL = 1 };

/** How matches end from now on. @param result an error of PCRE2, or MATCHING_AS_USUAL */
void set_matching_result(int result);

#endif
