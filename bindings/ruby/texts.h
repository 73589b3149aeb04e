/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Copies of texts. Ruby's strings may be changed by whoever holds them and moved by the collector,
 * but a reader borrows texts until the decision is made: so it gets copies, which cost little.
 */
#ifndef OFP_RUBY_TEXTS_H
#define OFP_RUBY_TEXTS_H

#include <stdbool.h>

#include <offerpolicy/text.h>

/** Some copies; starts from zeroes. */
typedef struct ruby_texts {
    struct ruby_block *last; /**< the block that is being filled; those before hang on it */
} ruby_texts;

/**
 * Copies a text.
 * @param ret the copy, which lives until the texts are cleared or freed; it always has data
 * @return false: out of memory
 */
bool ruby_texts_copy(ruby_texts *texts, const char *data, size_t size, ofp_text *ret);

/** Forgets all copies, and keeps some memory for the next ones. */
void ruby_texts_clear(ruby_texts *texts);

/** Frees all memory. */
void ruby_texts_free(ruby_texts *texts);

#endif
