/* SPDX-License-Identifier: MIT */
#include "checkup.h"

#include <inttypes.h>

#include "life_rules.h"
#include "record_rows.h"
#include "span.h"

/* The columns of the statement, behind those of the event and its record. */
enum { MIGRATION = 40, ORG, DUE_AT };

/* A migration's way so far. */
typedef struct life {
    int64_t migration;       /* its number; 0: there was no event yet */
    ofp_records *last, *now; /* its event before this one, and this one */
} migration_life;

/* The only event among records; NULL: there is none. */
static const ofp_event *event_of(const ofp_records *records)
{
    return records->events.count ? &records->events.items[0] : NULL;
}

static void check_event(ofp_checkup *checkup, const ofp_query *query, const migration_life *life)
{
    const ofp_event *event = event_of(life->now), *last = event_of(life->last);
    const ofp_migration_record *record = event->migration;
    const int64_t number = ofp_query_integer(query, MIGRATION);
    const ofp_passage passage = {
        .event = event,
        .before = number == life->migration ? last->migration : NULL,
        .due_at = ofp_query_instant(query, DUE_AT),
    };
    char id[OFP_ID_SIZE];
    ofp_migration_id_format(number, id);
    const bool about = ofp_span_equal(record->id, ofp_text_of(id)) &&
                       ofp_span_equal(record->org, ofp_query_text(query, ORG));
    const char *problem =
        about ? ofp_passage_problem(&passage) : "it tells of another migration or org";
    if (problem)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT, "event %" PRId64 " (%s) of %s: %s",
                        event->seq, ofp_event_kind_name(event->kind), id, problem);
}

/* @return of a row that can't be read: corrupt */
static ofp_status check_row(ofp_checkup *checkup, const ofp_query *query, migration_life *life,
                            ofp_error **reterr)
{
    ofp_records_reset(life->now);
    const ofp_status status = ofp_add_event_row(query, life->now, reterr);
    if (status)
        return status;
    const ofp_event *event = event_of(life->now);
    if (!event->migration || event->kind >= OFP_EVENT_CREATE)
        /* No event of a migration, which the look at the chain has found. */
        return ofp_succeed(reterr);
    ofp_checkup_texts(checkup, query, "the record of event");
    check_event(checkup, query, life);
    *life = (migration_life){ofp_query_integer(query, MIGRATION), life->now, life->last};
    return ofp_succeed(reterr);
}

static ofp_status check_rows(ofp_checkup *checkup, migration_life *life, ofp_error **reterr)
{
    bool row;
    ofp_query query;
    ofp_status status = ofp_query_start(checkup->store, OFP_STATEMENT_CHECK_LIVES, &query, reterr);
    while (!status && !(status = ofp_query_next(&query, &row, reterr)) && row) {
        ofp_error *error = NULL;
        status = check_row(checkup, &query, life, &error);
        status = ofp_checkup_take(checkup, status, error, reterr);
    }
    ofp_query_end(&query);
    return status;
}

ofp_status ofp_checkup_lives(ofp_checkup *checkup, ofp_error **reterr)
{
    migration_life life = {0, ofp_records_new(), ofp_records_new()};
    const ofp_status status =
        life.last && life.now ? check_rows(checkup, &life, reterr) : ofp_fail_no_memory(reterr);
    ofp_records_free(life.last);
    ofp_records_free(life.now);
    return status;
}
