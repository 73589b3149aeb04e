/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"
#include "transfer.h"

static char *exported;   /* of a full store */
static ofp_store *store; /* an empty one */

static void start(void)
{
    size_t size;
    care_start();
    ofp_store *full = care_open("full");
    care_fill(full);
    care_export(full, care_path("x"));
    exported = care_read(care_path("x"), &size);
    ofp_store_close(full);
    store = care_open("s");
}

static void stop(void)
{
    free(exported);
    ofp_store_close(store);
    care_stop();
}

static ofp_status import_bytes(const char *data, size_t size, ofp_error **reterr)
{
    care_write(care_path("in"), data, size);
    return care_import(store, care_path("in"), reterr);
}

/* The export with something else instead of the first place where `from` stands. */
static char *edit(const char *from, const char *to)
{
    const char *place = strstr(exported, from);
    ck_assert_msg(place != NULL, "the export has no %s", from);
    char *edited = malloc(strlen(exported) + strlen(to) + 1);
    const size_t before = (size_t)(place - exported);
    memcpy(edited, exported, before);
    strcpy(edited + before, to);
    strcat(edited, place + strlen(from));
    return edited;
}

/* Nothing was imported. */
static void expect_untouched(void)
{
    ofp_store_stats stats = {.size = sizeof stats};
    expect_ok(ofp_store_get_stats(store, START, &stats, &error));
    ck_assert_int_eq(stats.events, 1);
    ck_assert_int_eq(stats.migrations + stats.pending_actions + stats.decisions, 0);
    expect_ok(ofp_store_check(store, &error));
}

/* How an import fails. */
static void expect_refusal(const char *data, size_t size, ofp_code code, uint32_t line,
                           const char *message)
{
    ofp_error *error = NULL;
    const ofp_status status = import_bytes(data, size, &error);
    ck_assert_msg(status != OFP_STATUS_OK, "%s: was imported", message);
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_msg(strcmp(first->message, message) == 0, "%s\n(%s, line %u)\ninstead of %s",
                  first->message, ofp_code_name(first->code), first->line, message);
    ck_assert_msg(first->code == code && first->line == line, "%s: %s, line %u", message,
                  ofp_code_name(first->code), first->line);
    ck_assert_str_eq(first->source, "export");
    ck_assert_int_eq(ofp_error_status(error), status);
    ofp_error_free(error);
}

START_TEST(gives_the_same_store)
{
    char head[OFP_HASH_SIZE], copied[OFP_HASH_SIZE];
    ofp_store *full = care_open("full");
    expect_ok(care_import(store, care_path("x"), &error));
    expect_ok(ofp_store_check(store, &error));
    expect_ok(ofp_audit_head(full, head, &error));
    expect_ok(ofp_audit_head(store, copied, &error));
    ck_assert_str_eq(head, copied);
    care_export(store, care_path("y"));
    size_t size;
    char *again = care_read(care_path("y"), &size);
    ck_assert_str_eq(exported, again);
    free(again);
    ofp_store_close(full);
}
END_TEST

/* What was imported goes on as if it had been there always. */
START_TEST(goes_on_after_an_import)
{
    expect_ok(care_import(store, care_path("x"), &error));
    care_life life = care_request(store, "new", START);
    care_happen(&life, OFP_EVENT_APPROVE, START);
    ck_assert_str_eq(life.id, "M-10");
    expect_ok(ofp_store_ack(store, ofp_text_of("v1:M-1-2-0"), START, &error));
    expect_ok(ofp_store_check(store, &error));
    care_tamper(care_path("s"), "PRAGMA user_version"); /* triggers are there, and as they were */
    ck_assert_int_eq(sqlite3_exec(store->db, "DELETE FROM audit", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT_TRIGGER);
}
END_TEST

START_TEST(reads_what_other_programs_have_formatted)
{
    /* White space, another order of members, escapes. */
    char *spaced = edit("{\"migration\":{\"number\":1,\"org\":\"acme\"",
                        " { \"migration\" : {\t\"org\" : \"\\u0061cm\\u0065\" , \"number\":1");
    expect_ok(import_bytes(spaced, strlen(spaced), &error));
    care_export(store, care_path("y"));
    size_t size;
    char *again = care_read(care_path("y"), &size);
    ck_assert_str_eq(exported, again);
    free(again);
    free(spaced);
}
END_TEST

static void *feed_slowly(void *argument)
{
    const int fd = *(const int *)argument;
    size_t left = strlen(exported);
    for (const char *at = exported; left;) {
        const size_t size = left < 997 ? left : 997;
        const struct timespec moment = {.tv_nsec = 100000};
        const ssize_t written = write(fd, at, size);
        ck_assert_int_eq(written, (ssize_t)size);
        at += size;
        left -= size;
        nanosleep(&moment, NULL);
    }
    close(fd);
    return NULL;
}

START_TEST(reads_from_a_slow_pipe)
{
    int ends[2];
    pthread_t writer;
    ck_assert_int_eq(pipe(ends), 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    pthread_create(&writer, NULL, feed_slowly, &ends[1]);
    expect_ok(ofp_store_import(store, ends[0], NULL, &error));
    pthread_join(writer, NULL);
    close(ends[0]);
}
END_TEST

/* Whole inputs, their first mistake, and its line. */
START_TEST(refuses_what_is_no_export)
{
#define MARK "{\"offerpolicy_store\":1}\n"
#define INPUT(text) text, sizeof(text) - 1
    static const struct {
        const char *data;
        size_t size;
        ofp_code code;
        uint32_t line;
        const char *message;
    } list[] = {
        {INPUT(""), OFP_CODE_IMPORT_SYNTAX, 0, "there is nothing to import"},
        {INPUT("{\"offerpolicy_store\":1}"), OFP_CODE_IMPORT_SYNTAX, 1,
         "the last line is cut off: it has no line end"},
        {INPUT(MARK), OFP_CODE_IMPORT_SYNTAX, 1,
         "the export is cut off behind 0 records: its last line, with \"records\", is missing"},
        {INPUT(MARK "{\"records\":0}\n"), OFP_CODE_IMPORT_INCONSISTENT, 0,
         "the audit log is empty"},
        {INPUT(MARK "{\"records\":1}\n"), OFP_CODE_IMPORT_INCONSISTENT, 2,
         "the export had 1 records, but here are 0"},
        {INPUT(MARK "{\"records\":0}\n\n"), OFP_CODE_IMPORT_SYNTAX, 3,
         "the line is not one JSON object"},
        {INPUT(MARK "{\"records\":0}\n{\"records\":0}\n"), OFP_CODE_IMPORT_SYNTAX, 3,
         "the line stands behind the end of the export"},
        {INPUT(MARK "{\"records\":\"0\"}\n"), OFP_CODE_IMPORT_SYNTAX, 2,
         "here must be a line such as {\"records\":1}: is this an export of a store?"},
        {INPUT("\n"), OFP_CODE_IMPORT_SYNTAX, 1, "the line is not one JSON object"},
        {INPUT("hello\n"), OFP_CODE_IMPORT_SYNTAX, 1, "the line is not one JSON object"},
        {INPUT("[1]\n"), OFP_CODE_IMPORT_SYNTAX, 1, "the line is not one JSON object"},
        {INPUT("{\n\"offerpolicy_store\":1}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "the line is not one JSON object"},
        {INPUT("\xEF\xBB\xBF" MARK), OFP_CODE_IMPORT_SYNTAX, 1, "the line is not one JSON object"},
        {INPUT("{'offerpolicy_store':1}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "the line is not one JSON object"},
        {INPUT("{\"offerpolicy_store\":1,}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "the line is not one JSON object"},
        {INPUT("{}\n"), OFP_CODE_IMPORT_SYNTAX, 1, "the line has no record"},
        {INPUT("{\"migration\":{}}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "here must be a line such as {\"offerpolicy_store\":1}: is this an export of a store?"},
        {INPUT("{\"offerpolicy_store\":true}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "here must be a line such as {\"offerpolicy_store\":1}: is this an export of a store?"},
        {INPUT("{\"offerpolicy_store\":1,\"offerpolicy_store\":1}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "here must be a line such as {\"offerpolicy_store\":1}: is this an export of a store?"},
        {INPUT("{\"offerpolicy_store\":2}\n"), OFP_CODE_IMPORT_SYNTAX, 1,
         "the export is of version 2: this library reads version 1"},
        {INPUT(MARK "{\"migrations\":{}}\n"), OFP_CODE_UNKNOWN_KEY, 2,
         "no line has a member \"migrations\": did you mean \"migration\"?"},
        {INPUT(MARK "{\"x\":{}}\n"), OFP_CODE_UNKNOWN_KEY, 2, "no line has a member \"x\""},
        {INPUT(MARK "{\"audit\":[]}\n"), OFP_CODE_WRONG_TYPE, 2, "the audit must be an object"},
        {INPUT(MARK "{\"audit\":{}}\n"), OFP_CODE_MISSING_KEY, 2,
         "\"seq\" of the audit is missing"},
        {INPUT(MARK "{\"audit\":{}\n"), OFP_CODE_IMPORT_SYNTAX, 2,
         "the line is not one JSON object"},
        {INPUT(MARK "{\"au\0dit\":{}}\n"), OFP_CODE_IMPORT_SYNTAX, 2,
         "the line has a zero byte, which no text of a store has"},
        {INPUT(MARK "{\"audit\":{\"kind\":\"\\u0000\"}}\n"), OFP_CODE_IMPORT_SYNTAX, 2,
         "the line has a zero byte, which no text of a store has"},
        {INPUT(MARK "{\"audit\":{\"kind\":\"\\\\\\u0000\"}}\n"), OFP_CODE_IMPORT_SYNTAX, 2,
         "the line has a zero byte, which no text of a store has"},
        {INPUT(MARK "{\"audit\":{\"kind\":\"\xFF\"}}\n"), OFP_CODE_INVALID_UTF8, 2,
         "the line is not valid UTF-8"},
        {INPUT(MARK "{\"audit\":{\"kind\":\"\\ud800\"}}\n"), OFP_CODE_INVALID_UTF8, 2,
         "\"kind\" of the audit is not valid Unicode"},
        {INPUT(MARK "{\"audit\":{\"kind\":\"a\tb\"}}\n"), OFP_CODE_IMPORT_SYNTAX, 2,
         "the line is not one JSON object"},
        {INPUT(MARK "{\"audit\":{\"seq\":1,\"seq\":1}}\n"), OFP_CODE_DUPLICATE_KEY, 2,
         "\"seq\" of the audit stands there twice"},
        {INPUT(MARK "{\"audit\":{\"seq\":1,\"s\\u0065q\":1}}\n"), OFP_CODE_DUPLICATE_KEY, 2,
         "\"seq\" of the audit stands there twice"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        expect_refusal(list[i].data, list[i].size, list[i].code, list[i].line, list[i].message);
    expect_untouched();
}
END_TEST

/* Lines: 1 the mark, 2 to 10 migrations, 11 to 36 events, 37 to 69 actions, 70 and 71 decisions. */
START_TEST(refuses_records_that_are_none)
{
    static const struct {
        const char *from, *to;
        ofp_code code;
        uint32_t line;
        const char *message;
    } list[] = {
        {"\"org\":\"acme\"", "\"orgg\":\"acme\"", OFP_CODE_UNKNOWN_KEY, 2,
         "no migration has a member \"orgg\": did you mean \"org\"?"},
        {"\"org\":\"acme\"", "\"spaceship\":\"acme\"", OFP_CODE_UNKNOWN_KEY, 2,
         "no migration has a member \"spaceship\""},
        {"\"org\":\"acme\"", "\"org\":\"acme\",\"org\":\"acme\"", OFP_CODE_DUPLICATE_KEY, 2,
         "\"org\" of the migration stands there twice"},
        {"\"org\":\"acme\",", "", OFP_CODE_MISSING_KEY, 2, "\"org\" of the migration is missing"},
        {"\"org\":\"acme\"", "\"org\":null", OFP_CODE_WRONG_TYPE, 2,
         "\"org\" of the migration must be a text"},
        {"\"org\":\"acme\"", "\"org\":1", OFP_CODE_WRONG_TYPE, 2,
         "\"org\" of the migration must be a text"},
        {"\"org\":\"acme\"", "\"org\":{\"id\":1}", OFP_CODE_WRONG_TYPE, 2,
         "\"org\" of the migration must be a text"},
        {"\"number\":1,", "\"number\":\"1\",", OFP_CODE_WRONG_TYPE, 2,
         "\"number\" of the migration must be a whole number"},
        {"\"number\":1,", "\"number\":1.0,", OFP_CODE_WRONG_TYPE, 2,
         "\"number\" of the migration must be a whole number"},
        {"\"number\":1,", "\"number\":null,", OFP_CODE_WRONG_TYPE, 2,
         "\"number\" of the migration must be a whole number"},
        {"\"number\":1,", "\"number\":true,", OFP_CODE_WRONG_TYPE, 2,
         "\"number\" of the migration must be a whole number"},
        {"\"number\":1,", "\"number\":0,", OFP_CODE_NUMBER_RANGE, 2,
         "\"number\" of the migration must be from 1 to 9223372036854775807"},
        {"\"number\":1,", "\"number\":9223372036854775808,", OFP_CODE_NUMBER_RANGE, 2,
         "\"number\" of the migration must be from 1 to 9223372036854775807"},
        {"\"settled\":0", "\"settled\":2", OFP_CODE_NUMBER_RANGE, 2,
         "\"settled\" of the migration must be from 0 to 1"},
        {"\"extensions\":0", "\"extensions\":2147483648", OFP_CODE_NUMBER_RANGE, 2,
         "\"extensions\" of the migration must be from 0 to 2147483647"},
        {"\"target_date\":20484", "\"target_date\":84372", OFP_CODE_NUMBER_RANGE, 2,
         "\"target_date\" of the migration must be from 0 to 84371"},
        {"\"ends_at\":", "\"ends_at\":-", OFP_CODE_NUMBER_RANGE, 2,
         "\"ends_at\" of the migration must be from 0 to 253402300799"},
        {"\"hash\":\"", "\"hash\":\"0", OFP_CODE_IMPORT_SYNTAX, 11,
         "\"hash\" of the audit must be 64 hexadecimal digits, in lower case"},
        {"\"previous\":\"00", "\"previous\":\"0G", OFP_CODE_IMPORT_SYNTAX, 11,
         "\"previous\" of the audit must be 64 hexadecimal digits, in lower case"},
        {"\"previous\":\"00", "\"previous\":\"A0", OFP_CODE_IMPORT_SYNTAX, 11,
         "\"previous\" of the audit must be 64 hexadecimal digits, in lower case"},
        {"}}\n{\"audit\":", "},\"audit\":{}}\n{\"audit\":", OFP_CODE_IMPORT_SYNTAX, 10,
         "the line has more than one record"},
        {"{\"records\":", "{\"audit\":{}}\n{\"records\":", OFP_CODE_IMPORT_SYNTAX, 72,
         "this audit stands behind a record of the kind \"decision\": lines were moved"},
        {"\n{\"migration\":{\"number\":1,", "\n\n{\"migration\":{\"number\":1,",
         OFP_CODE_IMPORT_SYNTAX, 2, "the line is not one JSON object"},
        {"{\"records\":70}\n", "", OFP_CODE_IMPORT_SYNTAX, 71,
         "the export is cut off behind 70 records: its last line, with \"records\", is missing"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char *edited = edit(list[i].from, list[i].to);
        expect_refusal(edited, strlen(edited), list[i].code, list[i].line, list[i].message);
        free(edited);
    }
    expect_untouched();
}
END_TEST

START_TEST(refuses_records_that_do_not_fit)
{
    static const struct {
        const char *from, *to;
        uint32_t line;
        const char *message;
    } list[] = {
        {"\"number\":2,", "\"number\":1,", 3,
         "the migration does not hold together, or with those before: "
         "UNIQUE constraint failed: migrations.number"},
        {"\"status\":\"requested\"", "\"status\":\"blessed\"", 2,
         "the migration does not hold together, or with those before: CHECK constraint failed: "
         "status IN ('requested', 'approved', 'refused', 'completed', 'cancel…"},
        {"\"kind\":\"request\",\"migration\":1", "\"kind\":\"request\",\"migration\":77", 12,
         "the audit does not hold together, or with those before: FOREIGN KEY constraint failed"},
        {"\"reason\":\"No \\t", "\"reason\":\"Yes \\t", 0,
         "event 6 of the audit log is not what was written"},
        {"\"owner\":\"olga\"", "\"owner\":\"eve\"", 0,
         "M-1 is not what its newest event, 2, says: owner"},
        {"\"kind\":\"ops.request\"", "\"kind\":\"org.add_note\"", 0,
         "action 1 does not belong to event 2, which it names"},
        {"\"request\":\"{", "\"request\":\"[{", 0, "logged decision 1 is no JSON"},
        {"{\"records\":70}", "{\"records\":71}", 72, "the export had 71 records, but here are 70"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char *edited = edit(list[i].from, list[i].to);
        expect_refusal(edited, strlen(edited), OFP_CODE_IMPORT_INCONSISTENT, list[i].line,
                       list[i].message);
        free(edited);
    }
    expect_untouched();
}
END_TEST

/* Wherever an export ends too early, and whichever line is missing, that is found. */
START_TEST(misses_every_line)
{
    size_t line_start = 0;
    for (const char *end; (end = strchr(exported + line_start, '\n'));) {
        const size_t next = (size_t)(end - exported) + 1;
        char *shorter = strdup(exported);
        strcpy(shorter + line_start, exported + next);
        ck_assert_int_ne(import_bytes(exported, line_start, NULL), OFP_STATUS_OK);
        ck_assert_int_ne(import_bytes(exported, next - 1, NULL), OFP_STATUS_OK);
        ck_assert_int_ne(import_bytes(shorter, strlen(shorter), NULL), OFP_STATUS_OK);
        free(shorter);
        line_start = next;
    }
    expect_untouched();
}
END_TEST

START_TEST(limits_the_length_of_a_line)
{
    enum { LIMIT = 16 << 20 };
    char *line = malloc(LIMIT + 64);
    memset(line, ' ', LIMIT + 64);
    const char mark[] = "{\"offerpolicy_store\":2}";
    memcpy(line, mark, strlen(mark));
    line[LIMIT] = '\n';
    expect_refusal(line, LIMIT + 1, OFP_CODE_IMPORT_SYNTAX, 1,
                   "the export is of version 2: this library reads version 1");
    line[LIMIT] = ' ';
    line[LIMIT + 1] = '\n';
    expect_refusal(line, LIMIT + 2, OFP_CODE_DOCUMENT_TOO_LARGE, 1,
                   "the line is longer than 16 MiB");
    free(line);
}
END_TEST

START_TEST(needs_an_empty_store)
{
    static const char *const uses[] = {
        "INSERT INTO decisions VALUES (1, 1, 't', NULL, 'd', 'z', '{}', '{}')",
    };
    ofp_store *full = care_open("full");
    expect_failure(care_import(full, care_path("x"), &error), OFP_CODE_STORE_NOT_EMPTY);
    care_tamper(care_path("s"), uses[0]);
    expect_failure(care_import(store, care_path("x"), &error), OFP_CODE_STORE_NOT_EMPTY);
    ofp_store_close(full);
}
END_TEST

START_TEST(needs_a_store_that_can_be_written)
{
    ofp_store *reader = care_open_as("s", OFP_STORE_READ);
    expect_failure(care_import(reader, care_path("x"), &error), OFP_CODE_STORE_READ_ONLY);
    ofp_store_close(reader);
    expect_ok(ofp_store_hold(store, &error));
    expect_failure(care_import(store, care_path("x"), &error), OFP_CODE_STORE_HELD);
    ofp_store_release(store);
    expect_failure(ofp_store_import(store, -1, "nothing", &error), OFP_CODE_UNREADABLE_FILE);
    expect_ok(care_import(store, care_path("x"), &error));
}
END_TEST

/* The members of each kind are the columns of its table. */
START_TEST(knows_all_columns)
{
    static const char *const tables[] = {"migrations", "audit", "actions", "decisions"};
    static const char *const types[] = {"TEXT",    "BLOB",    "INTEGER", "INTEGER",
                                        "INTEGER", "INTEGER", "INTEGER"};
    for (int kind = 0; kind < OFP_TRANSFER_KIND_COUNT; kind++) {
        const ofp_transfer_kind *members = &ofp_transfer_kinds[kind];
        sqlite3_stmt *columns;
        sqlite3_prepare_v2(store->db,
                           "SELECT name, type, \"notnull\" OR pk FROM pragma_table_info(?1)", -1,
                           &columns, NULL);
        sqlite3_bind_text(columns, 1, tables[kind], -1, SQLITE_STATIC);
        int i = 0;
        for (; sqlite3_step(columns) == SQLITE_ROW; i++) {
            ck_assert_int_lt(i, members->member_count);
            ck_assert_str_eq((const char *)sqlite3_column_text(columns, 0),
                             members->members[i].name);
            ck_assert_str_eq((const char *)sqlite3_column_text(columns, 1),
                             types[members->members[i].type]);
            ck_assert_int_eq(sqlite3_column_int(columns, 2), !members->members[i].optional);
        }
        ck_assert_int_eq(i, members->member_count);
        ck_assert_int_le(i, OFP_MEMBER_LIMIT);
        sqlite3_finalize(columns);
    }
}
END_TEST

TCase *care_import_case(void)
{
    TCase *tests = tcase_create("care: import");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, gives_the_same_store);
    tcase_add_test(tests, goes_on_after_an_import);
    tcase_add_test(tests, reads_what_other_programs_have_formatted);
    tcase_add_test(tests, reads_from_a_slow_pipe);
    tcase_add_test(tests, refuses_what_is_no_export);
    tcase_add_test(tests, refuses_records_that_are_none);
    tcase_add_test(tests, refuses_records_that_do_not_fit);
    tcase_add_test(tests, misses_every_line);
    tcase_add_test(tests, limits_the_length_of_a_line);
    tcase_add_test(tests, needs_an_empty_store);
    tcase_add_test(tests, needs_a_store_that_can_be_written);
    tcase_add_test(tests, knows_all_columns);
    return tests;
}
