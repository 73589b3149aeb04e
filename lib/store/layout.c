/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include <stdio.h>

#include "failure.h"
#include "ledger.h"
#include "schema.h"

static int read_number(sqlite3 *db, const char *sql, int64_t *ret)
{
    sqlite3_stmt *statement;
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result)
        return result;
    result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        *ret = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result == SQLITE_ROW ? SQLITE_OK : result;
}

int ofp_layout_read(sqlite3 *db, ofp_layout *ret)
{
    int result = read_number(db, "PRAGMA application_id", &ret->application);
    if (!result)
        result = read_number(db, "PRAGMA user_version", &ret->version);
    if (!result)
        result = read_number(db, "SELECT count(*) FROM sqlite_schema", &ret->objects);
    return result;
}

/* Is nothing in it yet: was it just made, or left behind by a crash while it was made? */
static bool is_blank(const ofp_layout *layout)
{
    return layout->objects == 0 && layout->version == 0 &&
           (layout->application == 0 || layout->application == OFP_STORE_APPLICATION);
}

ofp_status ofp_layout_check(const ofp_layout *layout, const char *path, bool may_be_blank,
                            ofp_error **reterr)
{
    const ofp_quoted name = ofp_quote(ofp_text_of(path));
    if (is_blank(layout))
        return may_be_blank ? ofp_succeed(reterr)
                            : ofp_fail(reterr, OFP_CODE_STORE_FOREIGN,
                                       "\"%s\" is empty, and no store: if it was one, restore a "
                                       "backup",
                                       name.text);
    if (layout->application != OFP_STORE_APPLICATION || layout->version < 0)
        return ofp_fail(reterr, OFP_CODE_STORE_FOREIGN,
                        "\"%s\" is a SQLite database of another program, not a store", name.text);
    if (layout->version > OFP_STORE_SCHEMA)
        return ofp_fail(reterr, OFP_CODE_STORE_NEWER,
                        "\"%s\" was written by a newer version of the library: its layout is "
                        "%lld, this version knows up to %d",
                        name.text, (long long)layout->version, OFP_STORE_SCHEMA);
    return ofp_succeed(reterr);
}

/* Makes the newest layout in a file in which nothing is. */
static int make_newest(sqlite3 *db)
{
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof ofp_schema / sizeof *ofp_schema && !result; i++)
        result = sqlite3_exec(db, ofp_schema[i].sql, NULL, NULL, NULL);
    return result;
}

/* By layout: what makes the next one of it. Layout 0, of a file in which nothing is, has none. */
static int (*const upgrades[OFP_STORE_SCHEMA])(sqlite3 *db) = {NULL};

static int upgrade_from(sqlite3 *db, int64_t version)
{
    char pragmas[80];
    int result = SQLITE_OK;
    if (version == 0) {
        result = make_newest(db);
        version = OFP_STORE_SCHEMA;
    }
    for (; version < OFP_STORE_SCHEMA && !result; version++)
        result = upgrades[version](db);
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             OFP_STORE_APPLICATION, OFP_STORE_SCHEMA);
    return result ? result : sqlite3_exec(db, pragmas, NULL, NULL, NULL);
}

static ofp_status note_making(ofp_store *store, int64_t at, ofp_error **reterr)
{
    char detail[40];
    const int size = snprintf(detail, sizeof detail, "made with layout %d", OFP_STORE_SCHEMA);
    const ofp_event_draft draft = {
        .at = at,
        .kind = OFP_EVENT_CREATE,
        .previous_date = OFP_DATE_NONE,
        .detail = {detail, (size_t)size},
    };
    return ofp_ledger_append(store, &draft, NULL, reterr);
}

static ofp_status upgrade(ofp_store *store, const char *path, int64_t at, ofp_error **reterr)
{
    ofp_layout layout = {0};
    int result = ofp_layout_read(store->db, &layout);
    if (result)
        return ofp_sqlite_fail(store->db, result, reterr);
    ofp_status status = ofp_layout_check(&layout, path, true, reterr);
    if (status || layout.version == OFP_STORE_SCHEMA)
        return status;
    result = upgrade_from(store->db, layout.version);
    if (result)
        return ofp_sqlite_fail(store->db, result, reterr);
    return layout.version == 0 ? note_making(store, at, reterr) : ofp_succeed(reterr);
}

ofp_status ofp_layout_upgrade(ofp_store *store, const char *path, int64_t at, ofp_error **reterr)
{
    const ofp_status status = ofp_store_begin_write(store, reterr);
    return status ? status : ofp_store_finish(store, upgrade(store, path, at, reterr), reterr);
}
