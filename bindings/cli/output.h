/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Collects answers until they are worth a write, or until it is their turn.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <offerpolicy/text.h>

/** Start with all zeroes but the last two. */
struct output {
    char *data;
    size_t size;
    /** Waits until this output may be written, after all that came before it; NULL: it always may.
     */
    void (*await_turn)(void *context);
    void *context;
};

/** Makes room for a batch's answers, of common size. @return false: out of memory */
bool output_init(struct output *output);

/** Frees it; what was not written is lost. */
void output_release(struct output *output);

/** Adds a text, whatever its size; writes when there is no room left. */
void output_put(struct output *output, ofp_text text);

/** Waits for its turn and writes what was collected. */
void output_flush(struct output *output);

/** Writes what was collected: it is its turn. */
void output_write(struct output *output);

#endif
