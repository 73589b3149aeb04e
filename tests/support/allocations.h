/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Lets allocations fail, and counts them. Works for code that is linked statically into the test
 * (with -Wl,--wrap), which the rooms are; what other libraries allocate is left alone.
 */
#ifndef OFP_TEST_ALLOCATIONS_H
#define OFP_TEST_ALLOCATIONS_H

#include <stddef.h>

/** Lets the next `count` allocations work and all later ones fail; counts anew from 0. */
void allocations_fail_after(size_t count);

/** Lets one allocation fail, the one after the next `count`; counts anew from 0. */
void allocations_fail_at(size_t count);

/** Lets every allocation work; counts anew from 0. */
void allocations_allow(void);

/** How many allocations were asked for since the last of the calls above. */
size_t allocations_count(void);

#endif
