/* SPDX-License-Identifier: MIT */
/* What a request document looks like, and how it becomes a request. */
#include "array.h"
#include "reader_state.h"
#include "tables.h"

/* --- migrations ------------------------------------------------------------------------------ */

static void *begin_migration(ofp_reader *reader)
{
    ofp_migration_list *list = &reader->migrations;
    if (!OFP_ARRAY_GROW(list))
        return NULL;
    list->items[list->count] =
        (ofp_migration){.end = OFP_INSTANT_NONE, .forgotten = OFP_INSTANT_NONE};
    return &list->items[list->count++];
}

/* In the order of ofp_migration_status. */
static const ofp_text status_names[] = {
    {"requested", 9}, {"approved", 8}, {"refused", 7}, {"completed", 9}, {"cancelled", 9},
};
static const ofp_words statuses = {status_names, OFP_SLOT_COUNT(status_names)};

static const ofp_slot migration_slots[] = {
    {OFP_SLOT_KEY("id"), OFP_SLOT_TEXT(ofp_take_text, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_migration, id)},
    {OFP_SLOT_KEY("to"), OFP_SLOT_NAME("offering", offering_names),
     OFP_SLOT_INTO(ofp_migration, to)},
    {OFP_SLOT_KEY("level"), OFP_SLOT_NAME("level", levels), OFP_SLOT_INTO(ofp_migration, level)},
    {OFP_SLOT_KEY("target_date"), OFP_SLOT_TEXT(ofp_take_date, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_migration, target_date)},
    {OFP_SLOT_KEY("status"), OFP_SLOT_WORD("status", &statuses),
     OFP_SLOT_INTO(ofp_migration, status)},
    {OFP_SLOT_KEY("ends_at"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_migration, end)},
    {OFP_SLOT_KEY("forgotten_at"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_migration, forgotten)},
};

enum { MIGRATION_REQUIRED = 5 };

static const ofp_object migration_object = {
    .slots = migration_slots,
    .slot_count = OFP_SLOT_COUNT(migration_slots),
    .required_count = MIGRATION_REQUIRED,
    .begin = begin_migration,
};

static const ofp_slot migration_item = {OFP_SLOT_OBJECT(&migration_object)};

/* --- fields ---------------------------------------------------------------------------------- */

static void *begin_fields(ofp_reader *reader)
{
    ofp_field_list *fields = &reader->fields;
    const size_t words = reader->policy->field_names.count / 64 + 1;
    if (!ofp_array_reserve(&fields->seen, &fields->seen_capacity, words, sizeof *fields->seen))
        return NULL;
    memset(fields->seen, 0, words * sizeof *fields->seen);
    return fields;
}

static ofp_status take_value(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    ofp_field_list *fields = target;
    const ofp_names *values = &reader->policy->fields[reader->field].values;
    const int32_t value = ofp_names_find(values, text);
    if (value < 0)
        return ofp_reader_unknown(reader, OFP_CODE_UNKNOWN_NAME, slot->noun, text,
                                  (ofp_words){values->items, values->count});
    if (!OFP_ARRAY_GROW(fields))
        return ofp_reader_no_memory(reader);
    fields->items[fields->count++] = (ofp_field_value){reader->field, value};
    return OFP_STATUS_OK;
}

static const ofp_slot field_value = {OFP_SLOT_TEXT(take_value, OFP_NAME_LIMIT), .noun = "value"};

static const ofp_slot *find_field(ofp_reader *reader, ofp_text key)
{
    const ofp_names *names = &reader->policy->field_names;
    const int32_t field = ofp_names_find(names, key);
    if (field < 0) {
        ofp_reader_unknown(reader, OFP_CODE_UNKNOWN_KEY, "field", key,
                           (ofp_words){names->items, names->count});
        return NULL;
    }
    uint64_t *word = &reader->fields.seen[field / 64];
    const uint64_t bit = UINT64_C(1) << field % 64;
    if (*word & bit) {
        ofp_reader_duplicate(reader, key);
        return NULL;
    }
    *word |= bit;
    reader->field = field;
    return &field_value;
}

static const ofp_object fields_object = {.begin = begin_fields, .find = find_field};

/* --- ticket, org, and the whole -------------------------------------------------------------- */

static void *begin_part(ofp_reader *reader)
{
    return &reader->request;
}

static void *begin_org(ofp_reader *reader)
{
    reader->request.has_org = true;
    return &reader->request;
}

static const ofp_slot tag = {OFP_SLOT_TEXT(ofp_take_member, OFP_NAME_LIMIT)};

static const ofp_slot ticket_slots[] = {
    {OFP_SLOT_KEY("id"), OFP_SLOT_TEXT(ofp_take_text, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, ticket)},
    {OFP_SLOT_KEY("subject"), OFP_SLOT_TEXT(ofp_take_text, OFP_TEXT_LIMIT),
     OFP_SLOT_INTO(ofp_request, subject)},
    {OFP_SLOT_KEY("description"), OFP_SLOT_TEXT(ofp_take_text, OFP_TEXT_LIMIT),
     OFP_SLOT_INTO(ofp_request, description)},
    {OFP_SLOT_KEY("priority"), OFP_SLOT_NAME("priority", priorities),
     OFP_SLOT_INTO(ofp_request, priority)},
    {OFP_SLOT_KEY("created_at"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, created_at)},
    {OFP_SLOT_KEY("tags"), OFP_SLOT_LIST(&tag), OFP_SLOT_INTO(struct ofp_reader, tags)},
    {OFP_SLOT_KEY("offering"), OFP_SLOT_NAME("offering", offering_names),
     OFP_SLOT_INTO(ofp_request, offering)},
    {OFP_SLOT_KEY("fields"), OFP_SLOT_OBJECT(&fields_object)},
    {OFP_SLOT_KEY("classified"), OFP_SLOT_NAME("offering", offering_names), .nullable = true,
     OFP_SLOT_INTO(ofp_request, classified_as)},
};

/* Its null says something, too: that nobody could tell. */
static ofp_status end_ticket(ofp_reader *reader, void *target)
{
    const size_t classified = OFP_SLOT_COUNT(ticket_slots) - 1;
    ((ofp_request *)target)->classified = reader->frame->seen >> classified & 1;
    return OFP_STATUS_OK;
}

static const ofp_object ticket_object = {
    .slots = ticket_slots,
    .slot_count = OFP_SLOT_COUNT(ticket_slots),
    .required_count = 1,
    .begin = begin_part,
    .end = end_ticket,
};

static const ofp_slot org_slots[] = {
    {OFP_SLOT_KEY("id"), OFP_SLOT_TEXT(ofp_take_text, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, org)},
    {OFP_SLOT_KEY("name"), OFP_SLOT_TEXT(ofp_take_text, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, org_name)},
    {OFP_SLOT_KEY("tags"), OFP_SLOT_LIST(&tag), OFP_SLOT_INTO(struct ofp_reader, org_tags)},
    {OFP_SLOT_KEY("notes"), OFP_SLOT_TEXT(ofp_take_text, OFP_TEXT_LIMIT),
     OFP_SLOT_INTO(ofp_request, org_notes)},
    {OFP_SLOT_KEY("time_zone"), OFP_SLOT_TEXT(ofp_take_text, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, org_time_zone)},
};

static const ofp_object org_object = {
    .slots = org_slots,
    .slot_count = OFP_SLOT_COUNT(org_slots),
    .required_count = 1,
    .begin = begin_org,
};

static const ofp_slot request_slots[] = {
    {OFP_SLOT_KEY("ticket"), OFP_SLOT_OBJECT(&ticket_object)},
    {OFP_SLOT_KEY("org"), OFP_SLOT_OBJECT(&org_object), .nullable = true},
    {OFP_SLOT_KEY("entitlements"), OFP_SLOT_LIST(&ofp_entitlement_slot),
     OFP_SLOT_INTO(struct ofp_reader, entitlements)},
    {OFP_SLOT_KEY("migrations"), OFP_SLOT_LIST(&migration_item),
     OFP_SLOT_INTO(struct ofp_reader, migrations)},
    {OFP_SLOT_KEY("now"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, now)},
};

static const ofp_object request_object = {
    .slots = request_slots,
    .slot_count = OFP_SLOT_COUNT(request_slots),
    .required_count = 1,
    .begin = begin_part,
};

const ofp_slot ofp_request_slot = {OFP_SLOT_OBJECT(&request_object)};

/* --- facts about an org ---------------------------------------------------------------------- */

static const ofp_slot facts_slots[] = {
    {OFP_SLOT_KEY("org"), OFP_SLOT_OBJECT(&org_object)},
    {OFP_SLOT_KEY("entitlements"), OFP_SLOT_LIST(&ofp_entitlement_slot),
     OFP_SLOT_INTO(struct ofp_reader, entitlements)},
    {OFP_SLOT_KEY("ticket"), OFP_SLOT_OBJECT(&ticket_object)},
    {OFP_SLOT_KEY("migrations"), OFP_SLOT_LIST(&migration_item),
     OFP_SLOT_INTO(struct ofp_reader, migrations)},
    {OFP_SLOT_KEY("now"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_request, now)},
};

static const ofp_object facts_object = {
    .slots = facts_slots,
    .slot_count = OFP_SLOT_COUNT(facts_slots),
    .required_count = 1,
    .begin = begin_part,
};

const ofp_slot ofp_facts_slot = {OFP_SLOT_OBJECT(&facts_object)};
