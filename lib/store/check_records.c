/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>

#include "record_rows.h"

/* What a row of a statement tells. */
typedef ofp_status row_check(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                             ofp_error **reterr);

/* Each row is an event whose record is no JSON. */
static ofp_status check_event(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                              ofp_error **reterr)
{
    (void)records;
    ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                    "event %" PRId64 " of the audit log has no record that can be read",
                    ofp_query_integer(query, 0));
    return ofp_succeed(reterr);
}

/* Each row is a migration that is not what its newest event says, and in which members. */
static ofp_status check_migration(ofp_checkup *checkup, const ofp_query *query,
                                  ofp_records *records, ofp_error **reterr)
{
    (void)records;
    char id[OFP_ID_SIZE];
    ofp_migration_id_format(ofp_query_integer(query, 0), id);
    const int64_t event = ofp_query_instant(query, 1);
    const ofp_text members = ofp_query_text(query, 2);
    if (event != OFP_INSTANT_NONE)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "%s is not what its newest event, %" PRId64 ", says%s%s", id, event,
                        members.data ? ": " : "", ofp_quote(members).text);
    else
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT, "%s is in no event of the audit log",
                        id);
    return ofp_succeed(reterr);
}

static ofp_status check_action(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                               ofp_error **reterr)
{
    enum { EVENT = 17, BELONGS = 18 };
    if (ofp_query_integer(query, BELONGS) != 1)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "action %" PRId64 " does not belong to event %" PRId64 ", which it names",
                        ofp_query_integer(query, 0), ofp_query_integer(query, EVENT));
    return ofp_add_action_row(query, records, reterr);
}

static ofp_status check_decision(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                                 ofp_error **reterr)
{
    enum { VALID = 8 };
    if (ofp_query_integer(query, VALID) != 1)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "logged decision %" PRId64 " is no JSON", ofp_query_integer(query, 0));
    return ofp_add_decision_row(query, records, reterr);
}

static ofp_status check_rows(ofp_checkup *checkup, ofp_statement which, row_check *check,
                             ofp_records *records, ofp_error **reterr)
{
    bool row;
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, which, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row) {
        ofp_error *error = NULL;
        ofp_records_reset(records);
        status = check(checkup, &query, records, &error);
        status = ofp_checkup_take(checkup, status, error, reterr);
    }
    ofp_query_end(&query);
    return status;
}

ofp_status ofp_checkup_records(ofp_checkup *checkup, ofp_error **reterr)
{
    static const struct {
        ofp_statement statement;
        row_check *check;
    } checks[] = {
        {OFP_STATEMENT_CHECK_EVENTS, check_event},
        {OFP_STATEMENT_CHECK_MIGRATIONS, check_migration},
        {OFP_STATEMENT_CHECK_ACTIONS, check_action},
        {OFP_STATEMENT_CHECK_DECISIONS, check_decision},
    };
    ofp_records *records = ofp_records_new();
    ofp_status status = records ? OFP_STATUS_OK : ofp_fail_no_memory(reterr);
    for (size_t i = 0; !status && i < sizeof checks / sizeof *checks; i++)
        status = check_rows(checkup, checks[i].statement, checks[i].check, records, reterr);
    ofp_records_free(records);
    return status;
}
