/* SPDX-License-Identifier: MIT */
#include "connection.h"

#include "failure.h"
#include "query.h"

ofp_status ofp_store_usable(const ofp_store *store, ofp_error **reterr)
{
    if (ofp_process_mark_is_here(&store->opener))
        return ofp_succeed(reterr);
    return ofp_fail(reterr, OFP_CODE_STORE_FORKED,
                    "this connection to the store was opened by process %ld: after fork(), open "
                    "one of your own",
                    (long)store->opener.process);
}

static ofp_status run(ofp_store *store, ofp_statement which, ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, which, &query, reterr);
    return status ? status : ofp_query_run(&query, reterr);
}

/* Whatever an earlier failure may have left open is over: nothing hangs on it any more. */
static ofp_status begin(ofp_store *store, ofp_statement which, ofp_error **reterr)
{
    ofp_store_rollback(store);
    store->waited_ms = 0;
    store->rounds = 0;
    return run(store, which, reterr);
}

ofp_status ofp_store_begin_read(ofp_store *store, ofp_error **reterr)
{
    const ofp_status status = ofp_store_usable(store, reterr);
    store->rounds = 0;
    return status || store->held ? status : begin(store, OFP_STATEMENT_BEGIN_READ, reterr);
}

ofp_status ofp_store_begin_write(ofp_store *store, ofp_error **reterr)
{
    const ofp_status status = ofp_store_usable(store, reterr);
    if (status)
        return status;
    if (store->held)
        return ofp_fail(reterr, OFP_CODE_STORE_HELD,
                        "nothing can be written while one look at the store is held: call "
                        "ofp_desk_end() first");
    if (store->mode == OFP_STORE_READ)
        return ofp_fail(reterr, OFP_CODE_STORE_READ_ONLY, "the store was opened for reading only");
    return begin(store, OFP_STATEMENT_BEGIN_WRITE, reterr);
}

ofp_status ofp_store_commit(ofp_store *store, ofp_error **reterr)
{
    if (store->held)
        return ofp_succeed(reterr);
    const ofp_status status = run(store, OFP_STATEMENT_COMMIT, reterr);
    if (status)
        ofp_store_rollback(store);
    return status;
}

void ofp_store_rollback(ofp_store *store)
{
    /* After some failures SQLite has rolled back by itself. */
    if (!store->held && !sqlite3_get_autocommit(store->db))
        run(store, OFP_STATEMENT_ROLLBACK, NULL);
}

ofp_status ofp_store_finish(ofp_store *store, ofp_status status, ofp_error **reterr)
{
    if (!status)
        return ofp_store_commit(store, reterr);
    ofp_store_rollback(store);
    return status;
}

ofp_status ofp_store_hold(ofp_store *store, ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status || store->held)
        return status;
    status = run(store, OFP_STATEMENT_TAKE_SNAPSHOT, reterr);
    if (status)
        ofp_store_rollback(store);
    store->held = !status;
    return status;
}

void ofp_store_release(ofp_store *store)
{
    store->held = false;
    /* Only reading: nothing is lost. */
    if (!ofp_store_usable(store, NULL))
        ofp_store_rollback(store);
}
