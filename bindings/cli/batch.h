/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Some records that follow each other, and their answers.
 */
#ifndef BATCH_H
#define BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "framer.h"
#include "output.h"
#include "worker.h"

/** A batch has at most as many records, and about as many bytes unless one record has more. */
enum { BATCH_RECORDS = 512, BATCH_SIZE = 256 << 10 };

struct batch {
    char *data; /* the texts of the records, one after the other */
    size_t size, capacity;
    struct record records[BATCH_RECORDS];
    size_t count;
    struct output output;
};

/** Makes an empty batch. @return false: out of memory; release it all the same */
bool batch_init(struct batch *batch);

void batch_release(struct batch *batch);

/** Is there no room for this record? An empty batch has room for any. */
bool batch_is_full(const struct batch *batch, const struct record *record);

/** Adds a copy of a record for which there is room. */
void batch_add(struct batch *batch, const struct record *record);

/** Answers all records, and empties the batch but for its output. */
void batch_run(struct batch *batch, struct worker *worker);

#endif
