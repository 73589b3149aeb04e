/* SPDX-License-Identifier: MIT */
#include "texts.h"

#include <stdlib.h>

enum { BLOCK_SIZE = 8192 };

struct ruby_block {
    struct ruby_block *before;
    size_t size, used;
    char bytes[];
};

static bool add_block(ruby_texts *texts, size_t least)
{
    const size_t size = least > BLOCK_SIZE ? least : BLOCK_SIZE;
    struct ruby_block *block = malloc(sizeof *block + size);
    if (!block)
        return false;
    *block = (struct ruby_block){.before = texts->last, .size = size};
    texts->last = block;
    return true;
}

bool ruby_texts_copy(ruby_texts *texts, const char *data, size_t size, ofp_text *ret)
{
    const struct ruby_block *last = texts->last;
    if ((!last || last->size - last->used < size) && !add_block(texts, size))
        return false;
    struct ruby_block *block = texts->last;
    char *copy = block->bytes + block->used;
    if (size)
        memcpy(copy, data, size);
    block->used += size;
    *ret = (ofp_text){copy, size};
    return true;
}

/* Frees the last block. */
static void drop_block(ruby_texts *texts)
{
    struct ruby_block *block = texts->last;
    texts->last = block->before;
    free(block);
}

void ruby_texts_clear(ruby_texts *texts)
{
    while (texts->last && (texts->last->before || texts->last->size > BLOCK_SIZE))
        drop_block(texts);
    if (texts->last)
        texts->last->used = 0;
}

void ruby_texts_free(ruby_texts *texts)
{
    while (texts->last)
        drop_block(texts);
}
