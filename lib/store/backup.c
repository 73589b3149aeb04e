/* SPDX-License-Identifier: MIT */
#include <offerpolicy/store.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connection.h"
#include "failure.h"

/* Makes the file, which nobody else can read at any time. */
static ofp_status make_file(const char *path, ofp_error **reterr)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const int problem = errno;
    if (file >= 0) {
        close(file);
        return ofp_succeed(reterr);
    }
    const ofp_place place = {.source = path};
    if (problem == EEXIST)
        return ofp_fail_at(reterr, place, OFP_CODE_FILE_EXISTS,
                           "there is a file of this name already: a backup needs a new one");
    /* Not strerror(), whose words depend on the locale. */
    const char *reason = strerrordesc_np(problem);
    return ofp_fail_at(reterr, place, OFP_CODE_STORE_UNOPENED, "the backup can't be made: %s",
                       reason ? reason : "unknown error");
}

/* One step over all pages: they are of one moment, whatever others write meanwhile. */
static ofp_status copy_pages(sqlite3 *to, sqlite3 *from, ofp_error **reterr)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return ofp_sqlite_fail(to, sqlite3_extended_errcode(to), reterr);
    const int result = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (result == SQLITE_DONE && finished == SQLITE_OK)
        return ofp_succeed(reterr);
    return ofp_sqlite_fail(to, result == SQLITE_DONE ? finished : result, reterr);
}

/* @param path absolute, so that SQLite takes it for a file whatever its name is */
static ofp_status copy_to(const char *path, sqlite3 *from, ofp_error **reterr)
{
    sqlite3 *to = NULL;
    int result = sqlite3_open_v2(
        path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    /* Its journal must not come back after a power cut, and take the backup away. */
    if (!result)
        result = sqlite3_exec(to, "PRAGMA synchronous = EXTRA", NULL, NULL, NULL);
    const ofp_status status =
        result ? ofp_sqlite_fail(to, result, reterr) : copy_pages(to, from, reterr);
    sqlite3_close(to);
    return status;
}

static ofp_status fill_file(const char *path, sqlite3 *from, ofp_error **reterr)
{
    char *absolute = realpath(path, NULL);
    if (!absolute && errno == ENOMEM)
        return ofp_fail_no_memory(reterr);
    if (!absolute)
        return ofp_fail_at(reterr, (ofp_place){.source = path}, OFP_CODE_STORE_UNOPENED,
                           "the backup's folder can't be read");
    const ofp_status status = copy_to(absolute, from, reterr);
    free(absolute);
    return status;
}

ofp_status ofp_store_backup(ofp_store *store, const char *path, ofp_error **reterr)
{
    if (!path)
        return ofp_fail(reterr, OFP_CODE_MISUSE, "path is NULL");
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = make_file(path, reterr);
    if (!status) {
        status = fill_file(path, store->db, reterr);
        /* A part of a store is worse than none. */
        if (status)
            unlink(path);
    }
    return ofp_store_finish(store, status, reterr);
}
