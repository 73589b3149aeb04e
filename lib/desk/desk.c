/* SPDX-License-Identifier: MIT */
#include "desk_state.h"

#include <stdlib.h>

#include "connection.h"
#include "failure.h"
#include "sized.h"

static ofp_status read_options(const ofp_store *store, const ofp_desk_options *options,
                               ofp_desk_options *ret, ofp_error **reterr)
{
    *ret = (ofp_desk_options){.size = sizeof *ret};
    const ofp_status status =
        options ? ofp_read_sized(options, ret, sizeof *ret, "ofp_desk_options", reterr)
                : ofp_succeed(reterr);
    if (!status && ret->log && store->mode == OFP_STORE_READ)
        return ofp_fail(reterr, OFP_CODE_STORE_READ_ONLY,
                        "decisions can't be logged: the store was opened for reading only");
    return status;
}

ofp_status ofp_desk_new(ofp_store *store, const ofp_policy *policy, const ofp_desk_options *options,
                        ofp_desk **ret, ofp_error **reterr)
{
    ofp_desk_options known;
    ofp_status status = read_options(store, options, &known, reterr);
    if (status)
        return status;
    ofp_desk *desk = calloc(1, sizeof *desk);
    if (!desk)
        return ofp_fail_no_memory(reterr);
    desk->store = store;
    desk->policy = ofp_policy_ref(policy);
    desk->log = known.log;
    desk->log_texts = known.log_texts;
    desk->found = ofp_records_new();
    status = desk->found ? ofp_scratch_new(&desk->scratch, reterr) : ofp_fail_no_memory(reterr);
    if (status)
        ofp_desk_free(desk);
    else
        *ret = desk;
    return status;
}

ofp_desk *ofp_desk_free(ofp_desk *desk)
{
    if (!desk)
        return NULL;
    ofp_desk_end(desk);
    ofp_scratch_free(desk->scratch);
    ofp_records_free(desk->found);
    ofp_buffer_release(&desk->rows.texts);
    ofp_buffer_release(&desk->document);
    ofp_policy_unref(desk->policy);
    free(desk->rows.items);
    free(desk->migrations.items);
    free(desk);
    return NULL;
}

ofp_status ofp_desk_begin(ofp_desk *desk, ofp_error **reterr)
{
    const ofp_status status = ofp_store_hold(desk->store, reterr);
    desk->holds |= !status;
    return status;
}

void ofp_desk_end(ofp_desk *desk)
{
    if (desk->holds)
        ofp_store_release(desk->store);
    desk->holds = false;
}

/*
 * Logs a decision: later if one look at the store is held, else now. One that can't be logged is
 * not given, and leaves no trace.
 */
static ofp_status log_decision(ofp_desk *desk, const ofp_decision *decision, ofp_error **reterr)
{
    ofp_status status = ofp_desk_keep(desk, decision, reterr);
    if (status || desk->holds)
        return status;
    status = ofp_desk_flush(desk, reterr);
    if (status)
        ofp_desk_drop(desk);
    return status;
}

ofp_status ofp_desk_decide(ofp_desk *desk, const ofp_request *request, const ofp_decision **ret,
                           ofp_error **reterr)
{
    const ofp_decision *decision;
    if (request->size != sizeof *request)
        return ofp_decide(desk->policy, request, desk->scratch, ret, reterr); /* which refuses */
    if (request->migration_count)
        return ofp_fail_at(reterr, (ofp_place){.pointer = "/migrations"}, OFP_CODE_MIGRATIONS_GIVEN,
                           "the org's migrations come from the store: leave them out here");
    ofp_status status = ofp_desk_find(desk, request, reterr);
    if (status)
        return status;
    desk->request = *request;
    desk->request.migrations = desk->migrations.items;
    desk->request.migration_count = desk->migrations.count;
    status = ofp_decide(desk->policy, &desk->request, desk->scratch, &decision, reterr);
    if (!status && desk->log)
        status = log_decision(desk, decision, reterr);
    if (!status)
        *ret = decision;
    return status;
}
