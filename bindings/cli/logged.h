/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the commands that read the decision log have in common.
 */
#ifndef LOGGED_H
#define LOGGED_H

#include <stddef.h>

#include <offerpolicy/store.h>

#include "arguments.h"

/**
 * Does something with a page of logged decisions.
 * @return EXIT_DONE to go on
 */
typedef int logged_visitor(const ofp_logged_decision *decisions, size_t count, void *context);

/**
 * Walks through the logged decisions that the arguments ask for, page by page.
 * @return EXIT_DONE, or what stopped it; what is wrong was told on standard error
 */
int logged_walk(ofp_store *store, const struct arguments *arguments, logged_visitor *visit,
                void *context);

/** Prints which decision it is, without a line end. */
void logged_print_name(const ofp_logged_decision *logged);

#endif
