/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Diagnostics as people and editors read them: "file:line:column: error: message [OFP-nnn]", the
 * line of the file, and a caret under the place.
 */
#ifndef DIAGNOSTICS_H
#define DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <offerpolicy/error.h>

/** What is written before and after the parts of a diagnostic; all empty without colours. */
struct style {
    const char *place, *error, *warning, *caret, *plain;
};

/** A style with the colours of an ANSI terminal, or without. */
struct style diagnostics_style(bool colour);

/** Prints a diagnostic. @param width of the lines, in columns: excerpts are cut to it */
void diagnostics_print(FILE *to, const ofp_diagnostic *diagnostic, const struct style *style,
                       size_t width);

/**
 * Says on standard error what is wrong with a record.
 * @param error NULL: there was no memory for one
 */
void diagnostics_tell_bad_record(const ofp_error *error, const char *file, uint64_t line);

#endif
