/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Loading the policy that the command line names.
 */
#ifndef POLICY_FILE_H
#define POLICY_FILE_H

#include <offerpolicy/policy.h>

#include "arguments.h"

/**
 * Loads a policy from a file.
 * @param name "-" is standard input
 * @param zoneinfo directory; NULL: the library's
 */
ofp_status policy_file_load(const char *name, const char *zoneinfo, ofp_policy **ret,
                            ofp_error **reterr);

/**
 * Loads the policy that --policy names, or the one that is built into the library.
 * @return the caller owns a reference; NULL: what is wrong was told on standard error
 */
ofp_policy *policy_file_open(const struct arguments *arguments);

#endif
