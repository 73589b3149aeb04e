/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Writes an export that ofp_store_import() reads: approved migrations of as many orgs, each with
 * the two events of its request and its approval, in a valid audit log.
 */
#ifndef OFP_BENCH_STORE_LINES_H
#define OFP_BENCH_STORE_LINES_H

#include <stdint.h>
#include <stdio.h>

/** Instants of the migrations that are written. */
#define STORE_LINES_START INT64_C(1796083200) /* 2026-12-01: when they are requested, approved */
#define STORE_LINES_DUE INT64_C(1798761600)   /* 2027-01-01: when those that are due end */
#define STORE_LINES_END INT64_C(1861920000)   /* 2029-01-01: when the others end */

/**
 * Writes it.
 * @param count how many migrations; the orgs are called "org-1", …
 * @param due how many of them end at STORE_LINES_DUE, spread over all
 */
void store_lines_write(FILE *file, int64_t count, int64_t due);

#endif
