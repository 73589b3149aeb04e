/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Stores for benchmarks, filled by ofp_store_import(). Each function ends the program if it fails.
 */
#ifndef OFP_BENCH_STORE_FILL_H
#define OFP_BENCH_STORE_FILL_H

#include <offerpolicy/store.h>

#include "store_lines.h"

/** What filling a store took. */
typedef struct store_filling {
    double seconds;
    double peak_mib; /**< the most memory that the importing process had */
    double file_mib; /**< size of the file */
} store_filling;

/** Makes a store, in a process of its own. */
store_filling store_fill(const char *path, const store_lines *what);

/** Opens a store for writing. */
ofp_store *store_fill_open(const char *path);

/** Deletes a store and what stands beside it. */
void store_fill_remove(const char *path);

#endif
