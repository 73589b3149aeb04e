/* SPDX-License-Identifier: MIT */
#include <offerpolicy/decision.h>

#include "change.h"
#include "ends.h"
#include "failure.h"
#include "hasher.h"
#include "step_check.h"

/* More than this at once would hold up others for too long. */
enum { MOST_AT_ONCE = 100000 };

/* What a sweep does to a migration, and since when it was due, is both its command and its key. */
static void start_hash(const ofp_change *change, ofp_hasher *hasher)
{
    ofp_hasher_start(hasher);
    ofp_hasher_part(hasher, ofp_text_of("sweep"));
    ofp_hasher_part(hasher, ofp_text_of(ofp_event_kind_name(change->kind)));
    ofp_hasher_part(hasher, change->record.id);
    ofp_hasher_number(hasher, change->record.revision);
    ofp_hasher_number(hasher, change->due_since);
}

/* Ends the migration, or reminds of it. */
static ofp_status visit(ofp_change *change, ofp_error **reterr)
{
    ofp_hasher hasher;
    uint8_t command[OFP_SHA256_SIZE];
    char key[OFP_KEY_SIZE];
    ofp_migration_record *record = &change->record;
    const bool ended = record->ends_at <= change->at;
    change->kind = ended ? OFP_EVENT_EXPIRE : OFP_EVENT_REMIND;
    start_hash(change, &hasher);
    ofp_hasher_finish(&hasher, command);
    start_hash(change, &hasher);
    ofp_hasher_finish_key(&hasher, key);
    record->settled = ended;
    return ofp_change_write(
        change,
        &(ofp_change_author){
            .key = ofp_text_of(key), .command = command, .previous_date = OFP_DATE_NONE},
        ended ? OFP_INSTANT_NONE : ofp_next_due(change->policy, record, change->at), reterr);
}

/* Visits all that are due. @param due has room for them */
static ofp_status visit_due(const ofp_sweep *sweep, ofp_change *change, ofp_records *due,
                            ofp_error **reterr)
{
    const size_t limit = sweep->limit ? sweep->limit : OFP_SWEEP_LIMIT;
    const int64_t *since = NULL;
    ofp_status status = ofp_ledger_read_due(change->store, sweep->at,
                                            limit < MOST_AT_ONCE ? limit : (size_t)MOST_AT_ONCE,
                                            due, &since, reterr);
    for (size_t i = 0; !status && i < due->migrations.count; i++) {
        change->record = due->migrations.items[i];
        change->due_since = since[i];
        change->facts = ofp_facts_find(sweep->facts, change->record.org);
        ofp_records_reset(change->scratch);
        status = visit(change, reterr);
    }
    change->answer->more = due->more;
    return status;
}

static ofp_status run(const ofp_sweep *sweep, ofp_change *change, ofp_records *due,
                      ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_write(change->store, reterr);
    if (status)
        return status;
    status = visit_due(sweep, change, due, reterr);
    return ofp_store_finish(change->store, status, reterr);
}

static ofp_status check(const ofp_sweep *sweep, const ofp_policy *policy, ofp_error **reterr)
{
    if (sweep->size != sizeof *sweep)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "the sweep's `size` is %zu: start from OFP_SWEEP_INIT", sweep->size);
    const ofp_status status = ofp_clock_check(sweep->at, reterr);
    return status ? status : ofp_facts_check(sweep->facts, policy, reterr);
}

ofp_status ofp_sweep_run(const ofp_sweep *sweep, ofp_store *store, const ofp_policy *policy,
                         ofp_records **ret, ofp_error **reterr)
{
    ofp_status status = check(sweep, policy, reterr);
    if (status)
        return status;
    ofp_records *due = ofp_records_new();
    ofp_change change = {
        .store = store,
        .policy = policy,
        .scratch = ofp_records_new(),
        .answer = ofp_records_new(),
        .at = sweep->at,
    };
    status = due && change.scratch && change.answer ? run(sweep, &change, due, reterr)
                                                    : ofp_fail_no_memory(reterr);
    ofp_records_free(due);
    ofp_records_free(change.scratch);
    if (status) {
        ofp_records_free(change.answer);
        return status;
    }
    *ret = change.answer;
    return ofp_succeed(reterr);
}
