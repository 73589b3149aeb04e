/* SPDX-License-Identifier: MIT */
#include "import_line.h"

#include <inttypes.h>
#include <string.h>

#include "failure.h"
#include "hasher.h"
#include "query.h"
#include "span.h"
#include "transfer.h"

/* A line as SQLite's json_tree() tells of it: the object, its member, and the members of that. */
enum { KEY, TYPE, ATOM, PARENT };

/* A record that is read. */
typedef struct record_reading {
    ofp_import *import;
    ofp_query tree, insert;
    const ofp_transfer_kind *kind; /* NULL: not known yet */
    uint32_t seen;                 /* bits of the members that were there */
} record_reading;

static ofp_place place_of(const ofp_import *import)
{
    return (ofp_place){.source = import->name, .line = import->line};
}

/* Fails at a member of the record. */
static ofp_status fail_member(const record_reading *reading, const ofp_member *member,
                              ofp_code code, const char *problem, ofp_error **reterr)
{
    return ofp_fail_at(reterr, place_of(reading->import), code, "\"%s\" of the %s %s", member->name,
                       reading->kind->name, problem);
}

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

static ofp_status check_bytes(const ofp_import *import, ofp_text line, ofp_error **reterr)
{
    if (!ofp_span_is_utf8(line))
        return ofp_fail_at(reterr, place_of(import), OFP_CODE_INVALID_UTF8,
                           "the line is not valid UTF-8");
    if (memchr(line.data, '\0', line.size) || has_escaped_zero(line))
        return ofp_fail_at(reterr, place_of(import), OFP_CODE_IMPORT_SYNTAX,
                           "the line has a zero byte, which no text of a store has");
    return ofp_succeed(reterr);
}

static bool is_type(const record_reading *reading, const char *type)
{
    return ofp_span_equal(ofp_query_text(&reading->tree, TYPE), ofp_text_of(type));
}

static ofp_status fail_unknown(const record_reading *reading, ofp_text word, const ofp_text *known,
                               size_t count, ofp_error **reterr)
{
    const ofp_place place = place_of(reading->import);
    const char *where = reading->kind ? reading->kind->name : "line";
    const int nearest = ofp_span_nearest(word, known, count);
    if (nearest < 0)
        return ofp_fail_at(reterr, place, OFP_CODE_UNKNOWN_KEY, "no %s has a member \"%s\"", where,
                           ofp_quote(word).text);
    return ofp_fail_at(reterr, place, OFP_CODE_UNKNOWN_KEY,
                       "no %s has a member \"%s\": did you mean \"%s\"?", where,
                       ofp_quote(word).text, ofp_quote(known[nearest]).text);
}

static ofp_status find_kind(record_reading *reading, ofp_text name, int *ret, ofp_error **reterr)
{
    ofp_text known[OFP_TRANSFER_KIND_COUNT];
    for (int i = 0; i < OFP_TRANSFER_KIND_COUNT; i++) {
        known[i] = ofp_text_of(ofp_transfer_kinds[i].name);
        if (ofp_span_equal(name, known[i])) {
            *ret = i;
            return ofp_succeed(reterr);
        }
    }
    return fail_unknown(reading, name, known, OFP_TRANSFER_KIND_COUNT, reterr);
}

/* @param next where it is, if members come in their order */
static ofp_status find_member(const record_reading *reading, ofp_text name, int next, int *ret,
                              ofp_error **reterr)
{
    const int count = reading->kind->member_count;
    ofp_text known[OFP_MEMBER_LIMIT];
    for (int i = 0; i < count; i++) {
        *ret = (next + i) % count;
        if (ofp_span_equal(name, ofp_text_of(reading->kind->members[*ret].name)))
            return ofp_succeed(reterr);
    }
    for (int i = 0; i < count; i++)
        known[i] = ofp_text_of(reading->kind->members[i].name);
    return fail_unknown(reading, name, known, (size_t)count, reterr);
}

static void note(ofp_query *query, int result)
{
    if (!query->result)
        query->result = result;
}

static ofp_status take_number(record_reading *reading, const ofp_member *member, int index,
                              ofp_error **reterr)
{
    static const struct {
        int64_t least, most;
    } ranges[] = {
        [OFP_MEMBER_NUMBER] = {1, INT64_MAX},
        [OFP_MEMBER_COUNT] = {0, INT32_MAX},
        [OFP_MEMBER_FLAG] = {0, 1},
        [OFP_MEMBER_DATE] = {0, OFP_INSTANT_END / 86400},
        /* Ends and delays may lie behind the last instant that is supported: up to year 9999. */
        [OFP_MEMBER_INSTANT] = {0, INT64_C(253402300799)},
    };
    if (!is_type(reading, "integer"))
        return fail_member(reading, member, OFP_CODE_WRONG_TYPE, "must be a whole number", reterr);
    const int64_t number = ofp_query_integer(&reading->tree, ATOM);
    /* What has no room in 64 bits comes as a floating-point number. */
    if (sqlite3_column_type(reading->tree.statement, ATOM) != SQLITE_INTEGER ||
        number < ranges[member->type].least || number > ranges[member->type].most)
        return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_NUMBER_RANGE,
                           "\"%s\" of the %s must be from %" PRId64 " to %" PRId64, member->name,
                           reading->kind->name, ranges[member->type].least,
                           ranges[member->type].most);
    ofp_query_bind_integer(&reading->insert, index + 1, number);
    return ofp_succeed(reterr);
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool read_hash(ofp_text text, uint8_t ret[OFP_SHA256_SIZE])
{
    if (text.size != 2 * OFP_SHA256_SIZE)
        return false;
    for (size_t i = 0; i < OFP_SHA256_SIZE; i++) {
        const int high = digit_value(text.data[2 * i]), low = digit_value(text.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        ret[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static ofp_status take_text(record_reading *reading, const ofp_member *member, int index,
                            ofp_error **reterr)
{
    if (!is_type(reading, "text"))
        return fail_member(reading, member, OFP_CODE_WRONG_TYPE, "must be a text", reterr);
    const ofp_text text = ofp_query_text(&reading->tree, ATOM);
    if (!text.data)
        return ofp_fail_no_memory(reterr);
    if (member->type == OFP_MEMBER_TEXT) {
        /* Half of a surrogate pair (\ud800) does not make a character. */
        if (!ofp_span_is_utf8(text))
            return fail_member(reading, member, OFP_CODE_INVALID_UTF8, "is not valid Unicode",
                               reterr);
        note(&reading->insert, sqlite3_bind_text64(reading->insert.statement, index + 1, text.data,
                                                   text.size, SQLITE_TRANSIENT, SQLITE_UTF8));
        return ofp_succeed(reterr);
    }
    uint8_t hash[OFP_SHA256_SIZE];
    if (!read_hash(text, hash))
        return fail_member(reading, member, OFP_CODE_IMPORT_SYNTAX,
                           "must be 64 hexadecimal digits, in lower case", reterr);
    note(&reading->insert, sqlite3_bind_blob(reading->insert.statement, index + 1, hash,
                                             sizeof hash, SQLITE_TRANSIENT));
    return ofp_succeed(reterr);
}

/* Takes the member that the tree's row tells of. */
static ofp_status take_member(record_reading *reading, int *next, ofp_error **reterr)
{
    int index = 0;
    const ofp_status status =
        find_member(reading, ofp_query_text(&reading->tree, KEY), *next, &index, reterr);
    if (status)
        return status;
    const ofp_member *member = &reading->kind->members[index];
    if (reading->seen & UINT32_C(1) << index)
        return fail_member(reading, member, OFP_CODE_DUPLICATE_KEY, "stands there twice", reterr);
    reading->seen |= UINT32_C(1) << index;
    *next = index + 1;
    /* What is not bound is NULL. */
    if (member->optional && is_type(reading, "null"))
        return ofp_succeed(reterr);
    return member->type == OFP_MEMBER_TEXT || member->type == OFP_MEMBER_HASH
               ? take_text(reading, member, index, reterr)
               : take_number(reading, member, index, reterr);
}

static ofp_status take_members(record_reading *reading, ofp_error **reterr)
{
    bool row;
    int next = 0;
    ofp_status status;
    while (!(status = ofp_query_next(&reading->tree, &row, reterr)) && row) {
        if (ofp_query_integer(&reading->tree, PARENT) == 0)
            return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_SYNTAX,
                               "the line has more than one record");
        status = take_member(reading, &next, reterr);
        if (status)
            return status;
    }
    for (int i = 0; !status && i < reading->kind->member_count; i++) {
        if (!(reading->seen & UINT32_C(1) << i))
            return fail_member(reading, &reading->kind->members[i], OFP_CODE_MISSING_KEY,
                               "is missing", reterr);
    }
    return status;
}

static ofp_status write_record(record_reading *reading, ofp_error **reterr)
{
    sqlite3 *db = reading->import->store->db;
    const int result =
        reading->insert.result ? reading->insert.result : sqlite3_step(reading->insert.statement);
    if (result == SQLITE_DONE)
        return ofp_succeed(reterr);
    if ((result & 0xff) == SQLITE_CONSTRAINT)
        return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_INCONSISTENT,
                           "the %s does not hold together, or with those before: %s",
                           reading->kind->name, ofp_quote(ofp_text_of(sqlite3_errmsg(db))).text);
    return ofp_sqlite_fail(db, result, reterr);
}

static ofp_status read_record(record_reading *reading, ofp_error **reterr)
{
    ofp_import *import = reading->import;
    int kind = 0;
    ofp_status status = find_kind(reading, ofp_query_text(&reading->tree, KEY), &kind, reterr);
    if (status)
        return status;
    reading->kind = &ofp_transfer_kinds[kind];
    if (kind < import->kind)
        return ofp_fail_at(reterr, place_of(import), OFP_CODE_IMPORT_SYNTAX,
                           "this %s stands behind a record of the kind \"%s\": lines were moved",
                           reading->kind->name, ofp_transfer_kinds[import->kind].name);
    if (!is_type(reading, "object"))
        return ofp_fail_at(reterr, place_of(import), OFP_CODE_WRONG_TYPE,
                           "the %s must be an object", reading->kind->name);
    import->kind = kind;
    status = ofp_query_start(import->store, reading->kind->insert, &reading->insert, reterr);
    if (!status)
        status = take_members(reading, reterr);
    return status ? status : write_record(reading, reterr);
}

/* The line must have one member, with a whole number. @param name of the member */
static ofp_status read_only_number(record_reading *reading, const char *name, int64_t *ret,
                                   ofp_error **reterr)
{
    ofp_query *tree = &reading->tree;
    bool more = !ofp_span_equal(ofp_query_text(tree, KEY), ofp_text_of(name)) ||
                !is_type(reading, "integer");
    *ret = ofp_query_integer(tree, ATOM);
    ofp_status status = more ? OFP_STATUS_OK : ofp_query_next(tree, &more, reterr);
    if (!status && more)
        return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_SYNTAX,
                           "here must be a line such as {\"%s\":1}: is this an export of a store?",
                           name);
    return status;
}

/* The first line, which says what all this is. */
static ofp_status read_mark(record_reading *reading, ofp_error **reterr)
{
    int64_t version;
    const ofp_status status = read_only_number(reading, OFP_TRANSFER_MARK, &version, reterr);
    if (!status && version != OFP_TRANSFER_VERSION)
        return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_SYNTAX,
                           "the export is of version %" PRId64 ": this library reads version %d",
                           version, OFP_TRANSFER_VERSION);
    reading->import->marked = !status;
    return status;
}

/* The last line, which says how many records must have been there. */
static ofp_status read_end(record_reading *reading, ofp_error **reterr)
{
    int64_t records;
    const ofp_status status = read_only_number(reading, OFP_TRANSFER_END, &records, reterr);
    if (!status && records != reading->import->records)
        return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_INCONSISTENT,
                           "the export had %" PRId64 " records, but here are %" PRId64, records,
                           reading->import->records);
    reading->import->ended = !status;
    return status;
}

/* Reads the line on whose first member the tree stands. */
static ofp_status read_member(record_reading *reading, ofp_error **reterr)
{
    ofp_import *import = reading->import;
    if (!import->marked)
        return read_mark(reading, reterr);
    if (import->ended)
        return ofp_fail_at(reterr, place_of(import), OFP_CODE_IMPORT_SYNTAX,
                           "the line stands behind the end of the export");
    if (ofp_span_equal(ofp_query_text(&reading->tree, KEY), OFP_LITERAL(OFP_TRANSFER_END)))
        return read_end(reading, reterr);
    import->records++;
    return read_record(reading, reterr);
}

static ofp_status read_object(record_reading *reading, ofp_error **reterr)
{
    bool row = false;
    ofp_status status = ofp_query_next(&reading->tree, &row, reterr);
    if (!status && !is_type(reading, "object"))
        return ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_SYNTAX,
                           "the line is not one JSON object");
    if (!status)
        status = ofp_query_next(&reading->tree, &row, reterr);
    if (status)
        return status;
    return row ? read_member(reading, reterr)
               : ofp_fail_at(reterr, place_of(reading->import), OFP_CODE_IMPORT_SYNTAX,
                             "the line has no record");
}

ofp_status ofp_import_line(ofp_import *import, ofp_text line, ofp_error **reterr)
{
    record_reading reading = {.import = import};
    ofp_status status = check_bytes(import, line, reterr);
    if (status)
        return status;
    status = ofp_query_start(import->store, OFP_STATEMENT_READ_LINE, &reading.tree, reterr);
    ofp_query_bind_text(&reading.tree, 1, line);
    if (!status)
        status = read_object(&reading, reterr);
    ofp_query_end(&reading.insert);
    ofp_query_end(&reading.tree);
    return status;
}
