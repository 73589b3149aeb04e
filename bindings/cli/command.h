/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The commands: what each is called, does and says about itself.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stddef.h>

struct arguments;

/** The commands as bits, so that an option can say which of them know it. */
enum command_bit {
    FOR_DECIDE = 1,
    FOR_EXPLAIN = 2,
    FOR_CHECK = 4,
    FOR_CALENDAR = 8,
    FOR_HELP = 16,
    FOR_ALL = 31,
};

/** One command. */
struct command {
    const char *name;
    enum command_bit bit;
    const char *operands; /* what follows the options, for the usage line */
    const char *summary;  /* for the list of commands */
    const char *text;     /* what it does */
    const char *examples; /* one a line, indented */
    /** Does it. @return an exit_status */
    int (*run)(const struct arguments *arguments);
};

extern const struct command commands[];
extern const size_t command_count;

/** The command with this name, or NULL. */
const struct command *command_find(const char *name);

/** Says that there is no such command, and which one may have been meant. */
void command_tell_unknown(const char *name);

int decide_run(const struct arguments *arguments);
int explain_run(const struct arguments *arguments);
int check_run(const struct arguments *arguments);
int calendar_run(const struct arguments *arguments);
int help_run(const struct arguments *arguments);

#endif
