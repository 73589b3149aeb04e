/* SPDX-License-Identifier: MIT */
#include "store_filter.h"

#include "failure.h"
#include "sized.h"

ofp_status ofp_read_filter(const void *given, void *known, size_t known_size, size_t *limit,
                           ofp_error **reterr)
{
    const ofp_status status = ofp_read_sized(given, known, known_size, "the filter", reterr);
    if (!status && *limit == 0)
        *limit = OFP_PAGE_SIZE;
    return status;
}

ofp_status ofp_find_start(ofp_store *store, ofp_statement which, int64_t since, int64_t until,
                          int64_t *after, ofp_error **reterr)
{
    ofp_query query;
    bool row;
    if (*after > 0)
        return ofp_succeed(reterr);
    ofp_status status = ofp_query_start(store, which, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, since);
    ofp_query_bind_instant(&query, 2, until);
    status = ofp_query_next(&query, &row, reterr);
    if (!status) {
        const int64_t first = ofp_query_instant(&query, 0);
        *after = first == OFP_INSTANT_NONE ? INT64_MAX : first - 1;
    }
    ofp_query_end(&query);
    return status;
}
