/* SPDX-License-Identifier: MIT */
/*
 * A file that was made wrong on purpose can lead SQLite from page to page without end: a few pages
 * that name each other again and again are a table of more rows than anybody can count. So work is
 * ended that is out of all proportion to the file.
 */
#include "connection.h"

enum {
    ROUND = 1000000,  /* instructions of SQLite's machine between two looks: some 20 ms */
    FREE_ROUNDS = 50, /* that any work may take */
    BYTE_SHARE = 100, /* instructions for each byte of the file: whole checks take some 5 */
};

/* The size of the store's file, or of the log beside it. */
static int64_t size_of(sqlite3 *db, int which)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(db, "main", which, &file) || !file || !file->pMethods ||
        file->pMethods->xFileSize(file, &size))
        return 0;
    return size;
}

/* @return end the work? */
static int look(void *connection)
{
    ofp_store *store = connection;
    const int64_t done = ++store->rounds - FREE_ROUNDS;
    if (done <= 0)
        return 0;
    const int64_t size = size_of(store->db, SQLITE_FCNTL_FILE_POINTER) +
                         size_of(store->db, SQLITE_FCNTL_JOURNAL_POINTER);
    return done > size / (ROUND / BYTE_SHARE);
}

void ofp_store_limit_work(ofp_store *store)
{
    sqlite3_progress_handler(store->db, ROUND, look, store);
}
