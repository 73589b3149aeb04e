/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Finding a place in a sorted list of numbers in about constant time: the range is cut into equal
 * buckets, about two for each number, and each bucket knows where its numbers start.
 */
#ifndef OFP_LOOKUP_H
#define OFP_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Immutable once made. Starts as all zeroes; free it with ofp_lookup_release(). */
typedef struct ofp_lookup {
    int64_t *values; /* count + 1 of them, never descending; the last one ends the range */
    uint32_t *hints; /* by bucket: the last value that is not after the bucket's start */
    unsigned shift;  /* a bucket is 1 << shift wide */
} ofp_lookup;

/**
 * Makes room for values, which the caller then writes before it calls ofp_lookup_index().
 * @param count 1 or more
 * @return false: out of memory
 */
bool ofp_lookup_reserve(ofp_lookup *lookup, size_t count);

/** Makes the buckets of values that are all written. @return false: out of memory */
bool ofp_lookup_index(ofp_lookup *lookup, size_t count);

void ofp_lookup_release(ofp_lookup *lookup);

/**
 * The index of the last value that is not greater than the key.
 * @param key not less than the first value, and less than the one that ends the range
 */
static inline size_t ofp_lookup_find(const ofp_lookup *lookup, int64_t key)
{
    const size_t bucket = (size_t)((key - lookup->values[0]) >> lookup->shift);
    size_t at = lookup->hints[bucket];
    size_t left = lookup->hints[bucket + 1] - at + 1;
    /* Where values crowd together; mostly one or two are left and the loop is passed over. */
    while (left > 2) {
        const size_t half = left / 2;
        at += lookup->values[at + half] <= key ? half : 0;
        left -= half;
    }
    at += lookup->values[at + 1] <= key;
    return at;
}

#endif
