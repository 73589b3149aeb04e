/* SPDX-License-Identifier: MIT */
#include "import_record.h"

#include <inttypes.h>

#include "hasher.h"
#include "span.h"

bool ofp_record_is(const ofp_record_reading *reading, const char *type)
{
    return ofp_span_equal(ofp_query_text(&reading->tree, OFP_TREE_TYPE), ofp_text_of(type));
}

ofp_status ofp_record_fail_unknown(const ofp_record_reading *reading, ofp_text word,
                                   const ofp_text *known, size_t count, ofp_error **reterr)
{
    const ofp_place place = ofp_record_place(reading);
    const char *where = reading->kind ? reading->kind->name : "line";
    const int nearest = ofp_span_nearest(word, known, count);
    if (nearest < 0)
        return ofp_fail_at(reterr, place, OFP_CODE_UNKNOWN_KEY, "no %s has a member \"%s\"", where,
                           ofp_quote(word).text);
    return ofp_fail_at(reterr, place, OFP_CODE_UNKNOWN_KEY,
                       "no %s has a member \"%s\": did you mean \"%s\"?", where,
                       ofp_quote(word).text, ofp_quote(known[nearest]).text);
}

/* Fails at a member of the record. */
static ofp_status fail_member(const ofp_record_reading *reading, const ofp_member *member,
                              ofp_code code, const char *problem, ofp_error **reterr)
{
    return ofp_fail_at(reterr, ofp_record_place(reading), code, "\"%s\" of the %s %s", member->name,
                       reading->kind->name, problem);
}

/* @param next where it is, if members come in their order */
static ofp_status find_member(const ofp_record_reading *reading, ofp_text name, int next, int *ret,
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
    return ofp_record_fail_unknown(reading, name, known, (size_t)count, reterr);
}

static void note(ofp_query *query, int result)
{
    if (!query->result)
        query->result = result;
}

static ofp_status take_number(ofp_record_reading *reading, const ofp_member *member, int index,
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
    if (!ofp_record_is(reading, "integer"))
        return fail_member(reading, member, OFP_CODE_WRONG_TYPE, "must be a whole number", reterr);
    const int64_t number = ofp_query_integer(&reading->tree, OFP_TREE_ATOM);
    /* What has no room in 64 bits comes as a floating-point number. */
    if (sqlite3_column_type(reading->tree.statement, OFP_TREE_ATOM) != SQLITE_INTEGER ||
        number < ranges[member->type].least || number > ranges[member->type].most)
        return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_NUMBER_RANGE,
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

static ofp_status take_text(ofp_record_reading *reading, const ofp_member *member, int index,
                            ofp_error **reterr)
{
    if (!ofp_record_is(reading, "text"))
        return fail_member(reading, member, OFP_CODE_WRONG_TYPE, "must be a text", reterr);
    const ofp_text text = ofp_query_text(&reading->tree, OFP_TREE_ATOM);
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
static ofp_status take_member(ofp_record_reading *reading, int *next, ofp_error **reterr)
{
    int index = 0;
    const ofp_status status =
        find_member(reading, ofp_query_text(&reading->tree, OFP_TREE_KEY), *next, &index, reterr);
    if (status)
        return status;
    const ofp_member *member = &reading->kind->members[index];
    if (reading->seen & UINT32_C(1) << index)
        return fail_member(reading, member, OFP_CODE_DUPLICATE_KEY, "stands there twice", reterr);
    reading->seen |= UINT32_C(1) << index;
    *next = index + 1;
    /* What is not bound is NULL. */
    if (member->optional && ofp_record_is(reading, "null"))
        return ofp_succeed(reterr);
    return member->type == OFP_MEMBER_TEXT || member->type == OFP_MEMBER_HASH
               ? take_text(reading, member, index, reterr)
               : take_number(reading, member, index, reterr);
}

ofp_status ofp_record_take_members(ofp_record_reading *reading, ofp_error **reterr)
{
    bool row;
    int next = 0;
    ofp_status status;
    while (!(status = ofp_query_next(&reading->tree, &row, reterr)) && row) {
        if (ofp_query_integer(&reading->tree, OFP_TREE_PARENT) == 0)
            return ofp_fail_at(reterr, ofp_record_place(reading), OFP_CODE_IMPORT_SYNTAX,
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
