/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>

#include "query.h"
#include "span.h"

static ofp_status check_integrity(ofp_checkup *checkup, ofp_error **reterr)
{
    bool row = true;
    ofp_query query;
    ofp_status status =
        ofp_query_start(checkup->store, OFP_STATEMENT_CHECK_INTEGRITY, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row) {
        const ofp_text said = ofp_query_text(&query, 0);
        if (!ofp_span_equal(said, OFP_LITERAL("ok")))
            ofp_checkup_add(checkup, OFP_CODE_STORE_CORRUPT, "the file is damaged: %s",
                            ofp_quote(said).text);
    }
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
