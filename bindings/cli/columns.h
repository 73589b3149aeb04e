/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Text in the columns of a terminal.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stddef.h>

/**
 * Decodes the character at the start of a text.
 * @param text terminated UTF-8, not empty; what is no UTF-8 gives some character
 * @return its size in bytes
 */
size_t columns_decode(const char *text, unsigned *ret);

/** The columns of the first `count` characters of a text; of all if there are less. */
size_t columns_measure(const char *text, size_t count);

#endif
