/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Writing to standard output, and what happens when that can't be done: nothing else is worth
 * doing then, so the program ends there and then, from whichever thread finds out.
 */
#ifndef STANDARD_OUTPUT_H
#define STANDARD_OUTPUT_H

#include <stddef.h>

/** Writes all bytes at once, past stdio. */
void standard_output_write(const char *data, size_t size);

/**
 * Ends the program because nothing can be written any more.
 * @param reason an errno; with EPIPE nobody reads the output, and the program ends quietly
 */
_Noreturn void standard_output_fail(int reason);

/** Brings out what stdio holds. @return `status` */
int standard_output_finish(int status);

#endif
