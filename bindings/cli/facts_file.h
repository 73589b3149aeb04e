/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading what orgs have bought from the file that the command line names.
 */
#ifndef FACTS_FILE_H
#define FACTS_FILE_H

#include <offerpolicy/migration.h>

#include "arguments.h"

/** Can the facts be read? Not if the policy comes from standard input, too; that is then told. */
bool facts_file_is_free(const struct arguments *arguments);

/**
 * Reads all documents of the file that --facts names, if it is given. What is wrong is told on
 * standard error.
 * @param ret the caller frees it; NULL without --facts, or after a failure
 * @return an exit_status: EXIT_BAD if a document is wrong, EXIT_NOTHING if the file can't be read
 */
int facts_file_read(const struct arguments *arguments, const ofp_policy *policy, ofp_facts **ret);

#endif
