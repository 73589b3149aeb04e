/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What reading a file can come to, and rarely does: signals, damaged disks, a file that shrinks.
 * Works for code that is linked statically into the test (with -Wl,--wrap=read).
 */
#ifndef OFP_TEST_READS_H
#define OFP_TEST_READS_H

#include <stddef.h>

/**
 * Lets the next calls of read() end so; those after them work as usual.
 * @param results each an errno below 0, or how many bytes are read at most; 0 is the file's end
 * @param count how many
 */
void reads_end_so(const int *results, size_t count);

/** How many bytes the last call of read() asked for. */
size_t reads_last_size(void);

#endif
