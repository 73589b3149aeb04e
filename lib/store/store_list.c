/* SPDX-License-Identifier: MIT */
/* Looking migrations and events up. */
#include "failure.h"
#include "moment.h"
#include "record_rows.h"
#include "record_words.h"
#include "store_filter.h"

static ofp_status add_events_of(ofp_store *store, int64_t number, ofp_records *records,
                                ofp_error **reterr)
{
    ofp_query query;
    const ofp_status status =
        ofp_query_start(store, OFP_STATEMENT_LIST_EVENTS_OF_MIGRATION, &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, 0);
    ofp_query_bind_integer(&query, 2, INT64_MAX);
    ofp_query_bind_integer(&query, 3, INT64_MIN);
    ofp_query_bind_integer(&query, 5, number);
    return ofp_add_rows(&query, 0, ofp_add_event_row, records, reterr);
}

static ofp_status read_story(ofp_store *store, const void *what, ofp_records *records,
                             ofp_error **reterr)
{
    const ofp_text *id = what;
    /* What is no id has the number 0, which no migration has. */
    const int64_t number = ofp_migration_id_parse(*id);
    ofp_status status = ofp_add_rows_of(store, OFP_STATEMENT_READ_MIGRATION, number,
                                        ofp_add_migration_row, records, reterr);
    if (!status && records->migrations.count == 0)
        return ofp_fail(reterr, OFP_CODE_UNKNOWN_MIGRATION, "there is no migration \"%s\"%s",
                        ofp_quote(*id).text, number ? "" : ": ids look like M-17");
    if (!status)
        status = add_events_of(store, number, records, reterr);
    if (!status)
        status = ofp_add_rows_of(store, OFP_STATEMENT_READ_ACTIONS_OF_MIGRATION, number,
                                 ofp_add_action_row, records, reterr);
    return status;
}

ofp_status ofp_store_find(ofp_store *store, ofp_text id, ofp_records **ret, ofp_error **reterr)
{
    return ofp_read_records(store, read_story, &id, ret, reterr);
}

/* What a state means in the columns: a status, and where its end is. */
static void bind_state(ofp_query *query, const ofp_migration_filter *filter)
{
    static const struct {
        const char *status;
        bool ended, not_ended;
    } states[] = {
        [OFP_MIGRATION_IS_OPEN] = {"requested", .not_ended = true},
        [OFP_MIGRATION_IS_LIVE] = {"approved", .not_ended = true},
        [OFP_MIGRATION_IS_REFUSED] = {"refused"},
        [OFP_MIGRATION_IS_COMPLETED] = {"completed"},
        [OFP_MIGRATION_IS_CANCELLED] = {"cancelled"},
        [OFP_MIGRATION_IS_ENDED] = {"approved", .ended = true},
        [OFP_MIGRATION_IS_MISSED] = {"requested", .ended = true},
    };
    int64_t after = INT64_MIN;
    int64_t before = filter->ends_before == OFP_INSTANT_NONE ? INT64_MAX : filter->ends_before;
    if (filter->state != OFP_MIGRATION_ANY) {
        ofp_query_bind_text(query, 2, ofp_text_of(states[filter->state].status));
        if (states[filter->state].not_ended)
            after = filter->at;
        if (states[filter->state].ended && filter->at + 1 < before)
            before = filter->at + 1;
    }
    ofp_query_bind_integer(query, 3, after);
    ofp_query_bind_integer(query, 4, before);
}

static ofp_status read_migrations(ofp_store *store, const void *what, ofp_records *records,
                                  ofp_error **reterr)
{
    const ofp_migration_filter *filter = what;
    ofp_query query;
    const ofp_status status = ofp_query_start(
        store,
        filter->org.data ? OFP_STATEMENT_LIST_MIGRATIONS_OF_ORG : OFP_STATEMENT_LIST_MIGRATIONS,
        &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, ofp_migration_id_parse(filter->after));
    bind_state(&query, filter);
    ofp_query_bind_integer(&query, 5, ofp_query_limit(filter->limit));
    ofp_query_bind_text(&query, 6, filter->org);
    return ofp_add_rows(&query, filter->limit, ofp_add_migration_row, records, reterr);
}

static ofp_status check_migration_filter(const ofp_migration_filter *filter, ofp_error **reterr)
{
    if (filter->state < OFP_MIGRATION_ANY ||
        (filter->state > OFP_MIGRATION_ANY && !ofp_migration_state_name(filter->state)))
        return ofp_fail(reterr, OFP_CODE_MISUSE, "filter->state is %d: there is no such state",
                        (int)filter->state);
    const bool by_clock =
        filter->state == OFP_MIGRATION_IS_OPEN || filter->state == OFP_MIGRATION_IS_LIVE ||
        filter->state == OFP_MIGRATION_IS_ENDED || filter->state == OFP_MIGRATION_IS_MISSED;
    if (by_clock && !ofp_instant_is_supported(filter->at))
        return ofp_fail(reterr, OFP_CODE_INSTANT_RANGE, "filter->at, which tells what is %s, %s",
                        ofp_migration_state_name(filter->state),
                        ofp_moment_problem(OFP_CODE_INSTANT_RANGE));
    if (filter->after.data && !ofp_migration_id_parse(filter->after))
        return ofp_fail(reterr, OFP_CODE_UNKNOWN_MIGRATION,
                        "\"%s\" is no migration to go on after: ids look like M-17",
                        ofp_quote(filter->after).text);
    return ofp_succeed(reterr);
}

ofp_status ofp_store_list(ofp_store *store, const ofp_migration_filter *filter, ofp_records **ret,
                          ofp_error **reterr)
{
    ofp_migration_filter known = OFP_MIGRATION_FILTER_INIT;
    ofp_status status = OFP_READ_FILTER(filter, &known, reterr);
    if (!status)
        status = check_migration_filter(&known, reterr);
    return status ? status : ofp_read_records(store, read_migrations, &known, ret, reterr);
}

static ofp_status read_events(ofp_store *store, const void *what, ofp_records *records,
                              ofp_error **reterr)
{
    const ofp_event_filter *filter = what;
    const bool of_all = !filter->migration.data && !filter->org.data;
    int64_t after = filter->after;
    ofp_query query;
    ofp_status status = ofp_succeed(reterr);
    if (of_all && filter->since != OFP_INSTANT_NONE)
        status = ofp_find_start(store, OFP_STATEMENT_FIRST_EVENT_SINCE, filter->since,
                                OFP_INSTANT_NONE, &after, reterr);
    if (!status)
        status = ofp_query_start(store,
                                 filter->migration.data ? OFP_STATEMENT_LIST_EVENTS_OF_MIGRATION
                                 : filter->org.data     ? OFP_STATEMENT_LIST_EVENTS_OF_ORG
                                                        : OFP_STATEMENT_LIST_EVENTS,
                                 &query, reterr);
    if (status)
        return status;
    ofp_query_bind_integer(&query, 1, after);
    ofp_query_bind_integer(&query, 2, ofp_query_limit(filter->limit));
    ofp_query_bind_integer(&query, 3, filter->since);
    ofp_query_bind_text(&query, 4, filter->org);
    if (filter->migration.data)
        ofp_query_bind_integer(&query, 5, ofp_migration_id_parse(filter->migration));
    return ofp_add_rows(&query, filter->limit, ofp_add_event_row, records, reterr);
}

ofp_status ofp_store_events(ofp_store *store, const ofp_event_filter *filter, ofp_records **ret,
                            ofp_error **reterr)
{
    ofp_event_filter known = OFP_EVENT_FILTER_INIT;
    const ofp_status status = OFP_READ_FILTER(filter, &known, reterr);
    return status ? status : ofp_read_records(store, read_events, &known, ret, reterr);
}
