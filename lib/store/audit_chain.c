/* SPDX-License-Identifier: MIT */
#include "audit_chain.h"

#include <inttypes.h>
#include <stdio.h>

#include "hasher.h"

/* A blob is hashed as if it were its hexadecimal text. */
static void add_blob(ofp_hasher *hasher, const uint8_t *bytes, int size)
{
    char text[24];
    const int length = snprintf(text, sizeof text, "%" PRId64 ":", 2 * (int64_t)size);
    ofp_hasher_bytes(hasher, text, (size_t)length);
    for (int i = 0; i < size; i++) {
        ofp_hex(bytes + i, 1, text);
        ofp_hasher_bytes(hasher, text, 2);
    }
    ofp_hasher_bytes(hasher, ",", 1);
}

/*
 * Texts, too, are read as blobs: for a text SQLite would need memory. What stands in a column is
 * asked for as what it is, so that nothing is converted and nothing can be missing.
 */
static void add_column(ofp_hasher *hasher, sqlite3_stmt *row, int column)
{
    const int type = sqlite3_column_type(row, column);
    if (type == SQLITE_NULL) {
        ofp_hasher_part(hasher, (ofp_text){0});
    } else if (type == SQLITE_INTEGER) {
        ofp_hasher_number(hasher, sqlite3_column_int64(row, column));
    } else {
        const void *bytes = sqlite3_column_blob(row, column);
        const int size = sqlite3_column_bytes(row, column);
        if (type == SQLITE_BLOB)
            add_blob(hasher, bytes, size);
        else
            ofp_hasher_part(hasher, (ofp_text){bytes ? bytes : "", (size_t)size});
    }
}

void ofp_audit_hash(sqlite3_stmt *row, uint8_t *ret)
{
    ofp_hasher hasher;
    ofp_hasher_start(&hasher);
    add_column(&hasher, row, OFP_AUDIT_PREVIOUS);
    for (int column = OFP_AUDIT_SEQ; column < OFP_AUDIT_PREVIOUS; column++)
        add_column(&hasher, row, column);
    ofp_hasher_finish(&hasher, ret);
}

bool ofp_audit_column_is(sqlite3_stmt *row, int column, const uint8_t *hash)
{
    if (sqlite3_column_type(row, column) != SQLITE_BLOB)
        return false;
    const void *bytes = sqlite3_column_blob(row, column);
    return sqlite3_column_bytes(row, column) == OFP_SHA256_SIZE &&
           memcmp(bytes, hash, OFP_SHA256_SIZE) == 0;
}
