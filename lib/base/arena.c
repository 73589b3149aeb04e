/* SPDX-License-Identifier: MIT */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 4096 };

struct ofp_arena_chunk {
    ofp_arena_chunk *next;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

static void use_chunk(ofp_arena *arena)
{
    arena->at = arena->chunks->bytes;
    arena->end = arena->at + arena->chunks->size;
}

void *ofp_arena_take_more(ofp_arena *arena, size_t size)
{
    size_t chunk_size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    while (chunk_size < size)
        chunk_size *= 2;
    ofp_arena_chunk *chunk = malloc(sizeof *chunk + chunk_size);
    if (!chunk)
        return NULL;
    chunk->next = arena->chunks;
    chunk->size = chunk_size;
    arena->chunks = chunk;
    use_chunk(arena);
    arena->at += size;
    return chunk->bytes;
}

void *ofp_arena_alloc(ofp_arena *arena, size_t count, size_t size)
{
    void *memory = ofp_arena_take(arena, count, size);
    return memory ? memset(memory, 0, count * size) : NULL;
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
    void *copy = ofp_arena_take(arena, count, size);
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
    use_chunk(arena);
}

void ofp_arena_free(ofp_arena *arena)
{
    free_chunks(arena->chunks);
    *arena = (ofp_arena){0};
}
