/* SPDX-License-Identifier: MIT */
#include "texts.h"

static ofp_text title_of(const ofp_policy *policy, ofp_text name)
{
    const char *title = ofp_policy_offering_title(policy, ofp_policy_find_offering(policy, name));
    return title ? ofp_text_of(title) : name;
}

void ofp_migration_text(const ofp_template *message, const ofp_policy *policy,
                        const ofp_migration_record *record, ofp_buffer *buffer)
{
    char date[OFP_DATE_SIZE];
    ofp_date_format(record->target_date, date);
    const ofp_text values[OFP_PLACEHOLDER_COUNT] = {
        [OFP_PLACEHOLDER_ORG] = record->org,
        [OFP_PLACEHOLDER_ORG_NAME] = record->org_name,
        [OFP_PLACEHOLDER_OFFERING] = title_of(policy, record->to),
        [OFP_PLACEHOLDER_LEVEL] = record->level,
        [OFP_PLACEHOLDER_CURRENT_OFFERING] = title_of(policy, record->from),
        [OFP_PLACEHOLDER_CURRENT_LEVEL] = record->from_level,
        [OFP_PLACEHOLDER_TARGET_DATE] = ofp_text_of(date),
        [OFP_PLACEHOLDER_MIGRATION] = record->id,
        [OFP_PLACEHOLDER_OWNER] = record->owner,
        [OFP_PLACEHOLDER_REASON] = record->reason,
        [OFP_PLACEHOLDER_EVIDENCE] = record->evidence,
    };
    ofp_template_render(message, values, buffer);
}
