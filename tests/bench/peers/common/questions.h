/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads the questions of due-*.ndjson, see inputs.py.
 */
#ifndef OFP_BENCH_QUESTIONS_H
#define OFP_BENCH_QUESTIONS_H

#include <stddef.h>
#include <stdint.h>

typedef struct question {
    int calendar; /**< 0: office, 1: watch */
    int64_t start, seconds;
} question;

/** Reads all; the program ends if it can't. Freed by free(). */
question *questions_read(const char *path, size_t *retcount);

#endif
