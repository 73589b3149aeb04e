/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include <stdlib.h>

bool ofp_lookup_reserve(ofp_lookup *lookup, size_t count)
{
    lookup->values = malloc((count + 1) * sizeof *lookup->values);
    return lookup->values != NULL;
}

bool ofp_lookup_index(ofp_lookup *lookup, size_t count)
{
    const int64_t *values = lookup->values;
    const int64_t range = values[count] - values[0];
    /* A few more where there are few: short lists may be uneven, and cost little. */
    while ((uint64_t)range >> lookup->shift > 2 * count + 64)
        lookup->shift++;
    const size_t bucket_count = (size_t)(range >> lookup->shift) + 1;
    lookup->hints = malloc((bucket_count + 1) * sizeof *lookup->hints);
    if (!lookup->hints)
        return false;
    size_t at = 0;
    for (size_t bucket = 0; bucket <= bucket_count; bucket++) {
        const int64_t start = values[0] + (int64_t)((uint64_t)bucket << lookup->shift);
        while (at + 1 < count && values[at + 1] <= start)
            at++;
        lookup->hints[bucket] = (uint32_t)at;
    }
    return true;
}

void ofp_lookup_release(ofp_lookup *lookup)
{
    free(lookup->values);
    free(lookup->hints);
    *lookup = (ofp_lookup){0};
}
