/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "query.h"
#include "span.h"

/*
 * What SQLite has found. A page that can't be read or for which there is no memory is told in
 * words, too, but the file is not to blame for it.
 */
static ofp_status take_finding(ofp_checkup *checkup, ofp_text said, ofp_error **reterr)
{
    static const char mark[] = "error code=";
    const char *code = said.data ? strstr(said.data, mark) : NULL;
    const int result = code ? atoi(code + strlen(mark)) : SQLITE_CORRUPT;
    if ((result & 0xff) != SQLITE_CORRUPT)
        return ofp_sqlite_fail(checkup->store->db, result, reterr);
    if (!ofp_span_equal(said, OFP_LITERAL("ok")))
        ofp_checkup_add(checkup, OFP_CODE_STORE_CORRUPT, "the file is damaged: %s",
                        ofp_quote(said).text);
    return ofp_succeed(reterr);
}

static ofp_status check_integrity(ofp_checkup *checkup, ofp_error **reterr)
{
    bool row = true;
    ofp_query query;
    ofp_status status =
        ofp_query_start(checkup->store, OFP_STATEMENT_CHECK_INTEGRITY, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row)
        status = take_finding(checkup, ofp_query_text(&query, 0), reterr);
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

ofp_status ofp_checkup_file(ofp_checkup *checkup, ofp_error **reterr)
{
    const ofp_status status = check_integrity(checkup, reterr);
    return status ? status : check_references(checkup, reterr);
}
