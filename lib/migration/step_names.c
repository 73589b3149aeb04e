/* SPDX-License-Identifier: MIT */
#include "step_names.h"

#include "buffer.h"
#include "failure.h"
#include "span.h"
#include "tables.h"

/* As many names are listed in a message. */
enum { NAMES_SHOWN = 12 };

/* Which one was meant, or which there are. */
static void put_advice(const ofp_names *known, ofp_text name, ofp_buffer *message)
{
    const int nearest = ofp_span_nearest(name, known->items, known->count);
    if (nearest >= 0) {
        ofp_buffer_printf(message, ": did you mean \"%s\"?", ofp_names_get(known, nearest));
        return;
    }
    ofp_buffer_puts(message, "; the policy knows ");
    for (size_t i = 0; i < known->count && i < NAMES_SHOWN; i++)
        ofp_buffer_printf(message, "%s%s", i ? ", " : "", ofp_names_get(known, (int32_t)i));
    if (known->count > NAMES_SHOWN)
        ofp_buffer_printf(message, " and %zu more", known->count - NAMES_SHOWN);
}

static ofp_status check_known(const ofp_names *known, const char *what, ofp_text name,
                              ofp_error **reterr)
{
    ofp_buffer message = {0};
    if (ofp_names_find(known, name) >= 0)
        return OFP_STATUS_OK;
    ofp_buffer_printf(&message, "unknown %s \"%s\"", what, ofp_quote(name).text);
    put_advice(known, name, &message);
    const ofp_status status = message.failed ? ofp_fail_no_memory(reterr)
                                             : ofp_fail(reterr, OFP_CODE_STEP_UNKNOWN_NAME, "%s",
                                                        ofp_buffer_text(&message).data);
    ofp_buffer_release(&message);
    return status;
}

ofp_status ofp_step_check_names(const ofp_policy *policy, const ofp_step *step, ofp_error **reterr)
{
    ofp_status status = check_known(&policy->offering_names, "offering", step->from, reterr);
    if (!status)
        status = check_known(&policy->offering_names, "offering", step->to, reterr);
    if (!status)
        status = check_known(&policy->levels, "level", step->level, reterr);
    if (status)
        return status;
    if (!ofp_policy_level_is_paid(policy, ofp_policy_find_level(policy, step->level)))
        return ofp_fail(reterr, OFP_CODE_STEP_UNPAID_LEVEL,
                        "nobody pays for the level \"%s\": name the paid level to promise",
                        ofp_quote(step->level).text);
    if (ofp_span_equal(step->from, step->to))
        return ofp_fail(reterr, OFP_CODE_SAME_OFFERING,
                        "the org would move from \"%s\" to the same offering",
                        ofp_quote(step->from).text);
    return OFP_STATUS_OK;
}

ofp_status ofp_record_check_names(const ofp_policy *policy, const ofp_migration_record *record,
                                  ofp_error **reterr)
{
    const int32_t level = ofp_policy_find_level(policy, record->level);
    const char *problem = NULL;
    if (ofp_policy_find_offering(policy, record->to) == OFP_NONE)
        problem = "the policy does not know that offering";
    else if (level == OFP_NONE)
        problem = "the policy does not know that level";
    else if (!ofp_policy_level_is_paid(policy, level))
        problem = "by the policy nobody pays for that level";
    if (!problem)
        return OFP_STATUS_OK;
    return ofp_fail(reterr, OFP_CODE_POLICY_LACKS_NAME,
                    "%s promises \"%s\" at level \"%s\", but %s", record->id.data,
                    ofp_quote(record->to).text, ofp_quote(record->level).text, problem);
}
