/* SPDX-License-Identifier: MIT */
#include "import_line.h"

#include <inttypes.h>
#include <string.h>

#include "import_record.h"
#include "span.h"

/* Is there an escaped zero (\u0000)? SQLite would cut the text off there. */
static bool has_escaped_zero(ofp_text line)
{
    static const char zero[] = "u0000";
    const char *end = line.data + line.size;
    for (const char *at = line.data; (at = memchr(at, '\\', (size_t)(end - at))); at += 2) {
        if ((size_t)(end - at) > strlen(zero) && memcmp(at + 1, zero, strlen(zero)) == 0)
            return true;
        if (end - at < 2)
            return false;
    }
    return false;
}

static ofp_status check_bytes(const ofp_record_reading *reading, ofp_text line, ofp_error **reterr)
{
    if (!ofp_span_is_utf8(line))
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_INVALID_UTF8,
                           "the line is not valid UTF-8");
    if (memchr(line.data, '\0', line.size) || has_escaped_zero(line))
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "the line has a zero byte, which no text of a store has");
    return ofp_succeed(reterr);
}

static ofp_status find_kind(ofp_record_reading *reading, ofp_text name, int *ret,
                            ofp_error **reterr)
{
    ofp_text known[OFP_TRANSFER_KIND_COUNT];
    for (int i = 0; i < OFP_TRANSFER_KIND_COUNT; i++) {
        known[i] = ofp_text_of(ofp_transfer_kinds[i].name);
        if (ofp_span_equal(name, known[i])) {
            *ret = i;
            return ofp_succeed(reterr);
        }
    }
    return ofp_record_fail_unknown(reading, name, known, OFP_TRANSFER_KIND_COUNT, reterr);
}

static ofp_status write_record(ofp_record_reading *reading, ofp_error **reterr)
{
    sqlite3 *db = reading->import->store->db;
    const int result =
        reading->insert.result ? reading->insert.result : sqlite3_step(reading->insert.statement);
    if (result == SQLITE_DONE)
        return ofp_succeed(reterr);
    if ((result & 0xff) == SQLITE_CONSTRAINT)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_INCONSISTENT,
                           "the %s does not hold together, or with those before: %s",
                           reading->kind->name, ofp_quote(ofp_text_of(sqlite3_errmsg(db))).text);
    return ofp_sqlite_fail(db, result, reterr);
}

static ofp_status read_record(ofp_record_reading *reading, ofp_error **reterr)
{
    ofp_import *import = reading->import;
    int kind = 0;
    ofp_status status =
        find_kind(reading, ofp_query_text(&reading->tree, OFP_TREE_KEY), &kind, reterr);
    if (status)
        return status;
    reading->kind = &ofp_transfer_kinds[kind];
    if (kind < import->kind)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "this %s stands behind a record of the kind \"%s\": lines were moved",
                           reading->kind->name, ofp_transfer_kinds[import->kind].name);
    if (!ofp_record_is(reading, "object"))
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_WRONG_TYPE,
                           "the %s must be an object", reading->kind->name);
    import->kind = kind;
    status = ofp_query_start(import->store, reading->kind->insert, &reading->insert, reterr);
    if (!status)
        status = ofp_record_take_members(reading, reterr);
    return status ? status : write_record(reading, reterr);
}

/* The line must have one member, with a whole number. @param name of the member */
static ofp_status read_only_number(ofp_record_reading *reading, const char *name, int64_t *ret,
                                   ofp_error **reterr)
{
    ofp_query *tree = &reading->tree;
    bool more = !ofp_span_equal(ofp_query_text(tree, OFP_TREE_KEY), ofp_text_of(name)) ||
                !ofp_record_is(reading, "integer");
    *ret = ofp_query_integer(tree, OFP_TREE_ATOM);
    ofp_status status = more ? OFP_STATUS_OK : ofp_query_next(tree, &more, reterr);
    if (!status && more)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "here must be a line such as {\"%s\":1}: is this an export of a store?",
                           name);
    return status;
}

/* The first line, which says what all this is. */
static ofp_status read_mark(ofp_record_reading *reading, ofp_error **reterr)
{
    int64_t version;
    const ofp_status status = read_only_number(reading, OFP_TRANSFER_MARK, &version, reterr);
    if (!status && version != OFP_TRANSFER_VERSION)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "the export is of version %" PRId64 ": this library reads version %d",
                           version, OFP_TRANSFER_VERSION);
    reading->import->marked = !status;
    return status;
}

/* The last line, which says how many records must have been there. */
static ofp_status read_end(ofp_record_reading *reading, ofp_error **reterr)
{
    int64_t records;
    const ofp_status status = read_only_number(reading, OFP_TRANSFER_END, &records, reterr);
    if (!status && records != reading->import->records)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_INCONSISTENT,
                           "the export had %" PRId64 " records, but here are %" PRId64, records,
                           reading->import->records);
    reading->import->ended = !status;
    return status;
}

/* Reads the line on whose first member the tree stands. */
static ofp_status read_member(ofp_record_reading *reading, ofp_error **reterr)
{
    ofp_import *import = reading->import;
    if (!import->marked)
        return read_mark(reading, reterr);
    if (import->ended)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "the line stands behind the end of the export");
    if (ofp_span_equal(ofp_query_text(&reading->tree, OFP_TREE_KEY), OFP_LITERAL(OFP_TRANSFER_END)))
        return read_end(reading, reterr);
    import->records++;
    return read_record(reading, reterr);
}

/*
 * Newer versions of SQLite take more than JSON for JSON, if not asked. In older ones json_valid()
 * says no when memory runs out, but they take nothing else.
 */
static bool is_strict(const ofp_record_reading *reading)
{
    enum { TAKES_MORE = 3042000 };
    return sqlite3_libversion_number() < TAKES_MORE ||
           ofp_query_integer(&reading->tree, OFP_TREE_VALID);
}

/* Goes to the line's first member. */
static ofp_status enter_object(ofp_record_reading *reading, ofp_error **reterr)
{
    bool row;
    ofp_error *error = NULL;
    const ofp_status status = ofp_query_next(&reading->tree, &row, &error);
    if (status == OFP_STATUS_NO_MEMORY)
        return ofp_fail_no_memory(reterr);
    ofp_error_free(error);
    if (status || !is_strict(reading) || !ofp_record_is(reading, "object"))
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "the line is not one JSON object");
    const ofp_status entered = ofp_query_next(&reading->tree, &row, reterr);
    if (!entered && !row)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
                           "the line has no record");
    return entered;
}

ofp_status ofp_import_line(ofp_import *import, ofp_text line, ofp_error **reterr)
{
    ofp_record_reading reading = {.import = import};
    ofp_status status = check_bytes(&reading, line, reterr);
    if (status)
        return status;
    status = ofp_query_start(import->store, OFP_STATEMENT_READ_LINE, &reading.tree, reterr);
    ofp_query_bind_text(&reading.tree, 1, line);
    if (!status)
        status = enter_object(&reading, reterr);
    if (!status)
        status = read_member(&reading, reterr);
    ofp_query_end(&reading.insert);
    ofp_query_end(&reading.tree);
    return status;
}
