/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A file, pipe or terminal that is read in pieces into one buffer.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Start with all zeroes; the buffer serves any number of files in turn. */
struct source {
    int fd;
    bool regular; /* a file on disk: reading it never waits for anybody */
    bool ended;
    int reason;         /* errno of the read that failed, or 0 */
    uint64_t read_size; /* bytes read so far, of all files */
    char *data;
    size_t begin, end; /* what was read and not consumed */
};

enum source_state { SOURCE_MORE, SOURCE_WAITING, SOURCE_END };

/** Makes the buffer. @return false: out of memory */
bool source_init(struct source *source);

/** Frees the buffer. */
void source_release(struct source *source);

/** Opens a file, or standard input for "-". @return 0 or an errno */
int source_open(struct source *source, const char *name);

/** Closes what was opened. */
void source_close(struct source *source);

/**
 * Reads on. What is in the buffer may move: `begin` then moves with it. There is always room as
 * long as no more than SOURCE_LIMIT bytes are left unconsumed.
 * @param wait false: give SOURCE_WAITING at once if nothing is there yet
 * @return SOURCE_END also if reading fails, see `reason`
 */
enum source_state source_fill(struct source *source, bool wait);

/** See source_fill(): a little more than the longest document. */
#define SOURCE_LIMIT (OFP_JSON_LIMIT + 4096)

#endif
