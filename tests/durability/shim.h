/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A layer between SQLite and the files: it tells an observer of every call before it is made, and
 * lets it fail. While it is installed all new connections of the process go through it, the
 * library's too. Only one thread may use SQLite meanwhile.
 */
#ifndef OFP_TEST_SHIM_H
#define OFP_TEST_SHIM_H

#include <stddef.h>
#include <stdint.h>

/** The calls that can fail. */
typedef enum shim_kind {
    SHIM_OPEN,
    SHIM_READ,
    SHIM_WRITE,
    SHIM_TRUNCATE,
    SHIM_SYNC,
    SHIM_SIZE,
    SHIM_LOCK,
    SHIM_MAP, /* memory that processes share (the "-shm" file) */
    SHIM_ACCESS,
    SHIM_DELETE,
    SHIM_KIND_COUNT,
} shim_kind;

/** A call. */
typedef struct shim_call {
    shim_kind kind;
    const char *path; /* NULL: a temporary file without a name */
    int flags;        /* SHIM_OPEN: SQLite's; SHIM_DELETE: is the folder synced? */
    const void *data; /* SHIM_WRITE: what is written */
    int64_t size;     /* SHIM_WRITE: how much; SHIM_TRUNCATE: what is left */
    int64_t offset;   /* SHIM_WRITE: where */
} shim_call;

/**
 * Is told of a call before it is made.
 * @return SQLITE_OK: make it; else fail with this result (a write has then written its first half)
 */
typedef int shim_observer(void *context, const shim_call *call);

/** Lets SQLite use the layer for all connections that are opened from now on. */
void shim_install(shim_observer *observer, void *context);

/** Lets new connections use the files as they are. Older ones may still be used and closed. */
void shim_remove(void);

/** "open", "read", …, for messages. */
const char *shim_kind_name(shim_kind kind);

#endif
