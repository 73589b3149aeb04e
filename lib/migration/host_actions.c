/* SPDX-License-Identifier: MIT */
#include "host_actions.h"

#include "failure.h"
#include "hasher.h"
#include "level_tag.h"
#include "tag_removal.h"
#include "texts.h"

/* In the order in which the host shall carry them out. */
static const struct {
    ofp_event_kind event;
    ofp_host_action_kind action;
} causes[] = {
    {OFP_EVENT_REQUEST, OFP_HOST_ASK_OPS},     {OFP_EVENT_APPROVE, OFP_HOST_ADD_TAG},
    {OFP_EVENT_APPROVE, OFP_HOST_ADD_NOTE},    {OFP_EVENT_EXTEND, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_EXTEND, OFP_HOST_ADD_NOTE},     {OFP_EVENT_END, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_END, OFP_HOST_REMOVE_TAG},      {OFP_EVENT_COMPLETE, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_COMPLETE, OFP_HOST_REMOVE_TAG}, {OFP_EVENT_EXPIRE, OFP_HOST_REMOVE_NOTE},
    {OFP_EVENT_EXPIRE, OFP_HOST_REMOVE_TAG},   {OFP_EVENT_REMIND, OFP_HOST_REMIND},
};

/*
 * Different for every other action, also of another store in which ids began anew: hence the org
 * and the instant.
 */
static void make_key(const ofp_change *change, const ofp_host_action *action,
                     char ret[OFP_KEY_SIZE])
{
    ofp_hasher hasher;
    ofp_hasher_start(&hasher);
    ofp_hasher_part(&hasher, ofp_text_of("action"));
    ofp_hasher_part(&hasher, action->migration);
    ofp_hasher_part(&hasher, action->org);
    ofp_hasher_number(&hasher, action->created_at);
    ofp_hasher_part(&hasher, ofp_text_of(ofp_event_kind_name(change->kind)));
    ofp_hasher_number(&hasher, change->record.revision);
    if (change->due_since != OFP_INSTANT_NONE)
        ofp_hasher_number(&hasher, change->due_since);
    ofp_hasher_part(&hasher, ofp_text_of(ofp_host_action_kind_name(action->kind)));
    ofp_hasher_part(&hasher, action->tag);
    ofp_hasher_finish_key(&hasher, ret);
}

/* Puts the tag of the promised level on; nothing may take it off again afterwards. */
static ofp_status fill_added_tag(const ofp_change *change, ofp_host_action *action,
                                 ofp_error **reterr)
{
    const ofp_migration_record *record = &change->record;
    if (change->policy->migration.realise == OFP_REALISE_ORG_TAG)
        action->tag = ofp_level_tag(change->policy, record->to, record->level);
    if (!action->tag.data)
        return OFP_STATUS_OK;
    return ofp_ledger_withdraw(change->store, record->org, OFP_HOST_REMOVE_TAG, action->tag,
                               change->at, reterr);
}

static const ofp_template *find_template(const ofp_policy *policy, ofp_host_action_kind kind)
{
    const ofp_migration_rules *rules = &policy->migration;
    switch (kind) {
    case OFP_HOST_ASK_OPS:
        return &rules->ops_request;
    case OFP_HOST_ADD_NOTE:
        return &rules->org_note;
    case OFP_HOST_REMIND:
        return &rules->reminder;
    default:
        return NULL;
    }
}

/* @param text keeps the action's text */
static ofp_status fill(const ofp_change *change, ofp_host_action *action, ofp_buffer *text,
                       ofp_error **reterr)
{
    const ofp_template *message = find_template(change->policy, action->kind);
    if (action->kind == OFP_HOST_ADD_TAG)
        return fill_added_tag(change, action, reterr);
    if (action->kind == OFP_HOST_REMOVE_TAG)
        return ofp_tag_removal_find(change, action, reterr);
    if (action->kind == OFP_HOST_REMIND)
        action->owner = change->record.owner;
    if (!message)
        return OFP_STATUS_OK;
    ofp_buffer_clear(text);
    ofp_migration_text(message, change->policy, &change->record, text);
    action->text = ofp_buffer_text(text);
    return ofp_buffer_check(text, 0, reterr);
}

static bool is_about_tag(ofp_host_action_kind kind)
{
    return kind == OFP_HOST_ADD_TAG || kind == OFP_HOST_REMOVE_TAG;
}

static ofp_status put(const ofp_change *change, ofp_host_action_kind kind, ofp_buffer *text,
                      ofp_error **reterr)
{
    char key[OFP_KEY_SIZE];
    const ofp_records *answer = change->answer;
    ofp_host_action action = {
        .kind = kind,
        .migration = change->record.id,
        .org = change->record.org,
        .not_before = OFP_INSTANT_NONE,
        .created_at = change->at,
        .retry_at = OFP_INSTANT_NONE,
        .settled_at = OFP_INSTANT_NONE,
    };
    const ofp_status status = fill(change, &action, text, reterr);
    if (status || (is_about_tag(kind) && !action.tag.data))
        return status;
    make_key(change, &action, key);
    action.key = ofp_text_of(key);
    return ofp_ledger_put_action(change->store, answer->events.items[answer->events.count - 1].seq,
                                 &action, change->answer, reterr);
}

ofp_status ofp_host_actions_put(const ofp_change *change, ofp_error **reterr)
{
    /* Nobody has seen anything of a request that nobody decided. */
    const bool missed =
        change->kind == OFP_EVENT_EXPIRE && change->record.status == OFP_MIGRATION_REQUESTED;
    ofp_status status = OFP_STATUS_OK;
    ofp_buffer text = {0};
    for (size_t i = 0; !status && !missed && i < sizeof causes / sizeof *causes; i++) {
        if (causes[i].event == change->kind)
            status = put(change, causes[i].action, &text, reterr);
    }
    ofp_buffer_release(&text);
    return status;
}
