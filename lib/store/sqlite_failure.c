/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "connection.h"
#include "failure.h"

static ofp_code code_of(int result)
{
    switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: /* too many began at the same moment */
        return OFP_CODE_STORE_BUSY;
    case SQLITE_FULL:
        return OFP_CODE_STORE_FULL;
    case SQLITE_READONLY:
        return result == SQLITE_READONLY_DBMOVED ? OFP_CODE_STORE_IO : OFP_CODE_STORE_READ_ONLY;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return OFP_CODE_STORE_UNOPENED;
    case SQLITE_IOERR:
        return OFP_CODE_STORE_IO;
    case SQLITE_MISUSE:
        return OFP_CODE_MISUSE;
    default:
        return OFP_CODE_STORE_CORRUPT;
    }
}

/* What the system said, where SQLite asked it for something; 0: nothing. */
static int system_problem(sqlite3 *db, int result)
{
    const int primary = result & 0xff;
    return db && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) ? sqlite3_system_errno(db)
                                                                         : 0;
}

static const char *words_of(sqlite3 *db, int result, int problem)
{
    if (result == SQLITE_INTERRUPT)
        return "its pages lead in circles"; /* see ofp_store_limit_work() */
    if (result == SQLITE_READONLY_DBMOVED)
        return "the file was moved or removed while it was open";
    /* Not strerror(), whose words depend on the locale. */
    const char *reason = problem ? strerrordesc_np(problem) : NULL;
    if (reason)
        return reason;
    return db && sqlite3_extended_errcode(db) == result ? sqlite3_errmsg(db)
                                                        : sqlite3_errstr(result);
}

ofp_status ofp_sqlite_fail(sqlite3 *db, int result, ofp_error **reterr)
{
    static const struct {
        ofp_code code;
        const char *what;
    } messages[] = {
        {OFP_CODE_STORE_BUSY, "another connection has used the store for too long"},
        {OFP_CODE_STORE_FULL, "the store's disk is full"},
        {OFP_CODE_STORE_READ_ONLY, "the store can't be written"},
        {OFP_CODE_STORE_UNOPENED, "a file of the store can't be opened or made"},
        {OFP_CODE_STORE_IO, "reading or writing the store's file failed"},
        {OFP_CODE_STORE_CORRUPT, "the store is damaged"},
        {OFP_CODE_MISUSE, "the store can't be used like this"},
    };
    const int problem = system_problem(db, result);
    if ((result & 0xff) == SQLITE_NOMEM || result == SQLITE_IOERR_NOMEM)
        return ofp_fail_no_memory(reterr);
    const ofp_code code =
        problem == ENOSPC || problem == EDQUOT ? OFP_CODE_STORE_FULL : code_of(result);
    size_t i = 0;
    while (messages[i].code != code)
        i++;
    /* SQLite's words may hold bytes of the file. */
    return ofp_fail(reterr, code, "%s: %s", messages[i].what,
                    ofp_quote(ofp_text_of(words_of(db, result, problem))).text);
}
