/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The commands that take a step in a migration's life.
 */
#ifndef STEP_H
#define STEP_H

#include "arguments.h"

/** Runs any of these commands; which one, the arguments say. @return an exit_status */
int step_run(const struct arguments *arguments);

#endif
