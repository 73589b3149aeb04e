/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The chain of the audit log: each row's hash covers the row and the hash before it.
 */
#ifndef OFP_AUDIT_CHAIN_H
#define OFP_AUDIT_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

/** The columns of the table audit, in the order of schema.sql. */
enum {
    OFP_AUDIT_SEQ = 0,
    OFP_AUDIT_PREVIOUS = 16,
    OFP_AUDIT_HASH = 17,
    OFP_AUDIT_COLUMNS = 18,
};

/**
 * The hash that a row must have: SHA-256 over parts (ofp_hasher_part()): the hash before it, in
 * hexadecimal, then the other columns in their order: numbers in decimal, texts as they are, blobs
 * in hexadecimal.
 * @param row a statement that stands on a row with all columns of audit; the hash is not read
 * @param ret 32 bytes
 */
void ofp_audit_hash(sqlite3_stmt *row, uint8_t *ret);

/** Is this what the column (the hash, or the one before it) says? @param hash 32 bytes */
bool ofp_audit_column_is(sqlite3_stmt *row, int column, const uint8_t *hash);

#endif
