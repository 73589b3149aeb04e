/* SPDX-License-Identifier: MIT */
#include "schema_check.h"

#include "query.h"
#include "schema.h"
#include "span.h"

enum { OBJECT_COUNT = sizeof ofp_schema / sizeof *ofp_schema };

/* A row of sqlite_schema. */
typedef struct object {
    ofp_text type, name, sql;
} object;

/* What SQLite makes by itself: indexes of UNIQUE columns, and the statistics of ANALYZE. */
static bool is_internal(const object *found)
{
    static const char automatic[] = "sqlite_autoindex_";
    const ofp_text name = found->name;
    if (!found->sql.data)
        return name.size > strlen(automatic) &&
               memcmp(name.data, automatic, strlen(automatic)) == 0;
    return ofp_span_equal(found->type, OFP_LITERAL("table")) &&
           (ofp_span_equal(name, OFP_LITERAL("sqlite_stat1")) ||
            ofp_span_equal(name, OFP_LITERAL("sqlite_stat4")));
}

/* The index of the object with this type and name in a store's layout, or -1. */
static int find_object(const object *found)
{
    for (int i = 0; i < OBJECT_COUNT; i++) {
        if (ofp_span_equal(found->name, ofp_text_of(ofp_schema[i].name)) &&
            ofp_span_equal(found->type, ofp_text_of(ofp_schema[i].type)))
            return i;
    }
    return -1;
}

/* Looks at one object. @param seen is marked if the layout has it */
static void compare_object(const object *found, bool *seen, const char *source, ofp_report *report)
{
    const ofp_place place = {.source = source};
    const int index = find_object(found);
    if (index >= 0)
        seen[index] = true;
    if (index < 0 && !is_internal(found))
        ofp_report_add(report, place, OFP_CODE_STORE_CORRUPT,
                       "the %s \"%s\" does not belong to a store", ofp_quote(found->type).text,
                       ofp_quote(found->name).text);
    else if (index >= 0 && !ofp_span_equal(found->sql, ofp_text_of(ofp_schema[index].sql)))
        ofp_report_add(report, place, OFP_CODE_STORE_CORRUPT,
                       "the %s \"%s\" is not what this library makes", ofp_schema[index].type,
                       ofp_schema[index].name);
}

ofp_status ofp_schema_compare(ofp_store *store, const char *source, ofp_report *report,
                              ofp_error **reterr)
{
    bool seen[OBJECT_COUNT] = {false};
    bool row = true;
    ofp_query query;
    ofp_status status = ofp_query_start(store, OFP_STATEMENT_READ_SCHEMA, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row) {
        const object found = {ofp_query_text(&query, 0), ofp_query_text(&query, 1),
                              ofp_query_text(&query, 2)};
        compare_object(&found, seen, source, report);
    }
    ofp_query_end(&query);
    for (int i = 0; !status && i < OBJECT_COUNT; i++) {
        if (!seen[i])
            ofp_report_add(report, (ofp_place){.source = source}, OFP_CODE_STORE_CORRUPT,
                           "the %s \"%s\" is missing", ofp_schema[i].type, ofp_schema[i].name);
    }
    return status;
}

ofp_status ofp_schema_check(ofp_store *store, ofp_error **reterr)
{
    ofp_report report = {0};
    ofp_status status =
        ofp_schema_compare(store, sqlite3_db_filename(store->db, "main"), &report, reterr);
    if (!status && (report.count || report.failed))
        status = ofp_report_fail(&report, reterr);
    ofp_report_free(&report);
    return status;
}
