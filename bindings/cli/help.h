/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The help texts.
 */
#ifndef HELP_H
#define HELP_H

#include "command.h"

/** Prints what the program is and which commands it has. */
void help_print(void);

/** Prints what a command does and its options. */
void help_print_command(const struct command *command);

/** Says on standard error where to read on. @param command NULL: none was named */
void help_hint(const struct command *command);

#endif
