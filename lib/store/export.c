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

static ofp_status flush(ofp_buffer *lines, int fd, ofp_error **reterr)
{
    ofp_status status = ofp_buffer_check(lines, 0, reterr);
    if (!status)
        status = ofp_fd_write(fd, ofp_buffer_text(lines), reterr);
    ofp_buffer_clear(lines);
    return status;
}

/*
 * Appends the line of a row. Rows come in the order of their numbers; where they do not, the
 * file's pages do not form a table any more, and there might be no end of them.
 */
static ofp_status put_row(ofp_buffer *lines, const ofp_query *query, int64_t *last,
                          ofp_error **reterr)
{
    const int64_t number = ofp_query_integer(query, 0);
    const ofp_text line = ofp_query_text(query, 1);
    if (number <= *last || !line.data)
        return ofp_fail(reterr, OFP_CODE_STORE_CORRUPT,
                        "the store is damaged: a record after number %" PRId64 " can't be read",
                        *last);
    ofp_buffer_put_text(lines, line);
    ofp_buffer_put(lines, "\n", 1);
    *last = number;
    return ofp_succeed(reterr);
}

static ofp_status export_kind(ofp_store *store, ofp_statement which, ofp_buffer *lines, int fd,
                              ofp_error **reterr)
{
    int64_t last = 0;
    bool row = true;
    ofp_query query;
    ofp_status status = ofp_query_start(store, which, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row) {
        status = put_row(lines, &query, &last, reterr);
        if (!status && (lines->size >= PIECE || lines->failed))
            status = flush(lines, fd, reterr);
    }
    ofp_query_end(&query);
    return status;
}

static ofp_status export_all(ofp_store *store, ofp_buffer *lines, int fd, ofp_error **reterr)
{
    ofp_status status = OFP_STATUS_OK;
    ofp_buffer_printf(lines, "{\"" OFP_TRANSFER_MARK "\":%d}\n", OFP_TRANSFER_VERSION);
    for (size_t i = 0; !status && i < OFP_TRANSFER_KIND_COUNT; i++)
        status = export_kind(store, ofp_transfer_kinds[i].select, lines, fd, reterr);
    return status ? status : flush(lines, fd, reterr);
}

ofp_status ofp_store_export(ofp_store *store, int fd, ofp_error **reterr)
{
    ofp_buffer lines = {0};
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = export_all(store, &lines, fd, reterr);
    ofp_buffer_release(&lines);
    return ofp_store_finish(store, status, reterr);
}
