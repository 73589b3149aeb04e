/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the command says to the person who runs it, on standard error, and how it ends.
 */
#ifndef TELL_H
#define TELL_H

#include <stddef.h>

#include <offerpolicy/export.h>

/** How the command ends. */
enum exit_status {
    EXIT_DONE = 0,    /* all went well */
    EXIT_BAD = 1,     /* some input was bad; the rest was done */
    EXIT_NOTHING = 2, /* nothing could be done */
};

/** Says "offerpolicy: …" and a line end. Control characters in it are made harmless. */
void tell(const char *format, ...) OFP_PRINTF(1, 2);

/**
 * Makes the control characters of a text harmless, in place: they become "?".
 * @param text UTF-8 or anything else, terminated
 */
void make_harmless(char *text);

/** The input's name as people read it: "<stdin>" for "-". */
const char *shown_name(const char *name);

/** The ending of a noun after a number: "s", or "" after 1. */
const char *plural(size_t count);

#endif
