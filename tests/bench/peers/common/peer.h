/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What every peer that is written in C does for run.py, by commands on its standard input:
 *
 *     answers MODE PATH    writes the answer to each input into a file, one JSON document a line
 *     round MODE PASSES    takes all inputs so many times; prints the CPU seconds that it took
 *     latency MODE         prints the least of three times of each input, in nanoseconds
 *
 * MODE is `native` or `json`. One line comes before all: name, version and modes, as JSON.
 */
#ifndef OFP_BENCH_PEER_H
#define OFP_BENCH_PEER_H

#include <stddef.h>
#include <stdint.h>

#include "fixture.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A peer; `self` is its own. */
typedef struct peer {
    const char *name, *version;
    size_t count; /**< how many inputs it has loaded */
    /** Answers an input on its own objects. @return something that depends on the answer */
    uint64_t (*answer)(void *self, size_t input);
    /** Writes the last answer as JSON. */
    void (*show)(void *self, fixture_text *text);
    /** Answers an input from its JSON text with JSON text, which is valid until the next; or NULL.
     */
    ofp_text (*answer_json)(void *self, size_t input);
} peer;

/** Obeys commands until the input ends. @return the program's exit status */
int peer_serve(const peer *p, void *self);

/** A file, one element a line; the program ends if it can't be read. Freed by lines_free(). */
typedef struct lines {
    char *data; /* 64 zero bytes follow the last line: parsers read ahead */
    ofp_text *lines;
    size_t count;
} lines;

lines lines_read(const char *path);

void lines_free(lines *lines);

#ifdef __cplusplus
}
#endif

#endif
