/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Files for fuzz targets, in a folder of the process's own in memory, and what they require.
 */
#ifndef OFP_FUZZ_FILE_H
#define OFP_FUZZ_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/store.h>

/** What must hold; ends the program if it does not. */
void fuzz_require(bool holds);

/** A file's name in the folder. @return valid until the next call */
const char *fuzz_path(const char *name);

/** Makes a file of these bytes, and takes away what SQLite may have put beside it. */
void fuzz_write_file(const char *name, const uint8_t *data, size_t size);

/** Makes an empty store. */
ofp_store *fuzz_new_store(const char *name);

/** Closes a store, which may be NULL, and takes its files away. */
void fuzz_remove_store(ofp_store *store, const char *name);

/** A file without a name that has these bytes, open and at its start. */
int fuzz_memory_file(const uint8_t *data, size_t size);

/** Do both files have the same bytes? */
bool fuzz_same_bytes(int first, int second);

#endif
