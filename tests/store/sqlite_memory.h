/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Lets SQLite's allocations fail, as allocations.h does with those of the library.
 */
#ifndef OFP_TEST_STORE_SQLITE_MEMORY_H
#define OFP_TEST_STORE_SQLITE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/** Puts itself below SQLite; before its first use. */
void sqlite_memory_install(void);

/** Lets the next `count` allocations work, and then fail once, or from then on. */
void sqlite_memory_fail_after(size_t count, bool once);

/** Lets every allocation work. @return did one fail since the last call of the two? */
bool sqlite_memory_allow(void);

#endif
