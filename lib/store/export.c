/* SPDX-License-Identifier: MIT */
#include <offerpolicy/store.h>

#include <inttypes.h>

#include "buffer.h"
#include "failure.h"
#include "fd_write.h"
#include "query.h"
#include "transfer.h"

/* What is larger is written out. */
enum { PIECE = 65536 };

typedef struct export_run {
    ofp_store *store;
    int fd;
    ofp_buffer lines; /* that were not written yet */
    int64_t records;  /* how many were */
} export_run;

static ofp_status flush(export_run *run, ofp_error **reterr)
{
    ofp_status status = ofp_buffer_check(&run->lines, 0, reterr);
    if (!status)
        status = ofp_fd_write(run->fd, ofp_buffer_text(&run->lines), reterr);
    ofp_buffer_clear(&run->lines);
    return status;
}

/*
 * Appends the line of a row. Rows come in the order of their numbers; where they do not, the
 * file's pages do not form a table any more, and there might be no end of them.
 */
static ofp_status put_row(export_run *run, const ofp_query *query, int64_t *last,
                          ofp_error **reterr)
{
    const int64_t number = ofp_query_integer(query, 0);
    const ofp_text line = ofp_query_text(query, 1);
    if (number <= *last || !line.data)
        return ofp_fail(reterr, OFP_CODE_STORE_CORRUPT,
                        "the store is damaged: a record after number %" PRId64 " can't be read",
                        *last);
    ofp_buffer_put_text(&run->lines, line);
    ofp_buffer_put(&run->lines, "\n", 1);
    *last = number;
    run->records++;
    return run->lines.size >= PIECE || run->lines.failed ? flush(run, reterr) : ofp_succeed(reterr);
}

static ofp_status export_kind(export_run *run, ofp_statement which, ofp_error **reterr)
{
    int64_t last = 0;
    bool row = true;
    ofp_query query;
    ofp_status status = ofp_query_start(run->store, which, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        status = put_row(run, &query, &last, reterr);
    ofp_query_end(&query);
    return status;
}

static ofp_status export_all(export_run *run, ofp_error **reterr)
{
    ofp_status status = OFP_STATUS_OK;
    ofp_buffer_printf(&run->lines, "{\"" OFP_TRANSFER_MARK "\":%d}\n", OFP_TRANSFER_VERSION);
    for (size_t i = 0; !status && i < OFP_TRANSFER_KIND_COUNT; i++)
        status = export_kind(run, ofp_transfer_kinds[i].select, reterr);
    ofp_buffer_printf(&run->lines, "{\"" OFP_TRANSFER_END "\":%" PRId64 "}\n", run->records);
    return status ? status : flush(run, reterr);
}

ofp_status ofp_store_export(ofp_store *store, int fd, ofp_error **reterr)
{
    export_run run = {.store = store, .fd = fd};
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = export_all(&run, reterr);
    ofp_buffer_release(&run.lines);
    return ofp_store_finish(store, status, reterr);
}
