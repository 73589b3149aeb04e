/* SPDX-License-Identifier: MIT */
#include <offerpolicy/store.h>

#include <inttypes.h>

#include "checkup.h"
#include "failure.h"
#include "import_line.h"
#include "line_reader.h"
#include "query.h"
#include "transfer.h"

static ofp_status run(ofp_store *store, ofp_statement which, ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, which, &query, reterr);
    return status ? status : ofp_query_run(&query, reterr);
}

static ofp_status require_empty(ofp_store *store, ofp_error **reterr)
{
    bool used = false;
    ofp_query query;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_FIND_USE, &query, reterr);
    if (!status)
        status = ofp_query_next(&query, &used, reterr);
    ofp_query_end(&query);
    if (used)
        return ofp_fail(reterr, OFP_CODE_STORE_NOT_EMPTY,
                        "the store has records already: an export can only be imported into a new "
                        "one");
    return status;
}

/* An empty store has one event, its own creation. That of the export takes its place. */
static ofp_status make_way(ofp_store *store, ofp_error **reterr)
{
    int unused;
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &unused);
    const ofp_status status = run(store, OFP_STATEMENT_REMOVE_CREATION, reterr);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, &unused);
    return status;
}

static ofp_status require_end(const ofp_import *import, ofp_error **reterr)
{
    const ofp_place place = {.source = import->name, .line = import->line};
    if (import->ended)
        return ofp_succeed(reterr);
    if (import->line)
        return ofp_fail_at(reterr, place, OFP_CODE_IMPORT_SYNTAX,
                           "the export is cut off behind %" PRId64
                           " records: its last line, with \"" OFP_TRANSFER_END "\", is missing",
                           import->records);
    return ofp_fail_at(reterr, place, OFP_CODE_IMPORT_SYNTAX, "there is nothing to import");
}

static ofp_status read_lines(ofp_import *import, ofp_line_reader *reader, ofp_error **reterr)
{
    ofp_text line;
    for (;;) {
        ofp_status status = ofp_line_reader_next(reader, &line, reterr);
        if (status || !line.data)
            return status ? status : require_end(import, reterr);
        import->line = reader->line;
        /* Each line is work of its own: the file grows later. */
        import->store->rounds = 0;
        status = ofp_import_line(import, line, reterr);
        if (status)
            return status;
    }
}

static ofp_status import_all(ofp_store *store, ofp_line_reader *reader, ofp_error **reterr)
{
    ofp_import import = {.store = store, .name = reader->name};
    ofp_status status = require_empty(store, reterr);
    if (!status)
        status = make_way(store, reterr);
    if (!status)
        status = read_lines(&import, reader, reterr);
    return status ? status : ofp_checkup_run(store, reader->name, true, reterr);
}

ofp_status ofp_store_import(ofp_store *store, int fd, const char *name, ofp_error **reterr)
{
    ofp_line_reader reader = {.fd = fd, .name = name ? name : "import"};
    ofp_status status = ofp_store_begin_write(store, reterr);
    if (status)
        return status;
    status = import_all(store, &reader, reterr);
    ofp_line_reader_free(&reader);
    return ofp_store_finish(store, status, reterr);
}
