/* SPDX-License-Identifier: MIT */
/* From what the store remembers of an org to the migrations of a request. */
#include "desk_state.h"

#include "array.h"
#include "failure.h"
#include "ledger.h"

static ofp_status read_migrations(ofp_desk *desk, const ofp_request *request, ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_read(desk->store, reterr);
    if (status)
        return status;
    status =
        ofp_ledger_read_remembered(desk->store, request->org, request->now, desk->found, reterr);
    return ofp_store_finish(desk->store, status, reterr);
}

/* A level that can't be promised by this policy must not be passed over: it may be a better one. */
static ofp_status refuse_level(const ofp_migration_record *record, int32_t level,
                               ofp_error **reterr)
{
    return ofp_fail(reterr, OFP_CODE_POLICY_LACKS_NAME,
                    "migration \"%s\" of org \"%s\" is for level \"%s\" of \"%s\", but %s",
                    ofp_quote(record->id).text, ofp_quote(record->org).text,
                    ofp_quote(record->level).text, ofp_quote(record->to).text,
                    level == OFP_NONE ? "this policy has no such level"
                                      : "nobody pays for this level by this policy");
}

static ofp_status add_migration(ofp_desk *desk, const ofp_migration_record *record,
                                ofp_error **reterr)
{
    const ofp_policy *policy = desk->policy;
    const int32_t to = ofp_policy_find_offering(policy, record->to);
    const int32_t level = ofp_policy_find_level(policy, record->level);
    /* No ticket can be about an offering that the policy does not know. */
    if (to == OFP_NONE)
        return OFP_STATUS_OK;
    if (level == OFP_NONE || !ofp_policy_level_is_paid(policy, level))
        return refuse_level(record, level, reterr);
    if (!OFP_ARRAY_GROW(&desk->migrations))
        return ofp_fail_no_memory(reterr);
    desk->migrations.items[desk->migrations.count++] = (ofp_migration){
        .id = record->id,
        .to = to,
        .level = level,
        .target_date = record->target_date,
        .status = record->status,
        .end = record->ends_at,
        .forgotten = record->forgotten_at,
    };
    return OFP_STATUS_OK;
}

ofp_status ofp_desk_find(ofp_desk *desk, const ofp_request *request, ofp_error **reterr)
{
    size_t count;
    ofp_status status = OFP_STATUS_OK;
    desk->migrations.count = 0;
    ofp_records_reset(desk->found);
    if (request->has_org)
        status = read_migrations(desk, request, reterr);
    const ofp_migration_record *records = ofp_records_migrations(desk->found, &count);
    for (size_t i = 0; !status && i < count; i++)
        status = add_migration(desk, &records[i], reterr);
    return status ? status : ofp_succeed(reterr);
}
