/* SPDX-License-Identifier: MIT */
/* Records of the store as JSON, as doc/migrations.md and doc/store.md describe them. */
#include <offerpolicy/records.h>

#include "json_writer.h"

static void put_text(ofp_json_writer *json, const char *key, ofp_text text)
{
    ofp_json_key(json, key);
    ofp_json_optional(json, text);
}

static void put_string(ofp_json_writer *json, const char *key, const char *string)
{
    ofp_json_key(json, key);
    ofp_json_string(json, string);
}

static void put_integer(ofp_json_writer *json, const char *key, int64_t number)
{
    ofp_json_key(json, key);
    ofp_json_integer(json, number);
}

static void put_instant(ofp_json_writer *json, const char *key, int64_t instant)
{
    ofp_json_key(json, key);
    ofp_json_instant(json, instant);
}

static void put_date(ofp_json_writer *json, const char *key, int32_t date)
{
    char text[OFP_DATE_SIZE];
    if (date != OFP_DATE_NONE)
        ofp_date_format(date, text);
    put_string(json, key, date != OFP_DATE_NONE ? text : NULL);
}

/* A text that is JSON itself. */
static void put_document(ofp_json_writer *json, const char *key, ofp_text document)
{
    ofp_json_key(json, key);
    ofp_buffer_put_text(json->buffer, document);
    json->comma = true;
}

/* @param revision NULL: it has no such member */
static void put_policy(ofp_json_writer *json, ofp_text name, const ofp_text *revision,
                       ofp_text digest)
{
    ofp_json_key(json, "policy");
    if (!name.data) {
        ofp_json_null(json);
        return;
    }
    ofp_json_open(json, '{');
    put_text(json, "name", name);
    if (revision)
        put_text(json, "revision", *revision);
    put_text(json, "digest", digest);
    ofp_json_close(json, '}');
}

static void put_promise(ofp_json_writer *json, const ofp_migration_record *record)
{
    put_text(json, "id", record->id);
    put_text(json, "org", record->org);
    put_text(json, "org_name", record->org_name);
    put_text(json, "from", record->from);
    put_text(json, "from_level", record->from_level);
    put_text(json, "to", record->to);
    put_text(json, "level", record->level);
    put_date(json, "target_date", record->target_date);
    put_instant(json, "ends_at", record->ends_at);
    put_instant(json, "forgotten_at", record->forgotten_at);
}

static void put_history(ofp_json_writer *json, const ofp_migration_record *record)
{
    put_text(json, "owner", record->owner);
    put_text(json, "reason", record->reason);
    put_text(json, "evidence", record->evidence);
    put_text(json, "requested_by", record->requested_by);
    put_instant(json, "requested_at", record->requested_at);
    put_text(json, "decided_by", record->decided_by);
    put_instant(json, "decided_at", record->decided_at);
    put_instant(json, "changed_at", record->changed_at);
    put_text(json, "closed_by", record->closed_by);
    put_instant(json, "closed_at", record->closed_at);
    put_string(json, "outcome", ofp_outcome_name(record->outcome));
    put_integer(json, "extensions", record->extensions);
}

static void put_migration(ofp_json_writer *json, const ofp_migration_record *record, int64_t at)
{
    ofp_json_open(json, '{');
    put_promise(json, record);
    put_string(json, "status", ofp_migration_status_name(record->status));
    put_string(json, "state", ofp_migration_state_name(ofp_migration_record_state(record, at)));
    put_integer(json, "revision", record->revision);
    put_history(json, record);
    put_policy(json, record->policy, &record->policy_revision, record->policy_digest);
    ofp_json_close(json, '}');
}

ofp_status ofp_migration_record_write_json(const ofp_migration_record *record, int64_t at,
                                           ofp_buffer *buffer, ofp_error **reterr)
{
    const size_t mark = buffer->size;
    ofp_json_writer json = {.buffer = buffer};
    put_migration(&json, record, at);
    return ofp_buffer_check(buffer, mark, reterr);
}

ofp_status ofp_event_write_json(const ofp_event *event, ofp_buffer *buffer, ofp_error **reterr)
{
    const size_t mark = buffer->size;
    ofp_json_writer json = {.buffer = buffer};
    ofp_json_open(&json, '{');
    put_integer(&json, "seq", event->seq);
    put_instant(&json, "at", event->at);
    put_string(&json, "kind", ofp_event_kind_name(event->kind));
    ofp_json_key(&json, "migration");
    if (event->migration)
        put_migration(&json, event->migration, event->at);
    else
        ofp_json_null(&json);
    put_text(&json, "actor", event->actor);
    put_text(&json, "role", event->role);
    put_text(&json, "reason", event->reason);
    put_text(&json, "key", event->key);
    put_date(&json, "previous_date", event->previous_date);
    put_policy(&json, event->policy, NULL, event->policy_digest);
    put_text(&json, "detail", event->detail);
    put_string(&json, "hash", event->hash);
    ofp_json_close(&json, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}

/* Of a host action's own members those that it has. */
static void put_order(ofp_json_writer *json, const ofp_host_action *action)
{
    if (action->tag.data)
        put_text(json, "tag", action->tag);
    if (action->text.data)
        put_text(json, "text", action->text);
    if (action->owner.data)
        put_text(json, "owner", action->owner);
    if (action->unless_offering.data) {
        ofp_json_key(json, "unless_entitled");
        ofp_json_open(json, '{');
        put_text(json, "offering", action->unless_offering);
        put_text(json, "level", action->unless_level);
        ofp_json_close(json, '}');
    }
    if (action->not_before != OFP_INSTANT_NONE)
        put_instant(json, "not_before", action->not_before);
}

ofp_status ofp_host_action_write_json(const ofp_host_action *action, ofp_buffer *buffer,
                                      ofp_error **reterr)
{
    const size_t mark = buffer->size;
    ofp_json_writer json = {.buffer = buffer};
    ofp_json_open(&json, '{');
    put_integer(&json, "seq", action->seq);
    put_text(&json, "key", action->key);
    put_string(&json, "do", ofp_host_action_kind_name(action->kind));
    put_text(&json, "migration", action->migration);
    put_text(&json, "org", action->org);
    put_order(&json, action);
    put_instant(&json, "created_at", action->created_at);
    put_string(&json, "state", ofp_host_action_state_name(action->state));
    put_integer(&json, "attempts", action->attempts);
    put_instant(&json, "retry_at", action->retry_at);
    put_text(&json, "problem", action->problem);
    put_instant(&json, "settled_at", action->settled_at);
    ofp_json_close(&json, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}

ofp_status ofp_logged_decision_write_json(const ofp_logged_decision *logged, ofp_buffer *buffer,
                                          ofp_error **reterr)
{
    const size_t mark = buffer->size;
    ofp_json_writer json = {.buffer = buffer};
    ofp_json_open(&json, '{');
    put_integer(&json, "seq", logged->seq);
    put_instant(&json, "at", logged->at);
    put_text(&json, "ticket", logged->ticket);
    put_text(&json, "org", logged->org);
    put_text(&json, "policy_digest", logged->policy_digest);
    put_text(&json, "tzdata", logged->tzdata);
    put_document(&json, "request", logged->request);
    put_document(&json, "decision", logged->decision);
    ofp_json_close(&json, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}
