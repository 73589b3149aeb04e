/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Runs the Check test cases of a room: each source of it has a file of tests that makes one case.
 */
#ifndef OFP_TEST_RUN_H
#define OFP_TEST_RUN_H

#include <check.h>

/** Makes the test case of one file. */
typedef TCase *(*test_case_maker)(void);

/**
 * Runs test cases.
 * @param suite the room's name
 * @param makers what to run, ended by NULL
 * @return the exit status of the program
 */
int run_test_cases(const char *suite, const test_case_maker *makers);

#endif
