/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "failure.h"
#include "layout.h"
#include "schema_check.h"
#include "store_filter.h"

/* --- the file --------------------------------------------------------------------------------- */

static ofp_status fail_file(const char *path, ofp_code code, int problem, ofp_error **reterr)
{
    if (problem == ENOMEM)
        return ofp_fail_no_memory(reterr);
    /* Not strerror(), whose words depend on the locale. */
    const char *reason = strerrordesc_np(problem);
    return ofp_fail(reterr, code, "the store \"%s\" can't be opened: %s",
                    ofp_quote(ofp_text_of(path)).text, reason ? reason : "unknown error");
}

static ofp_status fail_missing(const char *path, ofp_error **reterr)
{
    return ofp_fail(reterr, OFP_CODE_STORE_MISSING, "there is no store \"%s\"",
                    ofp_quote(ofp_text_of(path)).text);
}

static ofp_code making_code(int problem)
{
    switch (problem) {
    case ENOSPC:
    case EDQUOT:
        return OFP_CODE_STORE_FULL;
    case EROFS:
        return OFP_CODE_STORE_READ_ONLY;
    default:
        return OFP_CODE_STORE_UNOPENED;
    }
}

/*
 * Makes an empty file for the owner's eyes only, before SQLite opens it. Not with open(): closing
 * a file lets go of all locks that the process holds on it, and another thread may have found and
 * opened it by then.
 */
static ofp_status make_file(const char *path, const char *file, ofp_error **reterr)
{
    if (mknod(file, S_IFREG | S_IRUSR | S_IWUSR, 0) == 0 || errno == EEXIST)
        return ofp_succeed(reterr);
    const int problem = errno;
    return fail_file(path, making_code(problem), problem, reterr);
}

/* Only a file that is really there under this name is opened, and nothing that could hang. */
static ofp_status check_file(const char *path, const char *file, ofp_store_mode mode,
                             ofp_error **reterr)
{
    struct stat about;
    if (lstat(file, &about) == 0) {
        const char *what = S_ISREG(about.st_mode)   ? NULL
                           : S_ISLNK(about.st_mode) ? "a symbolic link"
                           : S_ISDIR(about.st_mode) ? "a folder"
                                                    : "no regular file";
        return what ? ofp_fail(reterr, OFP_CODE_STORE_UNOPENED,
                               "the store \"%s\" can't be opened: it is %s",
                               ofp_quote(ofp_text_of(path)).text, what)
                    : ofp_succeed(reterr);
    }
    const int problem = errno;
    if (problem != ENOENT)
        return fail_file(path, OFP_CODE_STORE_UNOPENED, problem, reterr);
    return mode == OFP_STORE_CREATE ? make_file(path, file, reterr) : fail_missing(path, reterr);
}

/*
 * The file's name from the root on: SQLite then takes it for nothing else ("file:…", ":memory:"),
 * and only the file itself may be no symbolic link.
 * @param ret the caller frees it
 */
static ofp_status find_file(const char *path, ofp_store_mode mode, char **ret, ofp_error **reterr)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    ofp_buffer buffer = {0};
    ofp_buffer_put(&buffer, path, (size_t)(name - path));
    ofp_buffer_puts(&buffer, ".");
    const ofp_status status = ofp_buffer_check(&buffer, 0, reterr);
    if (status)
        return status;
    char *folder = realpath(ofp_buffer_text(&buffer).data, NULL);
    const int problem = errno;
    ofp_buffer_release(&buffer);
    if (!folder)
        return (problem == ENOENT || problem == ENOTDIR) && mode != OFP_STORE_CREATE
                   ? fail_missing(path, reterr)
                   : fail_file(path, OFP_CODE_STORE_UNOPENED, problem, reterr);
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *file = realloc(folder, size);
    if (!file) {
        free(folder);
        return ofp_fail_no_memory(reterr);
    }
    strcat(strcat(file, "/"), name);
    *ret = file;
    return ofp_succeed(reterr);
}

/* --- the connection --------------------------------------------------------------------------- */

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
    else if (result)
        status = ofp_sqlite_fail(store->db, result, reterr);
    else
        status = ofp_layout_check(ret, path, reterr);
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
    ofp_status status = check_writable(store, path, reterr);
    if (!status)
        status = use_wal(store, reterr);
    if (!status && layout->version < OFP_STORE_SCHEMA)
        status = ofp_layout_upgrade(store, path, at, reterr);
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
    char *file = NULL;
    ofp_layout layout;
    ofp_status status = find_file(path, store->mode, &file, reterr);
    if (status)
        return status;
    status = check_file(path, file, store->mode, reterr);
    if (!status)
        status = open_file(store, file, reterr);
    free(file);
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
    store->process = getpid();
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
    free(store);
    return NULL;
}
