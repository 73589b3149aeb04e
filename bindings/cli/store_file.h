/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Opening the store that the command line names.
 */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include <offerpolicy/store.h>

#include "arguments.h"

/**
 * Opens the store that --store or the environment names.
 * @return the caller closes it; NULL: what is wrong was told on standard error
 */
ofp_store *store_file_open(const struct arguments *arguments, ofp_store_mode mode);

#endif
