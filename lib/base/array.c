/* SPDX-License-Identifier: MIT */
#include "array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool ofp_array_reserve(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return true;
    size_t room = *capacity < 8 ? 8 : *capacity;
    while (room < needed) {
        if (room > SIZE_MAX / 4 / size)
            return false;
        room *= 2;
    }
    /* The pointer's own type is not known here, so it is read and written as bytes. */
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, room * size);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = room;
    return true;
}
