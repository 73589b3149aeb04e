/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Counts what a whole program allocates, its shared libraries included.
 */
#ifndef OFP_BENCH_HEAP_H
#define OFP_BENCH_HEAP_H

#include <stdbool.h>
#include <stddef.h>

/** False under a sanitizer, which has its own allocator: all counts are then 0. */
bool heap_is_counted(void);

/** How many allocations were made since the program started. */
size_t heap_allocations(void);

/** How many bytes are allocated now. */
size_t heap_bytes(void);

#endif
