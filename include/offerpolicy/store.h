/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The store: a file in which migrations live (migration.h), with their audit log, the actions that
 * wait for the host, and, if wanted, a log of decisions. doc/store.md tells about durability,
 * backups, threads and processes.
 *
 * It is a SQLite database in WAL mode. What a function has written survives a power cut when the
 * function returns; if it fails, nothing of it was written. (But for one case: if a writing call
 * fails with OFP_STATUS_IO while the disk itself fails, what it wrote may come back when the store
 * is opened next. Repeat the step, with the same key.) Any number of processes and threads
 * may use one file at once, each thread with a connection (an ofp_store) of its own: a connection
 * belongs to one thread at a time, and to the process that opened it. After fork() a child opens
 * its own; with its parent's, every function but ofp_store_close() fails.
 *
 * Every function here may fail with OFP_STATUS_BUSY (another connection writes for longer than
 * the options allow), OFP_STATUS_FULL, OFP_STATUS_READ_ONLY, OFP_STATUS_CORRUPT, OFP_STATUS_IO
 * or OFP_STATUS_NO_MEMORY. The store is usable afterwards.
 */
#ifndef OFFERPOLICY_STORE_H
#define OFFERPOLICY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/records.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A connection to a store. */
typedef struct ofp_store ofp_store;

/** What a connection may do. */
typedef enum ofp_store_mode {
    OFP_STORE_READ = 0,   /**< read a file that exists; never writes or upgrades it */
    OFP_STORE_WRITE = 1,  /**< also write; upgrades the file if it is of an older version */
    OFP_STORE_CREATE = 2, /**< also make it, for its owner only, where it is missing or empty */
} ofp_store_mode;

#define OFP_STORE_BUSY_MS 5000 /**< how long a connection waits for others, unless told */

/** How to open a store. Start from zeroes and set `size`; NULL instead of it means all defaults. */
typedef struct ofp_store_options {
    size_t size;         /**< sizeof(ofp_store_options) */
    ofp_store_mode mode; /**< what will be done */
    uint32_t busy_ms;    /**< the longest wait for other connections; 0: OFP_STORE_BUSY_MS */
    int64_t at;          /**< the program's clock: the time of making, if it is made now */
} ofp_store_options;

/**
 * Opens a store.
 * @param path of the file; "-wal" and "-shm" files appear beside it
 * @param ret the caller closes it with ofp_store_close()
 * @return OFP_STATUS_IO if there is no such file; OFP_STATUS_BAD_STORE if it is no store (nor is
 *         an empty file, but for OFP_STORE_CREATE), or one that a newer library has written, or
 *         (for reading) one that must be upgraded first
 */
OFP_API ofp_status ofp_store_open(const char *path, const ofp_store_options *options,
                                  ofp_store **ret, ofp_error **reterr);

/** Closes a connection; takes NULL. Records that were read from it live on. @return NULL */
OFP_API ofp_store *ofp_store_close(ofp_store *store);

/* --- looking things up ------------------------------------------------------------------------ */

/**
 * Reads one migration, all its events (oldest first) and all its actions (oldest first).
 * @param id for example "M-17"
 * @return OFP_STATUS_NOT_FOUND if there is none
 */
OFP_API ofp_status ofp_store_find(ofp_store *store, ofp_text id, ofp_records **ret,
                                  ofp_error **reterr);

/** Which migrations to list. Start from OFP_MIGRATION_FILTER_INIT. */
typedef struct ofp_migration_filter {
    size_t size;               /**< sizeof(ofp_migration_filter) */
    ofp_text org;              /**< of this org; without data: of all */
    ofp_migration_state state; /**< in this state at `at`; OFP_MIGRATION_ANY: in all */
    int64_t at;                /**< the instant for `state`; required with OPEN, LIVE and ENDED */
    int64_t ends_before;       /**< whose end is before this; OFP_INSTANT_NONE: all */
    ofp_text after;            /**< the id of the last one of the page before; without data: none */
    size_t limit;              /**< how many at most; 0: OFP_PAGE_SIZE */
} ofp_migration_filter;

#define OFP_PAGE_SIZE 1000 /**< how many records a list has, unless told */

/** All migrations, from the first. */
#define OFP_MIGRATION_FILTER_INIT \
    { \
        .size = sizeof(ofp_migration_filter), .state = OFP_MIGRATION_ANY, .at = OFP_INSTANT_NONE, \
        .ends_before = OFP_INSTANT_NONE \
    }

/** Lists migrations in the order of their ids. */
OFP_API ofp_status ofp_store_list(ofp_store *store, const ofp_migration_filter *filter,
                                  ofp_records **ret, ofp_error **reterr);

/* --- the outbox: actions for the host --------------------------------------------------------- */

/**
 * Lists actions that the host shall carry out now, oldest first. Left out are those that must wait
 * (`not_before`, or after a failure) and those behind one of the same migration that failed and
 * waits, so that the order of a migration's actions is kept.
 * @param at the host's clock
 * @param after the `seq` of the last one of the page before; 0: from the oldest
 * @param limit how many at most; 0: OFP_PAGE_SIZE
 */
OFP_API ofp_status ofp_store_actions(ofp_store *store, int64_t at, int64_t after, size_t limit,
                                     ofp_records **ret, ofp_error **reterr);

/**
 * Acknowledges an action: the host has carried it out (or has found that `unless_entitled` says
 * not to). A repeat changes nothing; nor does the acknowledgement of an action that was withdrawn
 * while the host was at it.
 * @param key of the action
 * @return OFP_STATUS_NOT_FOUND if there is no action with this key
 */
OFP_API ofp_status ofp_store_ack(ofp_store *store, ofp_text key, int64_t at, ofp_error **reterr);

/**
 * Notes that the host could not carry out an action, which then waits.
 * @param retry_after seconds from `at` until it is listed again; 0 or more
 * @param problem why, for people; may be missing
 * @return OFP_STATUS_NOT_FOUND; OFP_STATUS_NOT_ALLOWED if it has been acknowledged
 */
OFP_API ofp_status ofp_store_fail(ofp_store *store, ofp_text key, int64_t at, int64_t retry_after,
                                  ofp_text problem, ofp_error **reterr);

/* --- the audit log ---------------------------------------------------------------------------- */

/** Which events to list. Start from OFP_EVENT_FILTER_INIT. */
typedef struct ofp_event_filter {
    size_t size;        /**< sizeof(ofp_event_filter) */
    ofp_text org;       /**< of this org's migrations; without data: all */
    ofp_text migration; /**< of the migration with this id; without data: all */
    int64_t since;      /**< from this instant on; OFP_INSTANT_NONE: all */
    int64_t after;      /**< the `seq` of the last one of the page before; 0: from the first */
    size_t limit;       /**< how many at most; 0: OFP_PAGE_SIZE */
} ofp_event_filter;

/** All events, from the first. */
#define OFP_EVENT_FILTER_INIT \
    { \
        .size = sizeof(ofp_event_filter), .since = OFP_INSTANT_NONE \
    }

/** Lists events of the audit log, oldest first. */
OFP_API ofp_status ofp_store_events(ofp_store *store, const ofp_event_filter *filter,
                                    ofp_records **ret, ofp_error **reterr);

#define OFP_HASH_SIZE 65 /**< bytes of a SHA-256 in hexadecimal and its zero */

/** The hash of the newest event. Kept elsewhere, it proves later that no event was taken away. */
OFP_API ofp_status ofp_audit_head(ofp_store *store, char ret[OFP_HASH_SIZE], ofp_error **reterr);

/**
 * Verifies the audit log: every event is there, in its place, and says what it said.
 * @param expect a hash that was the newest one once, so that the log must contain it; without
 *        data: none
 * @param retcount how many events there are; may be NULL
 * @return OFP_STATUS_CORRUPT with a message that names the first event that is wrong
 */
OFP_API ofp_status ofp_audit_verify(ofp_store *store, ofp_text expect, int64_t *retcount,
                                    ofp_error **reterr);

/* --- the decision log ------------------------------------------------------------------------- */

/** Which logged decisions to list. Start from OFP_LOG_FILTER_INIT. */
typedef struct ofp_log_filter {
    size_t size;     /**< sizeof(ofp_log_filter) */
    ofp_text ticket; /**< about this ticket; without data: all */
    ofp_text org;    /**< about this org; without data: all */
    int64_t since;   /**< decided for this instant or later; OFP_INSTANT_NONE: all */
    int64_t until;   /**< decided for an instant before this; OFP_INSTANT_NONE: all */
    int64_t after;   /**< the `seq` of the last one of the page before; 0: from the first */
    size_t limit;    /**< how many at most; 0: OFP_PAGE_SIZE */
} ofp_log_filter;

/** All logged decisions, from the first. */
#define OFP_LOG_FILTER_INIT \
    { \
        .size = sizeof(ofp_log_filter), .since = OFP_INSTANT_NONE, .until = OFP_INSTANT_NONE \
    }

/** Lists logged decisions, oldest entry first. */
OFP_API ofp_status ofp_store_log(ofp_store *store, const ofp_log_filter *filter, ofp_records **ret,
                                 ofp_error **reterr);

/** Who does something to the whole store, when and why; it becomes an event of the audit log. */
typedef struct ofp_deed {
    int64_t at;      /**< the program's clock */
    ofp_text actor;  /**< required */
    ofp_text role;   /**< may be missing */
    ofp_text reason; /**< may be missing */
} ofp_deed;

/**
 * Forgets logged decisions; the audit log keeps how many, by whom and why. If there is nothing to
 * forget nothing is written.
 * @param before those decided for an instant before this one
 * @param retcount how many were forgotten; may be NULL
 */
OFP_API ofp_status ofp_store_prune_log(ofp_store *store, int64_t before, const ofp_deed *deed,
                                       int64_t *retcount, ofp_error **reterr);

/* --- care ------------------------------------------------------------------------------------- */

/**
 * Copies the whole store into a new file (mode 0600) while others go on using it.
 * @param path must not exist
 */
OFP_API ofp_status ofp_store_backup(ofp_store *store, const char *path, ofp_error **reterr);

/**
 * Checks everything: SQLite's own integrity and foreign keys, the audit log (see
 * ofp_audit_verify()), and that migrations and actions are what the audit log says.
 * @return OFP_STATUS_CORRUPT: the error has one diagnostic for each thing that is wrong
 */
OFP_API ofp_status ofp_store_check(ofp_store *store, ofp_error **reterr);

/** How much there is in a store. */
typedef struct ofp_store_stats {
    size_t size;             /**< sizeof(ofp_store_stats), set by the caller */
    int32_t schema;          /**< version of the file's layout */
    int64_t bytes;           /**< size of the file once "-wal" is written back into it */
    int64_t migrations;      /**< all of them */
    int64_t open;            /**< requested and not past their end */
    int64_t live;            /**< approved and not ended */
    int64_t overdue;         /**< past their end, but not yet seen by a sweep */
    int64_t pending_actions; /**< not acknowledged */
    int64_t failed_actions;  /**< of these, those that failed at least once */
    int64_t oldest_pending;  /**< when the oldest of them was made; OFP_INSTANT_NONE: none */
    int64_t events;          /**< in the audit log */
    int64_t decisions;       /**< in the decision log */
} ofp_store_stats;

/** Counts. @param at the instant for `open`, `live` and `overdue` */
OFP_API ofp_status ofp_store_get_stats(ofp_store *store, int64_t at, ofp_store_stats *ret,
                                       ofp_error **reterr);

/**
 * Writes everything as NDJSON, which ofp_store_import() reads: one line for each record, in UTF-8.
 * All of it is of one moment, while others go on using the store. If it fails, what was written
 * lacks the last line, and can't be imported.
 * @param fd an open file or pipe, which stays open; if nobody reads a pipe any more that is
 *        OFP_STATUS_IO and no SIGPIPE
 */
OFP_API ofp_status ofp_store_export(ofp_store *store, int fd, ofp_error **reterr);

/**
 * Reads what ofp_store_export() wrote into a store in which nothing has happened yet. Either all
 * of it is read, and the audit log and all records fit each other, or nothing is.
 * @param fd an open file or pipe, which stays open
 * @param name what to call it in messages, which name the line; or NULL
 * @return OFP_STATUS_NOT_ALLOWED if the store is not empty; OFP_STATUS_BAD_REQUEST for input that
 *         is no export; OFP_STATUS_CORRUPT if it does not hold together
 */
OFP_API ofp_status ofp_store_import(ofp_store *store, int fd, const char *name, ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
