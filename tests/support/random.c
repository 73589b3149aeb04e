/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "random.h"

random_source random_start(const char *test)
{
    const char *given = getenv("OFP_TEST_SEED");
    const uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    printf("%s: OFP_TEST_SEED=%" PRIu64 "\n", test, seed);
    fflush(stdout);
    return (random_source){seed};
}

/* SplitMix64. */
uint64_t random_next(random_source *source)
{
    uint64_t mixed = source->state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}
