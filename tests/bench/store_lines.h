/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Writes an export that ofp_store_import() reads: migrations of as many orgs, each with the event
 * of its request and perhaps that of its approval, in a valid audit log.
 */
#ifndef OFP_BENCH_STORE_LINES_H
#define OFP_BENCH_STORE_LINES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** 2026-12-01T00:00:00Z: when all migrations are requested, and an hour later approved. */
#define STORE_LINES_START INT64_C(1796083200)

/** When the due ones of batch `batch` (from 0) end. All others end in 2029. */
#define STORE_LINES_DUE(batch) (INT64_C(1798761600) + (batch)*INT64_C(86400))

/** What to write. */
typedef struct store_lines {
    int64_t count;        /**< migrations; their orgs are called "org-1", … */
    bool approved;        /**< are they approved? */
    int64_t batches, due; /**< so many batches of so many of them become due, spread over all */
} store_lines;

/** Writes it. */
void store_lines_write(const store_lines *what, FILE *file);

#endif
