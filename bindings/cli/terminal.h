/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the output goes to: a terminal of some width, with colours or without, or something else.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/** What --color asks for. */
enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/** Can the terminal on a file descriptor move its cursor and show colours? */
bool terminal_is_capable(int fd);

/** Shall what goes to `fd` have colours? Without a choice: on a capable terminal, but not if
 * NO_COLOR is set. */
bool terminal_wants_colour(enum colour_choice choice, int fd);

/** How many columns `fd` has: COLUMNS if set, else the terminal's width, else 80; 20 or more. */
size_t terminal_width(int fd);

/** How long a line of a table may be: as wide as a terminal, or COLUMNS if set; else of any length,
 * for a program that reads it. */
size_t terminal_line_limit(int fd);

/** How many columns a character takes: 0 (it combines with the one before it), 1 or 2. */
unsigned terminal_character_width(unsigned character);

#endif
