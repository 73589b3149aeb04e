/* SPDX-License-Identifier: MIT */
#include "failure.h"
#include "record_rows.h"

ofp_status ofp_add_rows(ofp_query *query, size_t limit, ofp_row_adder *add, ofp_records *records,
                        ofp_error **reterr)
{
    size_t count = 0;
    bool row;
    ofp_status status;
    while (!(status = ofp_query_next(query, &row, reterr)) && row) {
        records->more = limit && count == limit;
        if (records->more)
            break;
        status = add(query, records, reterr);
        if (status)
            break;
        count++;
    }
    ofp_query_end(query);
    return status;
}

ofp_status ofp_add_rows_of(ofp_store *store, ofp_statement which, int64_t number,
                           ofp_row_adder *add, ofp_records *records, ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status = ofp_query_start(store, which, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, number);
    return ofp_add_rows(&query, 0, add, records, reterr);
}

int64_t ofp_query_limit(size_t limit)
{
    return limit < INT64_MAX ? (int64_t)limit + 1 : INT64_MAX;
}

ofp_status ofp_read_records(ofp_store *store, ofp_record_reader *reader, const void *what,
                            ofp_records **ret, ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    ofp_records *records = ofp_records_new();
    status = records ? reader(store, what, records, reterr) : ofp_fail_no_memory(reterr);
    status = ofp_store_finish(store, status, reterr);
    if (status)
        ofp_records_free(records);
    else
        *ret = records;
    return status;
}
