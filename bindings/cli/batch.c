/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

bool batch_init(struct batch *batch)
{
    batch->data = malloc(BATCH_SIZE);
    batch->capacity = BATCH_SIZE;
    return output_init(&batch->output) && batch->data;
}

void batch_release(struct batch *batch)
{
    free(batch->data);
    output_release(&batch->output);
}

bool batch_is_full(const struct batch *batch, const struct record *record)
{
    return batch->count == BATCH_RECORDS ||
           (batch->count && record->text.size > batch->capacity - batch->size);
}

/* Makes room for a record that is larger than a whole batch. */
static bool grow(struct batch *batch, size_t size)
{
    char *data = malloc(size);
    if (!data)
        return false;
    free(batch->data);
    batch->data = data;
    batch->capacity = size;
    return true;
}

void batch_add(struct batch *batch, const struct record *record)
{
    const size_t size = record->text.size;
    struct record *copy = &batch->records[batch->count++];
    *copy = *record;
    if (size > batch->capacity && !grow(batch, size)) {
        copy->text = (ofp_text){0};
        return;
    }
    copy->text.data = memcpy(batch->data + batch->size, record->text.data, size);
    batch->size += size;
}

/* Gives back what a large record needed, so that a few of them don't add up. */
static void shrink(struct batch *batch)
{
    char *data = batch->capacity > BATCH_SIZE ? realloc(batch->data, BATCH_SIZE) : NULL;
    if (data) {
        batch->data = data;
        batch->capacity = BATCH_SIZE;
    }
}

void batch_run(struct batch *batch, struct worker *worker)
{
    for (size_t i = 0; i < batch->count; i++)
        worker_run(worker, &batch->records[i], &batch->output);
    worker_pause(worker);
    batch->count = batch->size = 0;
    shrink(batch);
}
