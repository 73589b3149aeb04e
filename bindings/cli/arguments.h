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

#include <offerpolicy/records.h>

#include "command.h"
#include "terminal.h"
#include "value.h"

/** One option; there may be several of one name, for different commands. */
struct option {
    char letter;        /* its short form, or 0 */
    const char *name;   /* its long form, without the dashes */
    const char *value;  /* what the help calls its value; NULL: it takes none */
    uint64_t commands;  /* those that know it, see FOR() */
    value_reader *read; /* what becomes of its value */
    size_t place;       /* where that goes in struct arguments */
    const char *help;   /* may have several lines */
    uint64_t required;  /* the commands that can't do without it */
};

/** There are not more options than this. */
enum { OPTIONS_LIMIT = 64 };

extern const struct option option_table[];
extern const size_t option_count;

/** What was asked for. Texts are those of the command line or the environment; NULL: not given. */
struct arguments {
    const struct command *command;
    char **operands;
    size_t operand_count;

    const char *policy;   /* file; NULL: the one built into the library */
    const char *zoneinfo; /* directory; NULL: the library's */
    const char *zone;     /* name; NULL: see explain.c */
    const char *store;    /* file */
    const char *facts;    /* file */
    int64_t at;           /* OFP_INSTANT_NONE: not given */
    size_t jobs;
    enum colour_choice colour;
    bool strict, verbose, pretty, json, log, log_texts, help;

    /* Of steps and of lists. Instants that were not given are OFP_INSTANT_NONE, numbers 0. */
    const char *org, *from, *to, *level, *owner, *actor, *role, *reason, *evidence, *key;
    const char *migration, *ticket, *expect, *problem;
    struct day target_date, ends_before, before;
    int64_t since, until;
    int64_t if_revision;
    int64_t retry_after; /* seconds */
    ofp_outcome outcome;
    ofp_migration_state state;
};

/**
 * Reads what follows the command's name. A mistake is told on standard error.
 * @param words the words, which are brought into another order: `ret->operands` points to them
 * @return false: there was a mistake
 */
bool arguments_read(const struct command *command, char **words, size_t count,
                    struct arguments *ret);

/** The instant that --at names, else the system's clock. */
int64_t arguments_now(const struct arguments *arguments);

#endif
