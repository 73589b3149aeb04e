/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the command says to the person who runs it, on standard error, and how it ends.
 */
#ifndef TELL_H
#define TELL_H

#include <stddef.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/text.h>

/** How the command ends. */
enum exit_status {
    EXIT_DONE = 0,    /* all went well */
    EXIT_BAD = 1,     /* some input was bad; the rest was done */
    EXIT_NOTHING = 2, /* nothing could be done */
};

/** Says "offerpolicy: …" and a line end. Control characters in it are made harmless. */
void tell(const char *format, ...) OFP_PRINTF(1, 2);

/**
 * Says why a call of the library failed, in one line for each thing that is wrong, and frees the
 * error.
 * @param error NULL: there was no memory for one
 * @return EXIT_BAD if what was asked for is wrong or not allowed, EXIT_NOTHING if the store or the
 *         system would not let it be done
 */
int tell_failure(ofp_error *error);

/** The same for a call that looked for damage: to have found some is no failure, but EXIT_BAD. */
int tell_finding(ofp_error *error);

/** The bytes of the control character that a text begins with; 0 if it begins with another. */
size_t control_size(ofp_text text);

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
