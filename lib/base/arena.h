/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Memory that is freed all at once: for trees, tables and texts that live and die together.
 */
#ifndef OFP_ARENA_H
#define OFP_ARENA_H

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/text.h>

typedef struct ofp_arena_chunk ofp_arena_chunk;

/** Starts as all zeroes. */
typedef struct ofp_arena {
    ofp_arena_chunk *chunks; /* the newest first */
    unsigned char *at, *end; /* what is free of the newest one */
} ofp_arena;

/** As ofp_arena_take(), when the newest chunk has no room for it. */
void *ofp_arena_take_more(ofp_arena *arena, size_t size);

/**
 * Memory for `count` things of `size` bytes that holds anything, aligned for any type; NULL: out
 * of memory.
 */
static inline void *ofp_arena_take(ofp_arena *arena, size_t count, size_t size)
{
    const size_t unit = alignof(max_align_t);
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX / 4)
        return NULL;
    bytes = (bytes + unit - 1) / unit * unit;
    if ((size_t)(arena->end - arena->at) < bytes || !arena->at)
        return ofp_arena_take_more(arena, bytes);
    void *memory = arena->at;
    arena->at += bytes;
    return memory;
}

/** Zeroed memory for `count` things of `size` bytes, aligned for any type; NULL: out of memory. */
void *ofp_arena_alloc(ofp_arena *arena, size_t count, size_t size);

/** A terminated copy of a text; NULL: out of memory. */
char *ofp_arena_copy(ofp_arena *arena, ofp_text text);

/** A copy of `count` things of `size` bytes; NULL: out of memory. */
void *ofp_arena_copy_array(ofp_arena *arena, const void *data, size_t count, size_t size);

/** Takes everything back but keeps the largest chunk, so that the next use need not allocate. */
void ofp_arena_reset(ofp_arena *arena);

/** Frees everything; the arena is then empty and can be used again. */
void ofp_arena_free(ofp_arena *arena);

#endif
