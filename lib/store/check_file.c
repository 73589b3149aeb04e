/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>
#include <string.h>

#include "cursor.h"
#include "query.h"
#include "span.h"

/*
 * A page that can't be read, or for which there is no memory, is told in words like all else, but
 * the file is not to blame for it.
 * @return a result code; SQLITE_CORRUPT for everything else
 */
static int read_code(ofp_text said)
{
    static const ofp_text mark = OFP_LITERAL("error code=");
    const char *place = memmem(said.data, said.size, mark.data, mark.size);
    if (!place)
        return SQLITE_CORRUPT;
    ofp_cursor cursor = {place + mark.size, said.data + said.size};
    int64_t code = SQLITE_CORRUPT;
    ofp_cursor_take_number(&cursor, 1, 9, &code);
    return (int)code;
}

/* What SQLite has found: one thing, or "ok", or a headline and many things, a line each. */
static ofp_status take_findings(ofp_checkup *checkup, ofp_text said, ofp_error **reterr)
{
    while (said.size) {
        const char *end = memchr(said.data, '\n', said.size);
        const ofp_text line = {said.data, end ? (size_t)(end - said.data) : said.size};
        const int code = read_code(line);
        if ((code & 0xff) != SQLITE_CORRUPT)
            return ofp_sqlite_fail(checkup->store->db, code, reterr);
        if (*line.data != '*' && !ofp_span_equal(line, OFP_LITERAL("ok")))
            ofp_checkup_add(checkup, OFP_CODE_STORE_CORRUPT, "the file is damaged: %s",
                            ofp_quote(line).text);
        said.data += line.size + !!end;
        said.size -= line.size + !!end;
    }
    return ofp_succeed(reterr);
}

static ofp_status run_check(ofp_checkup *checkup, ofp_statement which, ofp_error **reterr)
{
    bool row = true;
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, which, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        status = take_findings(checkup, ofp_query_text(&query, 0), reterr);
    ofp_query_end(&query);
    return status;
}

static ofp_status check_references(ofp_checkup *checkup, ofp_error **reterr)
{
    bool row = true;
    ofp_query query;
    ofp_status status =
        ofp_query_start(checkup->store, OFP_STATEMENT_CHECK_REFERENCES, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "row %" PRId64
                        " of the table \"%s\" names a row of \"%s\" that is not there",
                        ofp_query_integer(&query, 1), ofp_quote(ofp_query_text(&query, 0)).text,
                        ofp_quote(ofp_query_text(&query, 2)).text);
    ofp_query_end(&query);
    return status;
}

/*
 * The quick check looks at all pages, too; only if they are in order the whole one may count what
 * is in indexes, which else might go on without end.
 */
ofp_status ofp_checkup_file(ofp_checkup *checkup, ofp_error **reterr)
{
    ofp_status status = run_check(checkup, OFP_STATEMENT_CHECK_PAGES, reterr);
    if (!status && !checkup->report.error_count)
        status = run_check(checkup, OFP_STATEMENT_CHECK_INTEGRITY, reterr);
    return status ? status : check_references(checkup, reterr);
}
