/* SPDX-License-Identifier: MIT */
#include "query.h"

#include "failure.h"
#include "hasher.h"

ofp_status ofp_query_start(ofp_store *store, ofp_statement which, ofp_query *ret,
                           ofp_error **reterr)
{
    sqlite3_stmt **statement = &store->statements[which];
    *ret = (ofp_query){.store = store};
    if (!*statement) {
        const char *sql = ofp_statement_texts[which].sql;
        const int result =
            sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
        if (result)
            return ofp_sqlite_fail(store->db, result, reterr);
    }
    ret->statement = *statement;
    return ofp_succeed(reterr);
}

static void note(ofp_query *query, int result)
{
    if (!query->result)
        query->result = result;
}

void ofp_query_bind_integer(ofp_query *query, int index, int64_t value)
{
    if (query->statement)
        note(query, sqlite3_bind_int64(query->statement, index, value));
}

void ofp_query_bind_instant(ofp_query *query, int index, int64_t value)
{
    /* What is not bound is NULL. */
    if (value != OFP_INSTANT_NONE)
        ofp_query_bind_integer(query, index, value);
}

void ofp_query_bind_text(ofp_query *query, int index, ofp_text value)
{
    if (query->statement && value.data)
        note(query, sqlite3_bind_text64(query->statement, index, value.data, value.size,
                                        SQLITE_STATIC, SQLITE_UTF8));
}

void ofp_query_bind_kept(ofp_query *query, int index, ofp_text value)
{
    if (value.size && memchr(value.data, '\0', value.size))
        query->zero_byte = true;
    else
        ofp_query_bind_text(query, index, value);
}

void ofp_query_bind_blob(ofp_query *query, int index, const void *data, size_t size)
{
    if (query->statement && data)
        note(query, sqlite3_bind_blob64(query->statement, index, data, size, SQLITE_STATIC));
}

ofp_status ofp_query_next(ofp_query *query, bool *retrow, ofp_error **reterr)
{
    if (query->zero_byte)
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_INVALID, "a text has a zero byte");
    const int result = query->result ? query->result : sqlite3_step(query->statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        return ofp_sqlite_fail(query->store->db, result, reterr);
    *retrow = result == SQLITE_ROW;
    return ofp_succeed(reterr);
}

ofp_status ofp_query_run(ofp_query *query, ofp_error **reterr)
{
    bool row;
    const ofp_status status = ofp_query_next(query, &row, reterr);
    ofp_query_end(query);
    return status;
}

int64_t ofp_query_integer(const ofp_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

int64_t ofp_query_instant(const ofp_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL
               ? OFP_INSTANT_NONE
               : ofp_query_integer(query, column);
}

ofp_text ofp_query_text(const ofp_query *query, int column)
{
    if (sqlite3_column_type(query->statement, column) != SQLITE_TEXT)
        return (ofp_text){0};
    /* As a blob: for a text SQLite would need memory, to put a zero behind it. */
    const char *data = sqlite3_column_blob(query->statement, column);
    const int size = sqlite3_column_bytes(query->statement, column);
    return (ofp_text){data ? data : "", (size_t)size};
}

const uint8_t *ofp_query_hash(const ofp_query *query, int column)
{
    if (sqlite3_column_type(query->statement, column) != SQLITE_BLOB)
        return NULL;
    const uint8_t *hash = sqlite3_column_blob(query->statement, column);
    return sqlite3_column_bytes(query->statement, column) == OFP_SHA256_SIZE ? hash : NULL;
}

void ofp_query_end(ofp_query *query)
{
    if (!query->statement)
        return;
    sqlite3_reset(query->statement);
    /* The texts that were bound need not live any longer. */
    sqlite3_clear_bindings(query->statement);
    query->statement = NULL;
}
