/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>

#include "audit_chain.h"
#include "hasher.h"
#include "query.h"
#include "span.h"

/* More columns of the audit log, see audit_chain.h. */
enum { KIND = 2, MIGRATION = 3 };

/* Where the walk is. */
typedef struct link {
    int64_t seq;                   /* of the event before; 0: there was none */
    uint8_t hash[OFP_SHA256_SIZE]; /* that it has */
} link;

static void check_link(ofp_checkup *checkup, sqlite3_stmt *row, const link *before,
                       const uint8_t hash[OFP_SHA256_SIZE])
{
    const int64_t seq = sqlite3_column_int64(row, OFP_AUDIT_SEQ);
    if (seq != before->seq + 1)
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED,
                        "the audit log has no event %" PRId64 ": after %" PRId64 " comes %" PRId64,
                        before->seq + 1, before->seq, seq);
    else if (!ofp_audit_column_is(row, OFP_AUDIT_PREVIOUS, before->hash))
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED,
                        "event %" PRId64 " of the audit log does not follow the one before it",
                        seq);
    if (!ofp_audit_column_is(row, OFP_AUDIT_HASH, hash))
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED,
                        "event %" PRId64 " of the audit log is not what was written", seq);
}

/* Events without a migration are of the whole store: its making, which is the first, and others. */
static void check_place(ofp_checkup *checkup, sqlite3_stmt *row)
{
    const int64_t seq = sqlite3_column_int64(row, OFP_AUDIT_SEQ);
    const ofp_text kind = {(const char *)sqlite3_column_text(row, KIND),
                           (size_t)sqlite3_column_bytes(row, KIND)};
    const bool creation = ofp_span_equal(kind, OFP_LITERAL("create"));
    const bool of_store = creation || ofp_span_equal(kind, OFP_LITERAL("prune_log"));
    if (creation != (seq == 1))
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "event %" PRId64
                        " is \"%s\": the first event of a store is \"create\", and "
                        "no other one",
                        seq, ofp_quote(kind).text);
    else if (of_store != (sqlite3_column_type(row, MIGRATION) == SQLITE_NULL))
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "event %" PRId64 " is \"%s\", which is %s", seq, ofp_quote(kind).text,
                        of_store ? "no event of a migration" : "no event of the whole store");
}

static void check_event(ofp_checkup *checkup, sqlite3_stmt *row, link *before)
{
    uint8_t hash[OFP_SHA256_SIZE];
    ofp_audit_hash(row, hash);
    check_link(checkup, row, before, hash);
    check_place(checkup, row);
    before->seq = sqlite3_column_int64(row, OFP_AUDIT_SEQ);
    /* A changed event is one finding: the next one follows the hash that was written. */
    const bool written = sqlite3_column_type(row, OFP_AUDIT_HASH) == SQLITE_BLOB;
    const void *bytes = written ? sqlite3_column_blob(row, OFP_AUDIT_HASH) : NULL;
    if (bytes && sqlite3_column_bytes(row, OFP_AUDIT_HASH) == OFP_SHA256_SIZE)
        memcpy(before->hash, bytes, OFP_SHA256_SIZE);
    else
        memcpy(before->hash, hash, OFP_SHA256_SIZE);
}

ofp_status ofp_checkup_chain(ofp_checkup *checkup, ofp_error **reterr)
{
    link before = {0};
    bool row = true;
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, OFP_STATEMENT_READ_AUDIT, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        check_event(checkup, query.statement, &before);
    ofp_query_end(&query);
    if (!status && before.seq == 0)
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED, "the audit log is empty");
    return status;
}
