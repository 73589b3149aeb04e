/* SPDX-License-Identifier: MIT */
#include "care_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit_chain.h"
#include "expect.h"
#include "hasher.h"

static char folder[CARE_PATH];

/* --- files ------------------------------------------------------------------------------------ */

void care_start(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/care-XXXXXX", base ? base : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

void care_stop(void)
{
    DIR *files = opendir(folder);
    for (struct dirent *entry; files && (entry = readdir(files));)
        unlinkat(dirfd(files), entry->d_name, 0);
    closedir(files);
    ck_assert_int_eq(rmdir(folder), 0);
}

const char *care_path(const char *name)
{
    static char paths[4][CARE_PATH + 64];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

char *care_read(const char *path, size_t *retsize)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is not there", path);
    fseek(file, 0, SEEK_END);
    *retsize = (size_t)ftell(file);
    rewind(file);
    char *data = malloc(*retsize + 1);
    ck_assert_uint_eq(fread(data, 1, *retsize, file), *retsize);
    data[*retsize] = '\0';
    fclose(file);
    return data;
}

void care_write(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    fclose(file);
}

/* --- stores ----------------------------------------------------------------------------------- */

ofp_store *care_open_as(const char *name, ofp_store_mode mode)
{
    const ofp_store_options options = {.size = sizeof options, .mode = mode, .busy_ms = 200};
    ofp_store *store = NULL;
    expect_ok(ofp_store_open(care_path(name), &options, &store, &error));
    return store;
}

ofp_store *care_open(const char *name)
{
    return care_open_as(name, OFP_STORE_CREATE);
}

void care_export(ofp_store *store, const char *path)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(file, 0);
    expect_ok(ofp_store_export(store, file, &error));
    close(file);
}

ofp_status care_import(ofp_store *store, const char *path, ofp_error **reterr)
{
    const int file = open(path, O_RDONLY);
    ck_assert_int_ge(file, 0);
    const ofp_status status = ofp_store_import(store, file, "export", reterr);
    close(file);
    return status;
}

/* --- migrations ------------------------------------------------------------------------------- */

/* What an action of an event is about; a kind of none ends a list. */
static const struct {
    ofp_event_kind event;
    ofp_host_action_kind kind;
    const char *tag, *text, *owner, *unless;
} actions[] = {
    {OFP_EVENT_REQUEST, OFP_HOST_ASK_OPS, .text = "Please look.\nThank you"},
    {OFP_EVENT_APPROVE, OFP_HOST_ADD_TAG, .tag = "dedicated_premium"},
    {OFP_EVENT_APPROVE, OFP_HOST_ADD_NOTE, .text = "Migrating until 2026-02-01 \"at least\"."},
    {OFP_EVENT_EXTEND, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_EXTEND, OFP_HOST_ADD_NOTE, .text = "Migrating a little longer – \xF0\x9F\x90\xA2."},
    {OFP_EVENT_END, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_END, OFP_HOST_REMOVE_TAG, .tag = "dedicated_premium", .unless = "dedicated"},
    {OFP_EVENT_COMPLETE, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_COMPLETE, OFP_HOST_REMOVE_TAG, .tag = "cloud_premium", .unless = "cloud"},
    {OFP_EVENT_EXPIRE, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_REMIND, OFP_HOST_REMIND, .text = "Three days left.", .owner = "olga"},
};

static void put_actions(const care_life *life, ofp_event_kind kind, const ofp_event *event)
{
    ofp_records *records = ofp_records_new();
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        char key[64];
        snprintf(key, sizeof key, "v1:%s-%lld-%zu", life->id, (long long)event->seq, i);
        const ofp_host_action action = {
            .key = ofp_text_of(key),
            .kind = actions[i].kind,
            .migration = life->record.id,
            .org = life->record.org,
            .tag = ofp_text_of(actions[i].tag),
            .text = ofp_text_of(actions[i].text),
            .owner = ofp_text_of(actions[i].owner),
            .unless_offering = ofp_text_of(actions[i].unless),
            .unless_level = ofp_text_of(actions[i].unless ? "premium" : NULL),
            .not_before = OFP_INSTANT_NONE,
            .created_at = event->at,
        };
        if (actions[i].event == kind)
            expect_ok(ofp_ledger_put_action(life->store, event->seq, &action, records, &error));
    }
    ofp_records_free(records);
}

/* Writes the migration as it is now, an event about it, and its actions. */
static void write_event(care_life *life, ofp_event_kind kind, int64_t at, int32_t previous_date)
{
    int64_t number = 0;
    char key[64];
    uint8_t command[32] = {(uint8_t)kind, 1, 2, 3};
    ofp_records *records = ofp_records_new();
    expect_ok(ofp_store_begin_write(life->store, &error));
    expect_ok(ofp_ledger_write(life->store, &life->record, life->due_at, &number, &error));
    ofp_migration_id_format(number, life->id);
    life->record.id = ofp_text_of(life->id);
    snprintf(key, sizeof key, "%s/%lld/%d/%lld", life->id, (long long)life->record.revision,
             (int)kind, (long long)at);
    const bool sweep = kind == OFP_EVENT_EXPIRE || kind == OFP_EVENT_REMIND;
    const ofp_event_draft draft = {
        .at = at,
        .kind = kind,
        .migration = number,
        .org = life->record.org,
        .actor = ofp_text_of(sweep ? NULL : "anna"),
        .role = ofp_text_of(sweep ? NULL : "support_manager"),
        .reason = ofp_text_of(kind == OFP_EVENT_REFUSE ? "No \t budget\n" : NULL),
        .key = ofp_text_of(key),
        .command = command,
        .policy = ofp_text_of("main"),
        .policy_digest = ofp_text_of("sha256:00"),
        .previous_date = previous_date,
    };
    expect_ok(ofp_ledger_append(life->store, &draft, records, &error));
    put_actions(life, kind, &records->events.items[0]);
    expect_ok(ofp_store_commit(life->store, &error));
    ofp_records_free(records);
}

care_life care_request(ofp_store *store, const char *org, int64_t at)
{
    care_life life = {.store = store};
    life.record = (ofp_migration_record){
        .org = ofp_text_of(org),
        .org_name = ofp_text_of("Ünïted \"Widgets\" \\ Co"),
        .from = ofp_text_of("cloud"),
        .from_level = ofp_text_of("premium"),
        .to = ofp_text_of("dedicated"),
        .level = ofp_text_of("premium"),
        .target_date = (int32_t)(at / DAY + 30),
        .ends_at = (at / DAY + 31) * DAY,
        .forgotten_at = (at / DAY + 211) * DAY,
        .revision = 1,
        .owner = ofp_text_of("olga"),
        .requested_by = ofp_text_of("anna"),
        .requested_at = at,
        .decided_at = OFP_INSTANT_NONE,
        .changed_at = at,
        .closed_at = OFP_INSTANT_NONE,
    };
    life.due_at = life.record.ends_at - 14 * (int64_t)DAY;
    write_event(&life, OFP_EVENT_REQUEST, at, OFP_DATE_NONE);
    return life;
}

static void decide(ofp_migration_record *record, ofp_migration_status status, int64_t at)
{
    record->status = status;
    record->decided_by = ofp_text_of("anna");
    record->decided_at = at;
    if (status != OFP_MIGRATION_APPROVED)
        return;
    record->policy = ofp_text_of("main");
    record->policy_revision = ofp_text_of("7");
    record->policy_digest = ofp_text_of("sha256:00");
}

static void close_it(ofp_migration_record *record, ofp_migration_status status, int64_t at)
{
    record->status = status;
    record->closed_by = ofp_text_of("anna");
    record->closed_at = at;
    if (status == OFP_MIGRATION_COMPLETED)
        record->outcome = OFP_OUTCOME_REACHED;
}

/* What a step or sweep does to the record. */
static void change(care_life *life, ofp_event_kind kind, int64_t at)
{
    ofp_migration_record *record = &life->record;
    switch (kind) {
    case OFP_EVENT_APPROVE:
        decide(record, OFP_MIGRATION_APPROVED, at);
        break;
    case OFP_EVENT_REFUSE:
        decide(record, OFP_MIGRATION_REFUSED, at);
        break;
    case OFP_EVENT_EXTEND:
        record->target_date += 20;
        record->ends_at += 20 * (int64_t)DAY;
        record->forgotten_at += 20 * (int64_t)DAY;
        record->extensions++;
        break;
    case OFP_EVENT_END:
        close_it(record, OFP_MIGRATION_APPROVED, at);
        record->ends_at = at;
        break;
    case OFP_EVENT_COMPLETE:
        close_it(record, OFP_MIGRATION_COMPLETED, at);
        break;
    case OFP_EVENT_CANCEL:
        close_it(record, OFP_MIGRATION_CANCELLED, at);
        break;
    default:
        break;
    }
}

void care_happen(care_life *life, ofp_event_kind kind, int64_t at)
{
    ofp_migration_record *record = &life->record;
    record->id = ofp_text_of(life->id); /* the struct may have been copied */
    const int32_t date = kind == OFP_EVENT_EXTEND ? record->target_date : OFP_DATE_NONE;
    change(life, kind, at);
    if (kind < OFP_EVENT_EXPIRE) {
        record->revision++;
        record->changed_at = at;
    }
    record->settled =
        kind != OFP_EVENT_APPROVE && kind != OFP_EVENT_EXTEND && kind != OFP_EVENT_REMIND;
    life->due_at = record->settled ? OFP_INSTANT_NONE : record->ends_at;
    write_event(life, kind, at, date);
}

static void log_decisions(ofp_store *store)
{
    const ofp_logged_decision decisions[] = {
        {.at = START,
         .ticket = ofp_text_of("T-1"),
         .org = ofp_text_of("acme"),
         .request = ofp_text_of("{\"ticket\":{\"id\":\"T-1\",\"subject\":\"\\u0000\\\\\"}}"),
         .decision = ofp_text_of("{\"verdict\":\"entitled\"}"),
         .policy_digest = ofp_text_of("sha256:00"),
         .tzdata = ofp_text_of("2026a")},
        {.at = START + DAY,
         .ticket = ofp_text_of("T-2"),
         .request = ofp_text_of("{ \"ticket\" : { } }"),
         .decision = ofp_text_of("{}"),
         .policy_digest = ofp_text_of("sha256:00"),
         .tzdata = ofp_text_of("2026a")},
    };
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_log(store, decisions, 2, &error));
    expect_ok(ofp_store_commit(store, &error));
}

void care_fill(ofp_store *store)
{
    /* Each row is what happens after a request; OFP_EVENT_REQUEST ends it. */
    static const ofp_event_kind ways[][5] = {
        {OFP_EVENT_REQUEST},
        {OFP_EVENT_APPROVE},
        {OFP_EVENT_REFUSE},
        {OFP_EVENT_CANCEL},
        {OFP_EVENT_REMIND, OFP_EVENT_APPROVE, OFP_EVENT_EXTEND, OFP_EVENT_EXTEND},
        {OFP_EVENT_APPROVE, OFP_EVENT_REMIND, OFP_EVENT_COMPLETE},
        {OFP_EVENT_APPROVE, OFP_EVENT_END},
        {OFP_EVENT_APPROVE, OFP_EVENT_EXTEND, OFP_EVENT_EXPIRE},
        {OFP_EVENT_EXPIRE},
    };
    static const char *const orgs[] = {"acme", "zażółć", "a\302\240b"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int64_t at = START + (int64_t)i * 60;
        care_life life = care_request(store, orgs[i % 3], at);
        for (int step = 0; ways[i][step] != OFP_EVENT_REQUEST; step++) {
            at = ways[i][step] == OFP_EVENT_EXPIRE ? life.record.ends_at : at + DAY;
            care_happen(&life, ways[i][step], at);
        }
    }
    log_decisions(store);
}

/* --- tampering -------------------------------------------------------------------------------- */

static sqlite3 *open_raw(const char *path)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    /* Triggers do not run; they stay as they are. */
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    return db;
}

static void run_raw(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    const int result = sqlite3_exec(db, sql, NULL, NULL, &message);
    ck_assert_msg(result == SQLITE_OK, "%s: %s", sql, message);
}

void care_tamper(const char *path, const char *sql)
{
    sqlite3 *db = open_raw(path);
    run_raw(db, sql);
    sqlite3_close(db);
}

static sqlite3_stmt *prepare_raw(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    return statement;
}

void care_rechain(const char *path)
{
    uint8_t hash[OFP_SHA256_SIZE] = {0};
    sqlite3 *db = open_raw(path);
    run_raw(db, "BEGIN");
    sqlite3_stmt *link = prepare_raw(db, "UPDATE audit SET previous = ?2 WHERE seq = ?1");
    sqlite3_stmt *row = prepare_raw(db, "SELECT * FROM audit WHERE seq = ?1");
    sqlite3_stmt *mark = prepare_raw(db, "UPDATE audit SET hash = ?2 WHERE seq = ?1");
    for (int64_t seq = 1;; seq++) {
        sqlite3_bind_int64(link, 1, seq);
        sqlite3_bind_blob(link, 2, hash, sizeof hash, SQLITE_STATIC);
        ck_assert_int_eq(sqlite3_step(link), SQLITE_DONE);
        sqlite3_reset(link);
        if (sqlite3_changes(db) == 0)
            break;
        sqlite3_bind_int64(row, 1, seq);
        ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
        ofp_audit_hash(row, hash);
        sqlite3_reset(row);
        sqlite3_bind_int64(mark, 1, seq);
        sqlite3_bind_blob(mark, 2, hash, sizeof hash, SQLITE_STATIC);
        ck_assert_int_eq(sqlite3_step(mark), SQLITE_DONE);
        sqlite3_reset(mark);
    }
    sqlite3_finalize(link);
    sqlite3_finalize(row);
    sqlite3_finalize(mark);
    run_raw(db, "COMMIT");
    sqlite3_close(db);
}
