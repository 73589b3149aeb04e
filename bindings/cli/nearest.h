/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Finds the word that was meant, for "did you mean".
 */
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

/** The search for one word; start with `{.word = …}`. */
struct nearest {
    const char *word;  /* what was written */
    const char *meant; /* the nearest candidate so far; NULL: none is near */
    size_t mistakes;   /* how many letters it differs by */
};

/** Looks at one more candidate: it must begin with the word, or few letters may differ. */
void nearest_try(struct nearest *nearest, const char *candidate);

#endif
