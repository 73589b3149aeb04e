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

static void check_link(ofp_checkup *checkup, const ofp_query *query, const link *before,
                       const uint8_t hash[OFP_SHA256_SIZE])
{
    const int64_t seq = ofp_query_integer(query, OFP_AUDIT_SEQ);
    if (seq != before->seq + 1)
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED,
                        "the audit log has no event %" PRId64 ": after %" PRId64 " comes %" PRId64,
                        before->seq + 1, before->seq, seq);
    else if (!ofp_audit_column_is(query->statement, OFP_AUDIT_PREVIOUS, before->hash))
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED,
                        "event %" PRId64 " of the audit log does not follow the one before it",
                        seq);
    if (!ofp_audit_column_is(query->statement, OFP_AUDIT_HASH, hash))
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED,
                        "event %" PRId64 " of the audit log is not what was written", seq);
}

/* Events without a migration are of the whole store: its making, which is the first, and others. */
static void check_place(ofp_checkup *checkup, const ofp_query *query)
{
    const int64_t seq = ofp_query_integer(query, OFP_AUDIT_SEQ);
    const ofp_text kind = ofp_query_text(query, KIND);
    const bool creation = ofp_span_equal(kind, OFP_LITERAL("create"));
    const bool of_store = creation || ofp_span_equal(kind, OFP_LITERAL("prune_log"));
    if (creation != (seq == 1))
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "event %" PRId64
                        " is \"%s\": the first event of a store is \"create\", and "
                        "no other one",
                        seq, ofp_quote(kind).text);
    else if (of_store != (ofp_query_instant(query, MIGRATION) == OFP_INSTANT_NONE))
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "event %" PRId64 " is \"%s\", which is %s", seq, ofp_quote(kind).text,
                        of_store ? "no event of a migration" : "no event of the whole store");
}

static void check_event(ofp_checkup *checkup, const ofp_query *query, link *before)
{
    uint8_t hash[OFP_SHA256_SIZE];
    ofp_audit_hash(query->statement, hash);
    check_link(checkup, query, before, hash);
    check_place(checkup, query);
    ofp_checkup_texts(checkup, query, "event");
    before->seq = ofp_query_integer(query, OFP_AUDIT_SEQ);
    /* A changed event is one finding: the next one follows the hash that was written. */
    const uint8_t *written = ofp_query_hash(query, OFP_AUDIT_HASH);
    memcpy(before->hash, written ? written : hash, OFP_SHA256_SIZE);
}

ofp_status ofp_checkup_chain(ofp_checkup *checkup, ofp_error **reterr)
{
    link before = {0};
    bool row = true;
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, OFP_STATEMENT_READ_AUDIT, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        check_event(checkup, &query, &before);
    ofp_query_end(&query);
    if (!status && before.seq == 0)
        ofp_checkup_add(checkup, OFP_CODE_AUDIT_CHANGED, "the audit log is empty");
    return status;
}
