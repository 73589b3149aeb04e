/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <stdlib.h>

#include "array.h"
#include "span.h"

static inline uint64_t load(const char *bytes, size_t size)
{
    uint64_t value = 0;
    memcpy(&value, bytes, size);
    return value;
}

/* Multiplies and folds, so that every bit of the operands reaches every bit of the result. */
static inline uint64_t mix(uint64_t a, uint64_t b)
{
    const unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/*
 * Most names have at most 16 bytes: two loads, which may overlap, hold them. Tables are made by
 * those who write policies, who may slow down only their own lookups by collisions.
 */
static inline uint32_t hash(ofp_text text)
{
    const uint64_t one = UINT64_C(0x9E3779B97F4A7C15), two = UINT64_C(0xBF58476D1CE4E5B9);
    const char *at = text.data;
    size_t left = text.size;
    uint64_t seed = left;
    for (; left > 16; left -= 8, at += 8)
        seed = mix(seed ^ load(at, 8), one);
    uint64_t first = 0, last = 0;
    if (left >= 8) {
        first = load(at, 8);
        last = load(at + left - 8, 8);
    } else if (left >= 4) {
        first = load(at, 4);
        last = load(at + left - 4, 4);
    } else if (left) {
        first = (uint64_t)(unsigned char)at[0] << 8 | (unsigned char)at[left / 2];
        last = (unsigned char)at[left - 1];
    }
    return (uint32_t)mix(first ^ one, last ^ seed ^ two);
}

/* The slot that holds the name, or the empty one where it would go. */
static inline ofp_names_slot *find_slot(const ofp_names *names, ofp_text text, uint32_t hashed)
{
    size_t at = hashed & (names->slot_count - 1);
    for (;; at = (at + 1) & (names->slot_count - 1)) {
        ofp_names_slot *slot = &names->slots[at];
        if (!slot->place ||
            (slot->hash == hashed && ofp_span_equal(names->items[slot->place - 1], text)))
            return slot;
    }
}

int32_t ofp_names_find(const ofp_names *names, ofp_text text)
{
    if (names->slot_count == 0)
        return -1;
    return find_slot(names, text, hash(text))->place - 1;
}

static bool grow_slots(ofp_names *names)
{
    const ofp_names old = *names;
    names->slot_count = old.slot_count ? old.slot_count * 2 : 16;
    names->slots = calloc(names->slot_count, sizeof *names->slots);
    if (!names->slots) {
        *names = old;
        return false;
    }
    for (size_t i = 0; i < old.slot_count; i++) {
        const ofp_names_slot moved = old.slots[i];
        if (moved.place)
            *find_slot(names, names->items[moved.place - 1], moved.hash) = moved;
    }
    free(old.slots);
    return true;
}

static bool make_room(ofp_names *names)
{
    /* At most half full, so that searches for strangers stay short. */
    if (names->count * 2 >= names->slot_count && !grow_slots(names))
        return false;
    return OFP_ARRAY_GROW(names);
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
    const uint32_t hashed = hash(text);
    *find_slot(names, text, hashed) = (ofp_names_slot){hashed, (int32_t)index + 1};
    return (int32_t)index;
}

const char *ofp_names_get(const ofp_names *names, int32_t index)
{
    return index >= 0 && (size_t)index < names->count ? names->items[index].data : NULL;
}

void ofp_names_free(ofp_names *names)
{
    free(names->items);
    free(names->slots);
    *names = (ofp_names){0};
}
