/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "audit_chain.h"
#include "failure.h"
#include "hasher.h"
#include "query.h"
#include "record_rows.h"

/* How far the chain was followed. */
typedef struct chain_walk {
    int64_t seq;                   /* of the newest event seen; 0: none yet */
    uint8_t head[OFP_SHA256_SIZE]; /* its hash */
    bool expects, met;             /* a hash that must be met, and was */
    uint8_t expected[OFP_SHA256_SIZE];
} chain_walk;

static ofp_status fail_missing(int64_t seq, ofp_error **reterr)
{
    return ofp_fail(reterr, OFP_CODE_AUDIT_CHANGED, "event %" PRId64 " of the audit log is missing",
                    seq);
}

/* Goes on to the next event, which must be whole and follow the one before. */
static ofp_status follow(chain_walk *walk, sqlite3_stmt *row, ofp_error **reterr)
{
    uint8_t hash[OFP_SHA256_SIZE];
    const int64_t seq = sqlite3_column_int64(row, OFP_AUDIT_SEQ);
    if (seq != walk->seq + 1)
        return fail_missing(walk->seq + 1, reterr);
    ofp_audit_hash(row, hash);
    if (!ofp_audit_column_is(row, OFP_AUDIT_HASH, hash))
        return ofp_fail(reterr, OFP_CODE_AUDIT_CHANGED,
                        "event %" PRId64 " of the audit log is not what was written: it was "
                        "changed, or moved there",
                        seq);
    if (!ofp_audit_column_is(row, OFP_AUDIT_PREVIOUS, walk->head))
        return ofp_fail(reterr, OFP_CODE_AUDIT_CHANGED,
                        "event %" PRId64 " of the audit log does not follow the one before it: "
                        "one of them was put there later",
                        seq);
    walk->seq = seq;
    memcpy(walk->head, hash, sizeof hash);
    walk->met |= walk->expects && memcmp(hash, walk->expected, sizeof hash) == 0;
    return ofp_succeed(reterr);
}

static ofp_status follow_all(ofp_store *store, chain_walk *walk, ofp_error **reterr)
{
    ofp_query query;
    bool row;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_READ_AUDIT, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        status = follow(walk, query.statement, reterr);
    ofp_query_end(&query);
    if (status)
        return status;
    if (walk->seq == 0)
        return fail_missing(1, reterr);
    if (walk->expects && !walk->met)
        return ofp_fail(reterr, OFP_CODE_AUDIT_HEAD_MISSING,
                        "none of the %" PRId64 " events of the audit log has the hash that was "
                        "expected: its end was cut off, or it was made anew",
                        walk->seq);
    return ofp_succeed(reterr);
}

static int digit_of(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    letter = (char)(letter | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* @return false: it is no hash */
static bool read_hash(ofp_text text, uint8_t *ret)
{
    if (text.size != 2 * (size_t)OFP_SHA256_SIZE)
        return false;
    for (size_t i = 0; i < OFP_SHA256_SIZE; i++) {
        const int high = digit_of(text.data[2 * i]), low = digit_of(text.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        ret[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

ofp_status ofp_audit_verify(ofp_store *store, ofp_text expect, int64_t *retcount,
                            ofp_error **reterr)
{
    chain_walk walk = {.expects = expect.data != NULL};
    if (walk.expects && !read_hash(expect, walk.expected))
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "the hash to expect is \"%s\": it must have 64 hexadecimal digits",
                        ofp_quote(expect).text);
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = ofp_store_finish(store, follow_all(store, &walk, reterr), reterr);
    if (!status && retcount)
        *retcount = walk.seq;
    return status;
}

static ofp_status read_head(ofp_store *store, char *ret, ofp_error **reterr)
{
    ofp_query query;
    bool row = false;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_READ_HEAD, &query, reterr);
    if (!status)
        status = ofp_query_next(&query, &row, reterr);
    if (!status) {
        const uint8_t *hash = row ? ofp_query_hash(&query, 0) : NULL;
        if (hash)
            ofp_hex(hash, OFP_SHA256_SIZE, ret);
        else
            status = fail_missing(1, reterr);
    }
    ofp_query_end(&query);
    return status;
}

ofp_status ofp_audit_head(ofp_store *store, char ret[OFP_HASH_SIZE], ofp_error **reterr)
{
    char head[OFP_HASH_SIZE];
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = ofp_store_finish(store, read_head(store, head, reterr), reterr);
    if (!status)
        memcpy(ret, head, sizeof head);
    return status;
}
