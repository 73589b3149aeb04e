/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "buffer.h"
#include "failure.h"
#include "layout.h"
#include "schema_check.h"
#include "sized.h"
#include "store_path.h"

/* Whatever the file holds, only what we ask for runs, and damage is found rather than believed. */
static int make_careful(sqlite3 *db)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof options / sizeof *options && !result; i++)
        result = sqlite3_db_config(db, options[i].option, options[i].value, NULL);
    return result ? result : sqlite3_exec(db, "PRAGMA cell_size_check = ON", NULL, NULL, NULL);
}

static ofp_status open_file(ofp_store *store, const char *file, ofp_error **reterr)
{
    const int rights = store->mode == OFP_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int flags = rights | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
    int result = sqlite3_open_v2(file, &store->db, flags, NULL);
    if (!result)
        result = make_careful(store->db);
    if (result)
        return ofp_sqlite_fail(store->db, result, reterr);
    ofp_store_set_waiting(store);
    ofp_store_limit_work(store);
    return ofp_succeed(reterr);
}

/* Where it can't be written SQLite opens a file for reading, and only says so when asked. */
static ofp_status check_writable(const ofp_store *store, const char *path, ofp_error **reterr)
{
    if (store->mode == OFP_STORE_READ || sqlite3_db_readonly(store->db, "main") == 0)
        return ofp_succeed(reterr);
    return ofp_fail(reterr, OFP_CODE_STORE_READ_ONLY, "the store \"%s\" can't be written",
                    ofp_quote(ofp_text_of(path)).text);
}

/* The file itself is open by now. */
static ofp_status fail_beside(const char *path, ofp_error **reterr)
{
    return ofp_fail(reterr, OFP_CODE_STORE_UNOPENED,
                    "the store \"%s\" can't be opened: the files beside it can't be made, and it "
                    "can only be read where its folder can be written",
                    ofp_quote(ofp_text_of(path)).text);
}

static ofp_status read_layout(ofp_store *store, const char *path, ofp_layout *ret,
                              ofp_error **reterr)
{
    /* In one transaction: another process may be making the store at this moment. */
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    const int result = ofp_layout_read(store->db, ret);
    if (result == SQLITE_NOTADB)
        status = ofp_fail(reterr, OFP_CODE_STORE_FOREIGN, "\"%s\" is no store",
                          ofp_quote(ofp_text_of(path)).text);
    else if ((result & 0xff) == SQLITE_CANTOPEN || (result & 0xff) == SQLITE_READONLY)
        status = fail_beside(path, reterr);
    else if (result)
        status = ofp_sqlite_fail(store->db, result, reterr);
    else
        status = ofp_layout_check(ret, path, store->mode == OFP_STORE_CREATE, reterr);
    return ofp_store_finish(store, status, reterr);
}

/* SQLite does not wait by itself here: two connections could wait for each other. */
static ofp_status use_wal(ofp_store *store, ofp_error **reterr)
{
    int result;
    store->waited_ms = 0;
    do
        result = sqlite3_exec(store->db,
                              "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                              "PRAGMA journal_mode = WAL",
                              NULL, NULL, NULL);
    while ((result & 0xff) == SQLITE_BUSY && ofp_store_wait(store));
    return result ? ofp_sqlite_fail(store->db, result, reterr) : ofp_succeed(reterr);
}

static ofp_status prepare_to_read(const ofp_layout *layout, const char *path, ofp_error **reterr)
{
    if (layout->version == OFP_STORE_SCHEMA)
        return ofp_succeed(reterr);
    return ofp_fail(reterr, OFP_CODE_STORE_OLDER,
                    "\"%s\" has layout %lld, and only layout %d can be read: open it for writing "
                    "once, which upgrades it",
                    ofp_quote(ofp_text_of(path)).text, (long long)layout->version,
                    OFP_STORE_SCHEMA);
}

static ofp_status prepare_to_write(ofp_store *store, const ofp_layout *layout, const char *path,
                                   int64_t at, ofp_error **reterr)
{
    const ofp_status status = use_wal(store, reterr);
    if (!status && layout->version < OFP_STORE_SCHEMA)
        return ofp_layout_upgrade(store, path, at, reterr);
    return status;
}

/* Before anything of the file is used: its triggers and views could do whatever they want. */
static ofp_status check_schema(ofp_store *store, ofp_error **reterr)
{
    const ofp_status status = ofp_store_begin_read(store, reterr);
    return status ? status : ofp_store_finish(store, ofp_schema_check(store, reterr), reterr);
}

static ofp_status open_store(ofp_store *store, const char *path, const ofp_store_options *options,
                             ofp_error **reterr)
{
    ofp_buffer file = {0};
    ofp_layout layout = {0};
    ofp_status status = ofp_store_find_file(path, store->mode, &file, reterr);
    if (!status)
        status = open_file(store, ofp_buffer_text(&file).data, reterr);
    ofp_buffer_release(&file);
    if (!status)
        status = check_writable(store, path, reterr);
    if (!status)
        status = read_layout(store, path, &layout, reterr);
    if (status)
        return status;
    status = store->mode == OFP_STORE_READ
                 ? prepare_to_read(&layout, path, reterr)
                 : prepare_to_write(store, &layout, path, options->at, reterr);
    return status ? status : check_schema(store, reterr);
}

static ofp_status check_options(const char *path, const ofp_store_options *options,
                                ofp_store_options *ret, ofp_error **reterr)
{
    *ret = (ofp_store_options){.size = sizeof *ret};
    const ofp_status status =
        options ? ofp_read_sized(options, ret, sizeof *ret, "ofp_store_options", reterr)
                : ofp_succeed(reterr);
    if (status)
        return status;
    if (!path || !*path)
        return ofp_fail(reterr, OFP_CODE_MISUSE, "path is %s", path ? "empty" : "NULL");
    if (ret->mode < OFP_STORE_READ || ret->mode > OFP_STORE_CREATE)
        return ofp_fail(reterr, OFP_CODE_MISUSE, "options->mode is %d: there is no such mode",
                        (int)ret->mode);
    return ofp_succeed(reterr);
}

ofp_status ofp_store_open(const char *path, const ofp_store_options *options, ofp_store **ret,
                          ofp_error **reterr)
{
    ofp_store_options known;
    ofp_status status = check_options(path, options, &known, reterr);
    if (status)
        return status;
    ofp_store *store = calloc(1, sizeof *store);
    if (!store)
        return ofp_fail_no_memory(reterr);
    store->opener = ofp_process_mark_make();
    store->mode = known.mode;
    store->busy_ms = known.busy_ms ? known.busy_ms : OFP_STORE_BUSY_MS;
    status = open_store(store, path, &known, reterr);
    if (status)
        ofp_store_close(store);
    else
        *ret = store;
    return status;
}

ofp_store *ofp_store_close(ofp_store *store)
{
    if (!store)
        return NULL;
    /* In a child after fork() SQLite must not be touched: its locks are the parent's. */
    if (!ofp_store_usable(store, NULL)) {
        for (int i = 0; i < OFP_STATEMENT_COUNT; i++)
            sqlite3_finalize(store->statements[i]);
        sqlite3_close_v2(store->db);
    }
    ofp_process_mark_free(&store->opener);
    free(store);
    return NULL;
}
