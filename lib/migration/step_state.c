/* SPDX-License-Identifier: MIT */
/* Refusals that say where a migration stands. */
#include <stdio.h>

#include "ends.h"
#include "failure.h"
#include "step_allow.h"

/* As ofp_migration_record_state(); but what a sweep has seen end stays ended for a slow clock. */
static ofp_migration_state state_of(const ofp_migration_record *record, int64_t at)
{
    const ofp_migration_state state = ofp_migration_record_state(record, at);
    if (record->settled && state == OFP_MIGRATION_IS_LIVE)
        return OFP_MIGRATION_IS_ENDED;
    if (record->settled && state == OFP_MIGRATION_IS_OPEN)
        return OFP_MIGRATION_IS_MISSED;
    return state;
}

typedef struct sentence {
    char text[160];
} sentence;

/* "was approved at 2026-11-20T18:00:00Z by mia" */
static sentence deed_of(const char *done, int64_t at, ofp_text who)
{
    sentence made;
    char instant[OFP_INSTANT_SIZE];
    ofp_instant_format(at, instant);
    snprintf(made.text, sizeof made.text, "was %s at %s by %s", done, instant, ofp_quote(who).text);
    return made;
}

/* "ended after 2027-01-31" */
static sentence end_of(const ofp_policy *policy, const char *what, int64_t ends_at)
{
    sentence made;
    char date[OFP_DATE_SIZE];
    ofp_date_format(ofp_last_day(policy, ends_at), date);
    snprintf(made.text, sizeof made.text, "%s after %s", what, date);
    return made;
}

/* In which state a migration is, since when and by whom. */
static sentence standing_of(const ofp_policy *policy, const ofp_migration_record *r,
                            ofp_migration_state state)
{
    switch (state) {
    case OFP_MIGRATION_IS_LIVE:
        return deed_of("approved", r->decided_at, r->decided_by);
    case OFP_MIGRATION_IS_REFUSED:
        return deed_of("refused", r->decided_at, r->decided_by);
    case OFP_MIGRATION_IS_COMPLETED:
        return deed_of("completed", r->closed_at, r->closed_by);
    case OFP_MIGRATION_IS_CANCELLED:
        return deed_of("cancelled", r->closed_at, r->closed_by);
    case OFP_MIGRATION_IS_ENDED:
        return r->closed_by.data ? deed_of("ended", r->closed_at, r->closed_by)
                                 : end_of(policy, "ended", r->ends_at);
    case OFP_MIGRATION_IS_MISSED:
        return end_of(policy, "was not decided in time: its request ended", r->ends_at);
    default:
        return deed_of("requested", r->requested_at, r->requested_by);
    }
}

ofp_status ofp_step_allow_state(const ofp_taking *taking, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    const ofp_migration_record *record = &taking->record;
    const ofp_migration_state state = state_of(record, step->at);
    const char *id = record->id.data;
    if (step->if_revision && step->if_revision != record->revision)
        return ofp_fail(reterr, OFP_CODE_REVISION_CHANGED,
                        "%s has changed: its revision is %lld now, not %lld", id,
                        (long long)record->revision, (long long)step->if_revision);
    if (step->at < record->changed_at) {
        char now[OFP_INSTANT_SIZE], last[OFP_INSTANT_SIZE];
        ofp_instant_format(step->at, now);
        ofp_instant_format(record->changed_at, last);
        return ofp_fail(reterr, OFP_CODE_STEP_BEFORE_LAST,
                        "%s is dated before the last step of %s, which was taken at %s", now, id,
                        last);
    }
    if (state != taking->rule->from) {
        const bool open = taking->rule->from == OFP_MIGRATION_IS_OPEN;
        return ofp_fail(reterr, OFP_CODE_STATE_NOT_ALLOWED, "%s %s: only %s can be %s", id,
                        standing_of(taking->policy, record, state).text,
                        open ? "an open request" : "a live migration", taking->rule->done);
    }
    return OFP_STATUS_OK;
}
