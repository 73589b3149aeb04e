/* SPDX-License-Identifier: MIT */
/* What a step asks for, held against policy, facts and the other migrations of the org. */
#include "ends.h"
#include "failure.h"
#include "span.h"
#include "step_allow.h"
#include "step_names.h"
#include "tables.h"

static ofp_status check_date(const ofp_taking *taking, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    const int32_t today = ofp_local_date(taking->policy, step->at);
    const int32_t last = ofp_last_target_date(taking->policy, step->at);
    char asked[OFP_DATE_SIZE], limit[OFP_DATE_SIZE];
    ofp_date_format(step->target_date, asked);
    ofp_date_format(step->target_date < today ? today : last, limit);
    if (step->target_date < today)
        return ofp_fail(reterr, OFP_CODE_DATE_PAST,
                        "the target date %s is in the past: today is %s", asked, limit);
    if (step->target_date > last)
        return ofp_fail(
            reterr, OFP_CODE_DATE_TOO_FAR,
            "the target date %s is too far ahead: the last one allowed is %s (max_days: "
            "%d)",
            asked, limit, (int)taking->policy->migration.max_days);
    return OFP_STATUS_OK;
}

/* By the policy of the moment; where clocks go back over midnight even today can be over. */
static ofp_status check_end(const ofp_taking *taking, int32_t target_date, ofp_code code,
                            ofp_error **reterr)
{
    int64_t ends_at, forgotten_at;
    char date[OFP_DATE_SIZE];
    ofp_policy_migration_end(taking->policy, target_date, &ends_at, &forgotten_at);
    ofp_date_format(target_date, date);
    if (ends_at > taking->step->at)
        return OFP_STATUS_OK;
    return ofp_fail(reterr, code,
                    "by this policy a migration with the target date %s has ended already", date);
}

static ofp_status check_facts(const ofp_taking *taking, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    const ofp_text org = taking->is_new ? step->org : taking->record.org;
    if (taking->facts || (!taking->is_new && !step->facts))
        return OFP_STATUS_OK;
    return ofp_fail(reterr, OFP_CODE_FACTS_MISSING,
                    "the facts say nothing about the org \"%s\": give its entitlements",
                    ofp_quote(org).text);
}

static ofp_status check_bought(const ofp_taking *taking, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    const int32_t from = ofp_policy_find_offering(taking->policy, step->from);
    if (ofp_org_facts_active_level(taking->facts, taking->policy, from, step->at) != OFP_NONE)
        return OFP_STATUS_OK;
    return ofp_fail(reterr, OFP_CODE_NOT_BOUGHT,
                    "the org \"%s\" has no active paid entitlement for \"%s\", which it would move "
                    "from",
                    ofp_quote(step->org).text, ofp_quote(step->from).text);
}

/* Is there no other migration of the org to this offering that is open or live? */
static ofp_status check_first(const ofp_taking *taking, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    ofp_records *found = taking->found;
    size_t at = found->migrations.count;
    const ofp_status status =
        ofp_ledger_read_active(taking->store, step->org, step->at, found, reterr);
    for (; !status && at < found->migrations.count; at++) {
        const ofp_migration_record *other = &found->migrations.items[at];
        if (ofp_span_equal(other->to, step->to))
            return ofp_fail(reterr, OFP_CODE_ALREADY_REQUESTED,
                            "the org \"%s\" has a migration to \"%s\" already: %s, which is %s",
                            ofp_quote(step->org).text, ofp_quote(step->to).text, other->id.data,
                            ofp_migration_state_name(ofp_migration_record_state(other, step->at)));
    }
    return status;
}

static ofp_status check_request(const ofp_taking *taking, ofp_error **reterr)
{
    ofp_status status = ofp_step_check_names(taking->policy, taking->step, reterr);
    if (!status)
        status = check_date(taking, reterr);
    if (!status)
        status = check_end(taking, taking->step->target_date, OFP_CODE_DATE_PAST, reterr);
    if (!status)
        status = check_facts(taking, reterr);
    if (!status)
        status = check_bought(taking, reterr);
    return status ? status : check_first(taking, reterr);
}

static ofp_status refuse_live(int32_t limit, const char *name, const char *whose,
                              ofp_error **reterr)
{
    return ofp_fail(reterr, OFP_CODE_TOO_MANY_LIVE,
                    "%s as many live migrations as the policy allows (%s: %d): complete or end one "
                    "first",
                    whose, name, (int)limit);
}

static ofp_status check_live(const ofp_taking *taking, ofp_error **reterr)
{
    const int32_t limit = taking->policy->migration.max_live;
    int64_t live = 0;
    if (limit == OFP_NONE)
        return OFP_STATUS_OK;
    const ofp_status status =
        ofp_ledger_count_live(taking->store, taking->step->at, limit, &live, reterr);
    if (status || live < limit)
        return status;
    return refuse_live(limit, "max_live", "there are", reterr);
}

static ofp_status check_live_of_org(const ofp_taking *taking, ofp_error **reterr)
{
    const int32_t limit = taking->policy->migration.max_live_per_org;
    ofp_records *found = taking->found;
    size_t at = found->migrations.count;
    int64_t live = 0;
    if (limit == OFP_NONE)
        return OFP_STATUS_OK;
    const ofp_status status =
        ofp_ledger_read_active(taking->store, taking->record.org, taking->step->at, found, reterr);
    for (; !status && at < found->migrations.count; at++)
        live += found->migrations.items[at].status == OFP_MIGRATION_APPROVED;
    if (status || live < limit)
        return status;
    return refuse_live(limit, "max_live_per_org", "the org has", reterr);
}

static ofp_status check_approval(const ofp_taking *taking, ofp_error **reterr)
{
    ofp_status status = ofp_record_check_names(taking->policy, &taking->record, reterr);
    if (!status)
        status = check_end(taking, taking->record.target_date, OFP_CODE_STATE_NOT_ALLOWED, reterr);
    if (!status)
        status = check_live(taking, reterr);
    return status ? status : check_live_of_org(taking, reterr);
}

static ofp_status check_later(const ofp_taking *taking, ofp_error **reterr)
{
    char asked[OFP_DATE_SIZE], present[OFP_DATE_SIZE];
    if (taking->step->target_date > taking->record.target_date)
        return OFP_STATUS_OK;
    ofp_date_format(taking->step->target_date, asked);
    ofp_date_format(taking->record.target_date, present);
    return ofp_fail(reterr, OFP_CODE_DATE_NOT_LATER,
                    "the target date %s is not later than the present one of %s, %s", asked,
                    taking->record.id.data, present);
}

static ofp_status check_extensions(const ofp_taking *taking, ofp_error **reterr)
{
    const int32_t limit = taking->policy->migration.max_extensions;
    if (limit == OFP_NONE || taking->record.extensions < limit)
        return OFP_STATUS_OK;
    return ofp_fail(
        reterr, OFP_CODE_TOO_MANY_EXTENSIONS,
        "%s was extended %d times, and the policy allows %d (max_extensions): request a "
        "new one when it has ended",
        taking->record.id.data, (int)taking->record.extensions, (int)limit);
}

static ofp_status check_extension(const ofp_taking *taking, ofp_error **reterr)
{
    ofp_status status = ofp_record_check_names(taking->policy, &taking->record, reterr);
    if (!status)
        status = check_date(taking, reterr);
    if (!status)
        status = check_later(taking, reterr);
    return status ? status : check_extensions(taking, reterr);
}

ofp_status ofp_step_allow_content(const ofp_taking *taking, ofp_error **reterr)
{
    switch (taking->step->kind) {
    case OFP_STEP_REQUEST:
        return check_request(taking, reterr);
    case OFP_STEP_APPROVE:
        return check_approval(taking, reterr);
    case OFP_STEP_EXTEND:
        return check_extension(taking, reterr);
    case OFP_STEP_END:
    case OFP_STEP_COMPLETE:
        return check_facts(taking, reterr);
    default:
        return OFP_STATUS_OK;
    }
}
