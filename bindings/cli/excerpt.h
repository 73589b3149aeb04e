/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A line of a file with a caret under one of its characters, cut to a width around the caret.
 */
#ifndef EXCERPT_H
#define EXCERPT_H

#include <stddef.h>
#include <stdio.h>

#include "diagnostics.h"

/**
 * Prints both lines.
 * @param text UTF-8 without control characters
 * @param caret the place in it, in characters, from 0
 * @param width of the lines, in columns
 */
void excerpt_print(FILE *to, const char *text, size_t caret, const struct style *style,
                   size_t width);

#endif
