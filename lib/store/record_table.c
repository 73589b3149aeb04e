/* SPDX-License-Identifier: MIT */
#include "record_table.h"

#include <stdlib.h>

#include "array.h"

/* Where the texts of each kind of record are. */
static const size_t migration_texts[] = {
    offsetof(ofp_migration_record, id),
    offsetof(ofp_migration_record, org),
    offsetof(ofp_migration_record, org_name),
    offsetof(ofp_migration_record, from),
    offsetof(ofp_migration_record, from_level),
    offsetof(ofp_migration_record, to),
    offsetof(ofp_migration_record, level),
    offsetof(ofp_migration_record, owner),
    offsetof(ofp_migration_record, reason),
    offsetof(ofp_migration_record, evidence),
    offsetof(ofp_migration_record, requested_by),
    offsetof(ofp_migration_record, decided_by),
    offsetof(ofp_migration_record, closed_by),
    offsetof(ofp_migration_record, policy),
    offsetof(ofp_migration_record, policy_revision),
    offsetof(ofp_migration_record, policy_digest),
};
static const size_t event_texts[] = {
    offsetof(ofp_event, actor),         offsetof(ofp_event, role),   offsetof(ofp_event, reason),
    offsetof(ofp_event, key),           offsetof(ofp_event, policy), offsetof(ofp_event, detail),
    offsetof(ofp_event, policy_digest),
};
static const size_t action_texts[] = {
    offsetof(ofp_host_action, key),          offsetof(ofp_host_action, migration),
    offsetof(ofp_host_action, org),          offsetof(ofp_host_action, tag),
    offsetof(ofp_host_action, text),         offsetof(ofp_host_action, owner),
    offsetof(ofp_host_action, unless_level), offsetof(ofp_host_action, unless_offering),
    offsetof(ofp_host_action, problem),
};
static const size_t decision_texts[] = {
    offsetof(ofp_logged_decision, ticket),        offsetof(ofp_logged_decision, org),
    offsetof(ofp_logged_decision, request),       offsetof(ofp_logged_decision, decision),
    offsetof(ofp_logged_decision, policy_digest), offsetof(ofp_logged_decision, tzdata),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static ofp_text *text_at(void *record, size_t offset)
{
    return (ofp_text *)((char *)record + offset);
}

/*
 * Moves a record's texts into the arena, each with a zero behind it.
 * @return false: out of memory, and the record is as it was
 */
static bool keep_texts(ofp_records *records, void *record, const size_t *offsets, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += text_at(record, offsets[i])->size + 1;
    char *at = ofp_arena_take(&records->arena, size, 1);
    if (!at)
        return false;
    for (size_t i = 0; i < count; i++) {
        ofp_text *text = text_at(record, offsets[i]);
        if (!text->data)
            continue;
        memcpy(at, text->data, text->size);
        text->data = at;
        at += text->size;
        *at++ = '\0';
    }
    return true;
}

ofp_records *ofp_records_new(void)
{
    return calloc(1, sizeof(ofp_records));
}

ofp_records *ofp_records_free(ofp_records *records)
{
    if (!records)
        return NULL;
    ofp_arena_free(&records->arena);
    free(records->migrations.items);
    free(records->events.items);
    free(records->actions.items);
    free(records->decisions.items);
    free(records);
    return NULL;
}

void ofp_records_reset(ofp_records *records)
{
    ofp_arena_reset(&records->arena);
    records->migrations.count = 0;
    records->events.count = 0;
    records->actions.count = 0;
    records->decisions.count = 0;
    records->more = false;
    records->repeated = false;
}

bool ofp_records_add_migration(ofp_records *records, const ofp_migration_record *record)
{
    ofp_migration_record copy = *record;
    if (!OFP_ARRAY_GROW(&records->migrations) ||
        !keep_texts(records, &copy, migration_texts, COUNT(migration_texts)))
        return false;
    records->migrations.items[records->migrations.count++] = copy;
    return true;
}

/* The event's migration stands in the arena: the table of migrations may move. */
static bool keep_subject(ofp_records *records, ofp_event *event)
{
    if (!event->migration)
        return true;
    ofp_migration_record *copy =
        ofp_arena_copy_array(&records->arena, event->migration, 1, sizeof *copy);
    event->migration = copy;
    return copy && keep_texts(records, copy, migration_texts, COUNT(migration_texts));
}

bool ofp_records_add_event(ofp_records *records, const ofp_event *event)
{
    ofp_event copy = *event;
    if (!OFP_ARRAY_GROW(&records->events) || !keep_subject(records, &copy) ||
        !keep_texts(records, &copy, event_texts, COUNT(event_texts)))
        return false;
    records->events.items[records->events.count++] = copy;
    return true;
}

bool ofp_records_add_action(ofp_records *records, const ofp_host_action *action)
{
    ofp_host_action copy = *action;
    if (!OFP_ARRAY_GROW(&records->actions) ||
        !keep_texts(records, &copy, action_texts, COUNT(action_texts)))
        return false;
    records->actions.items[records->actions.count++] = copy;
    return true;
}

bool ofp_records_add_decision(ofp_records *records, const ofp_logged_decision *decision)
{
    ofp_logged_decision copy = *decision;
    if (!OFP_ARRAY_GROW(&records->decisions) ||
        !keep_texts(records, &copy, decision_texts, COUNT(decision_texts)))
        return false;
    records->decisions.items[records->decisions.count++] = copy;
    return true;
}

const ofp_migration_record *ofp_records_migrations(const ofp_records *records, size_t *retcount)
{
    *retcount = records->migrations.count;
    return records->migrations.items;
}

const ofp_event *ofp_records_events(const ofp_records *records, size_t *retcount)
{
    *retcount = records->events.count;
    return records->events.items;
}

const ofp_host_action *ofp_records_actions(const ofp_records *records, size_t *retcount)
{
    *retcount = records->actions.count;
    return records->actions.items;
}

const ofp_logged_decision *ofp_records_decisions(const ofp_records *records, size_t *retcount)
{
    *retcount = records->decisions.count;
    return records->decisions.items;
}

bool ofp_records_more(const ofp_records *records)
{
    return records->more;
}

bool ofp_records_repeated(const ofp_records *records)
{
    return records->repeated;
}
