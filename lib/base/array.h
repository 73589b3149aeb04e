/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Growing arrays of plain things, on the heap: `T *items; size_t count, capacity`.
 */
#ifndef OFP_ARRAY_H
#define OFP_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Makes room for at least `needed` things of `size` bytes; what is there stays.
 * @param items address of the array's pointer
 * @return false: out of memory, nothing changed
 */
bool ofp_array_reserve(void *items, size_t *capacity, size_t needed, size_t size);

/** Room for one more member behind `count`. @return false: out of memory, nothing changed */
#define OFP_ARRAY_GROW(array) \
    ((array)->count < (array)->capacity || \
     ofp_array_reserve(&(array)->items, &(array)->capacity, (array)->count + 1, \
                       sizeof *(array)->items))

#endif
