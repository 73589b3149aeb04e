/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>

#include "record_rows.h"

/* Looks at a row of a statement. @param records empty, for what is read from it */
typedef ofp_status row_check(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                             ofp_error **reterr);

static ofp_status check_each(ofp_checkup *checkup, ofp_query *query, row_check *check,
                             ofp_records *records, ofp_error **reterr)
{
    bool row;
    ofp_status status;
    while (!(status = ofp_query_next(query, &row, reterr)) && row) {
        ofp_error *error = NULL;
        ofp_records_reset(records);
        status = check(checkup, query, records, &error);
        status = ofp_checkup_take(checkup, status, error, reterr);
        if (status)
            break;
    }
    return status;
}

static ofp_status check_rows(ofp_checkup *checkup, ofp_statement which, row_check *check,
                             ofp_error **reterr)
{
    ofp_records *records = ofp_records_new();
    if (!records)
        return ofp_fail_no_memory(reterr);
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, which, &query, reterr);
    if (!status)
        status = check_each(checkup, &query, check, records, reterr);
    ofp_query_end(&query);
    ofp_records_free(records);
    return status;
}

/* --- documents -------------------------------------------------------------------------------- */

/* Are the documents of a row JSON? @param which fails if they are not */
static ofp_status probe(ofp_checkup *checkup, ofp_statement which, int64_t number, bool *retwrong,
                        ofp_error **reterr)
{
    bool row;
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, which, &query, reterr);
    ofp_query_bind_integer(&query, 1, number);
    if (!status)
        status = ofp_query_next(&query, &row, NULL);
    ofp_query_end(&query);
    *retwrong = status == OFP_STATUS_CORRUPT;
    return status && !*retwrong ? ofp_fail_no_memory(reterr) : ofp_succeed(reterr);
}

static ofp_status check_event(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                              ofp_error **reterr)
{
    (void)records;
    bool wrong = false;
    const int64_t seq = ofp_query_integer(query, 0);
    const ofp_status status = probe(checkup, OFP_STATEMENT_PROBE_EVENT, seq, &wrong, reterr);
    checkup->unreadable |= wrong;
    if (wrong)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "event %" PRId64 " of the audit log has no record that can be read", seq);
    return status;
}

ofp_status ofp_checkup_events(ofp_checkup *checkup, ofp_error **reterr)
{
    return check_rows(checkup, OFP_STATEMENT_CHECK_EVENTS, check_event, reterr);
}

static ofp_status check_documents(ofp_checkup *checkup, const ofp_query *query,
                                  ofp_records *records, ofp_error **reterr)
{
    (void)records;
    bool wrong = false;
    const int64_t seq = ofp_query_integer(query, 0);
    const ofp_status status = probe(checkup, OFP_STATEMENT_PROBE_DOCUMENTS, seq, &wrong, reterr);
    if (wrong)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "logged decision %" PRId64 " is no JSON", seq);
    return status;
}

/* --- records ---------------------------------------------------------------------------------- */

/* Each row is a migration that is not what its newest event says, and in which members. */
static ofp_status check_migration(ofp_checkup *checkup, const ofp_query *query,
                                  ofp_records *records, ofp_error **reterr)
{
    (void)records;
    char id[OFP_ID_SIZE];
    ofp_migration_id_format(ofp_query_integer(query, 0), id);
    const int64_t event = ofp_query_instant(query, 1);
    const ofp_text members = ofp_query_text(query, 2);
    if (event == OFP_INSTANT_NONE)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT, "%s is in no event of the audit log",
                        id);
    else
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "%s is not what its newest event, %" PRId64 ", says%s%s", id, event,
                        members.data ? ": " : "", ofp_quote(members).text);
    return ofp_succeed(reterr);
}

ofp_status ofp_checkup_migrations(ofp_checkup *checkup, ofp_error **reterr)
{
    return check_rows(checkup, OFP_STATEMENT_CHECK_MIGRATIONS, check_migration, reterr);
}

static ofp_status check_action(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                               ofp_error **reterr)
{
    enum { EVENT = 17, BELONGS = 18 };
    if (ofp_query_integer(query, BELONGS) != 1)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "action %" PRId64 " does not belong to event %" PRId64 ", which it names",
                        ofp_query_integer(query, 0), ofp_query_integer(query, EVENT));
    ofp_checkup_texts(checkup, query, "action");
    return ofp_add_action_row(query, records, reterr);
}

ofp_status ofp_checkup_actions(ofp_checkup *checkup, ofp_error **reterr)
{
    return check_rows(checkup, OFP_STATEMENT_CHECK_ACTIONS, check_action, reterr);
}

static ofp_status check_decision(ofp_checkup *checkup, const ofp_query *query, ofp_records *records,
                                 ofp_error **reterr)
{
    ofp_checkup_texts(checkup, query, "logged decision");
    return ofp_add_decision_row(query, records, reterr);
}

ofp_status ofp_checkup_decisions(ofp_checkup *checkup, ofp_error **reterr)
{
    const ofp_status status =
        check_rows(checkup, OFP_STATEMENT_CHECK_DECISIONS, check_decision, reterr);
    return status ? status
                  : check_rows(checkup, OFP_STATEMENT_CHECK_DOCUMENTS, check_documents, reterr);
}
