/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <stdlib.h>

#include "array.h"
#include "span.h"

/*
 * Eight bytes at a time with a multiply and a fold. Tables are made by those who write policies,
 * who may slow down only their own lookups by collisions.
 */
static uint32_t hash(ofp_text text)
{
    uint64_t h = text.size * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = 0;
    for (; text.size - at >= 8; at += 8) {
        uint64_t part;
        memcpy(&part, text.data + at, 8);
        h = (h ^ part) * UINT64_C(0xBF58476D1CE4E5B9);
        h ^= h >> 29;
    }
    uint64_t rest = 0;
    for (; at < text.size; at++)
        rest = rest << 8 | (unsigned char)text.data[at];
    h = (h ^ rest) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(h >> 32);
}

/* The slot that holds the name, or the empty one where it would go. */
static size_t find_slot(const ofp_names *names, ofp_text text, uint32_t hashed)
{
    size_t slot = hashed & (names->slot_count - 1);
    for (; names->slots[slot]; slot = (slot + 1) & (names->slot_count - 1)) {
        const int32_t index = names->slots[slot] - 1;
        if (names->hashes[index] == hashed && ofp_span_equal(names->items[index], text))
            break;
    }
    return slot;
}

int32_t ofp_names_find(const ofp_names *names, ofp_text text)
{
    if (names->slot_count == 0)
        return -1;
    return names->slots[find_slot(names, text, hash(text))] - 1;
}

static bool grow_slots(ofp_names *names)
{
    const size_t slot_count = names->slot_count ? names->slot_count * 2 : 16;
    int32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(names->slots);
    names->slots = slots;
    names->slot_count = slot_count;
    for (size_t i = 0; i < names->count; i++)
        slots[find_slot(names, names->items[i], names->hashes[i])] = (int32_t)i + 1;
    return true;
}

static bool make_room(ofp_names *names)
{
    /* At most half full, so that searches for strangers stay short. */
    if (names->count * 2 >= names->slot_count && !grow_slots(names))
        return false;
    return OFP_ARRAY_GROW(names) && ofp_array_reserve(&names->hashes, &names->hash_capacity,
                                                      names->count + 1, sizeof *names->hashes);
}

int32_t ofp_names_add(ofp_names *names, ofp_arena *arena, ofp_text text)
{
    const int32_t known = ofp_names_find(names, text);
    if (known >= 0)
        return known;
    if (names->count >= INT32_MAX - 1 || !make_room(names))
        return -1;
    const char *copy = ofp_arena_copy(arena, text);
    if (!copy)
        return -1;
    const size_t index = names->count++;
    names->items[index] = (ofp_text){copy, text.size};
    names->hashes[index] = hash(text);
    names->slots[find_slot(names, text, names->hashes[index])] = (int32_t)index + 1;
    return (int32_t)index;
}

const char *ofp_names_get(const ofp_names *names, int32_t index)
{
    return index >= 0 && (size_t)index < names->count ? names->items[index].data : NULL;
}

void ofp_names_free(ofp_names *names)
{
    free(names->items);
    free(names->hashes);
    free(names->slots);
    *names = (ofp_names){0};
}
