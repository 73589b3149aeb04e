/* SPDX-License-Identifier: MIT */
/*
 * SQLite as a peer: one prepared query. Usage: decide POLICY_FOLDER FOLDER, where the .sql files
 * are, and where inputs.py wrote its files. Native: the facts are rows of a database in memory.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "bench.h"
#include "facts.h"
#include "fixture.h"
#include "peer.h"
#include "regex.h"

static const char tables[] =
    "CREATE TABLE request(id INTEGER PRIMARY KEY, now, subject, description, priority, offering, "
    "form, has_org);"
    "CREATE TABLE ticket_tag(request INTEGER, tag TEXT, PRIMARY KEY(request, tag)) WITHOUT ROWID;"
    "CREATE TABLE org_tag(request INTEGER, tag TEXT, PRIMARY KEY(request, tag)) WITHOUT ROWID;"
    "CREATE TABLE entitlement(request INTEGER, position INTEGER, offering, rank, starts, ends, "
    "hold, PRIMARY KEY(request, position)) WITHOUT ROWID;"
    "CREATE TABLE migration(request INTEGER, position INTEGER, offering, rank, status, end, "
    "forgotten, PRIMARY KEY(request, position)) WITHOUT ROWID;";

/* Fills the tables from a document by its number, with the CTEs of json.sql. */
static const char *const fills[] = {
    "INSERT INTO main.request SELECT ?2, now, subject, description, priority, offering, form, "
    "has_org FROM request",
    "INSERT INTO main.ticket_tag SELECT ?2, tag FROM ticket_tag",
    "INSERT INTO main.org_tag SELECT ?2, tag FROM org_tag",
    "INSERT INTO main.entitlement SELECT ?2, row_number() OVER (), offering, rank, starts, ends, "
    "hold FROM entitlement",
    "INSERT INTO main.migration SELECT ?2, row_number() OVER (), offering, rank, status, end, "
    "forgotten FROM migration",
};

typedef struct setting {
    sqlite3 *database;
    sqlite3_stmt *by_tables, *by_json;
    lines lines;
} setting;

static void regexp(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *pattern = (const char *)sqlite3_value_text(values[0]);
    const char *text = (const char *)sqlite3_value_text(values[1]);
    (void)count;
    sqlite3_result_int(context,
                       regex_matches((ofp_text){pattern, (size_t)sqlite3_value_bytes(values[0])},
                                     (ofp_text){text, (size_t)sqlite3_value_bytes(values[1])}));
}

static void add_file(fixture_text *text, const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    lines read = lines_read(path);
    fixture_write(text, "%s", read.data);
    lines_free(&read);
}

static sqlite3_stmt *prepare(setting *s, const char *text)
{
    sqlite3_stmt *statement;
    const int status =
        sqlite3_prepare_v3(s->database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    bench_require(status == SQLITE_OK, "%s", sqlite3_errmsg(s->database));
    return statement;
}

static sqlite3_stmt *prepare_policy(setting *s, const char *folder, const char *inputs,
                                    const char *result)
{
    fixture_text text = {0};
    add_file(&text, folder, inputs);
    add_file(&text, folder, "policy.sql");
    fixture_write(&text, "%s", result);
    sqlite3_stmt *statement = prepare(s, text.data);
    free(text.data);
    return statement;
}

static void fill_table(setting *s, const char *folder, const char *insert)
{
    fixture_text text = {0};
    add_file(&text, folder, "json.sql");
    const char *into = strstr(insert, "SELECT");
    text.size -= 2; /* the last comma and the line's end */
    fixture_text whole = {0};
    fixture_write(&whole, "%.*s%.*s %s", (int)(into - insert), insert, (int)text.size, text.data,
                  into);
    sqlite3_stmt *statement = prepare(s, whole.data);
    for (size_t i = 0; i < s->lines.count; i++) {
        sqlite3_bind_text(statement, 1, s->lines.lines[i].data, (int)s->lines.lines[i].size,
                          SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, (int64_t)i);
        bench_require(sqlite3_step(statement) == SQLITE_DONE, "%s", sqlite3_errmsg(s->database));
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    free(text.data);
    free(whole.data);
}

static void fill(setting *s, const char *folder)
{
    fixture_text text = {0};
    fixture_write(&text, "PRAGMA temp_store = MEMORY; %s", tables);
    add_file(&text, folder, "names.sql");
    bench_require(sqlite3_exec(s->database, text.data, NULL, NULL, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(s->database));
    free(text.data);
    sqlite3_exec(s->database, "BEGIN", NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        fill_table(s, folder, fills[i]);
    sqlite3_exec(s->database, "COMMIT; ANALYZE", NULL, NULL, NULL);
}

static void step(setting *s, sqlite3_stmt *statement)
{
    bench_require(sqlite3_step(statement) == SQLITE_ROW, "%s", sqlite3_errmsg(s->database));
}

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    sqlite3_reset(s->by_tables);
    sqlite3_bind_int64(s->by_tables, 1, (int64_t)input);
    step(s, s->by_tables);
    return (uint64_t)sqlite3_column_int64(s->by_tables, 2);
}

static void show(void *self, fixture_text *text)
{
    sqlite3_stmt *row = ((setting *)self)->by_tables;
    const char *first_reply = (const char *)sqlite3_column_text(row, 2);
    fixture_write(text, "{\"verdict\": \"%s\", \"level\": \"%s\", \"first_reply\": %s",
                  (const char *)sqlite3_column_text(row, 0),
                  (const char *)sqlite3_column_text(row, 1), first_reply ? first_reply : "null");
    fixture_write(text, ", \"add\": %s, \"remove\": %s}", (const char *)sqlite3_column_text(row, 3),
                  (const char *)sqlite3_column_text(row, 4));
}

static ofp_text answer_json(void *self, size_t input)
{
    setting *s = self;
    const ofp_text line = s->lines.lines[input];
    sqlite3_reset(s->by_json);
    sqlite3_bind_text(s->by_json, 1, line.data, (int)line.size, SQLITE_STATIC);
    step(s, s->by_json);
    return (ofp_text){(const char *)sqlite3_column_text(s->by_json, 0),
                      (size_t)sqlite3_column_bytes(s->by_json, 0)};
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 2, "POLICY_FOLDER FOLDER");
    const char *folder = options.arguments[0];
    char path[4096];
    snprintf(path, sizeof path, "%s/facts.ndjson", options.arguments[1]);
    setting s = {.lines = lines_read(path)};
    /* Else it gives the memory of its temporary tables back to the system after each decision. */
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    sqlite3_open(":memory:", &s.database);
    sqlite3_create_function(s.database, "regexp", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                            regexp, NULL, NULL);
    fill(&s, folder);
    s.by_tables =
        prepare_policy(&s, folder, "tables.sql",
                       "SELECT verdict, level, first_reply, additions, removals FROM answer");
    s.by_json = prepare_policy(&s, folder, "json.sql",
                               "SELECT json_object('verdict', verdict, 'level', level, "
                               "'first_reply', first_reply, 'add', json(additions), "
                               "'remove', json(removals)) FROM answer");
    const peer served = {"SQLite", sqlite3_libversion(), s.lines.count, answer, show, answer_json};
    return peer_serve(&served, &s);
}
