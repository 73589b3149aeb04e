/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A table of names: each has the index at which it was put in, from 0, and is found by its text in
 * constant time.
 */
#ifndef OFP_NAMES_H
#define OFP_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

/** A place in the hash table. */
typedef struct ofp_names_slot {
    uint32_t hash;
    int32_t place; /* index + 1; 0 for an empty slot */
} ofp_names_slot;

/** Starts as all zeroes; free it with ofp_names_free(). */
typedef struct ofp_names {
    ofp_text *items; /* in order of their indexes; texts are terminated */
    size_t count, capacity;
    ofp_names_slot *slots; /* open addressing */
    size_t slot_count;     /* a power of two */
} ofp_names;

/**
 * Puts a name in, or finds the one that is there.
 * @param arena keeps a terminated copy of the text
 * @return its index; -1: out of memory
 */
int32_t ofp_names_add(ofp_names *names, ofp_arena *arena, ofp_text text);

/** The index of a name, or -1. */
int32_t ofp_names_find(const ofp_names *names, ofp_text text);

/** The name with an index, terminated; NULL if there is none. */
const char *ofp_names_get(const ofp_names *names, int32_t index);

/** The name with an index, as a text; one that is not there if there is none. */
static inline ofp_text ofp_names_text(const ofp_names *names, int32_t index)
{
    return index >= 0 && (size_t)index < names->count ? names->items[index] : (ofp_text){0};
}

void ofp_names_free(ofp_names *names);

#endif
