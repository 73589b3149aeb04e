/* SPDX-License-Identifier: MIT */
#include "change.h"

#include "failure.h"
#include "host_actions.h"

static ofp_event_draft draft_of(const ofp_change *change, const ofp_change_author *author,
                                int64_t number)
{
    return (ofp_event_draft){
        .at = change->at,
        .kind = change->kind,
        .migration = number,
        .org = change->record.org,
        .actor = author->actor,
        .role = author->role,
        .reason = author->reason,
        .key = author->key,
        .command = author->command,
        .policy = ofp_text_of(ofp_policy_name(change->policy)),
        .policy_revision = ofp_text_of(ofp_policy_revision(change->policy)),
        .policy_digest = ofp_text_of(ofp_policy_digest(change->policy)),
        .previous_date = author->previous_date,
    };
}

ofp_status ofp_change_write(ofp_change *change, const ofp_change_author *author, int64_t due_at,
                            ofp_error **reterr)
{
    char id[OFP_ID_SIZE];
    int64_t number;
    ofp_status status = ofp_ledger_write(change->store, &change->record, due_at, &number, reterr);
    if (status)
        return status;
    ofp_migration_id_format(number, id);
    change->record.id = ofp_text_of(id);
    const ofp_event_draft draft = draft_of(change, author, number);
    status = ofp_ledger_append(change->store, &draft, change->answer, reterr);
    if (!status)
        status = ofp_host_actions_put(change, reterr);
    if (!status && !ofp_records_add_migration(change->answer, &change->record))
        status = ofp_fail_no_memory(reterr);
    /* The id was borrowed from here. */
    change->record.id = (ofp_text){0};
    return status;
}
