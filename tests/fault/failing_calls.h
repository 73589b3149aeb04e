/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A process whose memory and files fail on demand. Linked into a test program, these functions
 * stand before the C library's for the program and for every shared library that it uses: ours,
 * libyaml, PCRE2, simdjson.
 */
#ifndef OFP_TEST_FAILING_CALLS_H
#define OFP_TEST_FAILING_CALLS_H

#include <stdbool.h>

/** Which calls to count. */
typedef enum failing_kind {
    FAILING_MEMORY, /* malloc(), calloc(), realloc() and their relatives */
    FAILING_FILES,  /* open(), read(), fstat() */
} failing_kind;

/** From now on, call number `number` of this kind fails (from 1), once; 0: none does. */
void failing_arm(failing_kind kind, long number);

/** No call fails any more. @return did the armed call happen? */
bool failing_disarm(void);

/** Blocks of memory that are allocated now. */
long failing_live_blocks(void);

#endif
