/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Random numbers that come again with the same seed.
 */
#ifndef OFP_TEST_RANDOM_H
#define OFP_TEST_RANDOM_H

#include <stdint.h>

/** A source of random numbers. */
typedef struct random_source {
    uint64_t state;
} random_source;

/**
 * Starts a source, and prints its seed so that a failure can be had again.
 * @return seeded from the environment variable OFP_TEST_SEED, or from the clock
 */
random_source random_start(const char *test);

/** The next number, all 64 bits random. */
uint64_t random_next(random_source *source);

/** A number from 0 to `count` - 1. @param count more than 0 */
static inline uint32_t random_below(random_source *source, uint32_t count)
{
    return (uint32_t)(random_next(source) >> 32) % count;
}

#endif
