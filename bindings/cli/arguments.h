/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The command line: one table of options, from which it is read and which the help texts show.
 */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "terminal.h"

enum option_id {
    OPTION_POLICY,
    OPTION_AT,
    OPTION_ZONE,
    OPTION_VERBOSE,
    OPTION_STRICT,
    OPTION_PRETTY,
    OPTION_JOBS,
    OPTION_ZONEINFO,
    OPTION_COLOUR,
    OPTION_HELP,
};

/** One option. */
struct option {
    enum option_id id;
    char letter;       /* its short form, or 0 */
    const char *name;  /* its long form, without the dashes */
    const char *value; /* what the help calls its value; NULL: it takes none */
    unsigned commands; /* the command_bits of those that know it */
    const char *help;
};

extern const struct option option_table[];
extern const size_t option_count;

/** More worker threads than this are not started. */
enum { MOST_JOBS = 256 };

/** What was asked for. Texts are those of the command line or the environment. */
struct arguments {
    const struct command *command;
    const char *policy;   /* file; NULL: the one built into the library */
    const char *zoneinfo; /* directory; NULL: the library's */
    const char *zone;     /* name; NULL: see explain.c */
    int64_t at;           /* OFP_INSTANT_NONE: not given */
    size_t jobs;
    enum colour_choice colour;
    bool strict, verbose, pretty, help;
    char **files; /* the operands */
    size_t file_count;
};

/**
 * Reads what follows the command's name. A mistake is told on standard error.
 * @param words the words, which are brought into another order: `ret->files` points to them
 * @return false: there was a mistake
 */
bool arguments_read(const struct command *command, char **words, size_t count,
                    struct arguments *ret);

#endif
