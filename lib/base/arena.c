/* SPDX-License-Identifier: MIT */
#include "arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 4096 };

struct ofp_arena_chunk {
    ofp_arena_chunk *next;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

static size_t round_up(size_t size)
{
    const size_t unit = alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

static bool add_chunk(ofp_arena *arena, size_t needed)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    while (size < needed)
        size *= 2;
    ofp_arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        return false;
    chunk->next = arena->chunks;
    chunk->size = size;
    arena->chunks = chunk;
    arena->used = 0;
    return true;
}

void *ofp_arena_alloc(ofp_arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX / 4 - alignof(max_align_t)) / size)
        return NULL;
    const size_t bytes = round_up(count * size);
    if (!arena->chunks || arena->chunks->size - arena->used < bytes) {
        if (!add_chunk(arena, bytes))
            return NULL;
    }
    void *memory = arena->chunks->bytes + arena->used;
    arena->used += bytes;
    return memset(memory, 0, bytes);
}

char *ofp_arena_copy(ofp_arena *arena, ofp_text text)
{
    char *copy = ofp_arena_alloc(arena, text.size + 1, 1);
    if (copy && text.size)
        memcpy(copy, text.data, text.size);
    return copy;
}

void *ofp_arena_copy_array(ofp_arena *arena, const void *data, size_t count, size_t size)
{
    void *copy = ofp_arena_alloc(arena, count, size);
    if (copy && count)
        memcpy(copy, data, count * size);
    return copy;
}

static void free_chunks(ofp_arena_chunk *chunk)
{
    while (chunk) {
        ofp_arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void ofp_arena_reset(ofp_arena *arena)
{
    if (!arena->chunks)
        return;
    /* Chunks double, so the newest is the largest. */
    free_chunks(arena->chunks->next);
    arena->chunks->next = NULL;
    arena->used = 0;
}

void ofp_arena_free(ofp_arena *arena)
{
    free_chunks(arena->chunks);
    *arena = (ofp_arena){0};
}
