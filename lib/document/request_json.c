/* SPDX-License-Identifier: MIT */
/* Requests as JSON, such that reading gives the same request again. */
#include <offerpolicy/document.h>

#include "civil.h"
#include "json_writer.h"
#include "moment.h"
#include "tables.h"

/* What is written, and how. */
typedef struct form {
    ofp_json_writer json;
    const ofp_policy *policy;
    const ofp_request *request;
    const ofp_decision *decision; /* NULL: with all texts */
} form;

/* --- members that are left out where there is nothing ----------------------------------------- */

/* A name of the policy. */
static void put_name(ofp_json_writer *json, const char *key, const ofp_names *names, int32_t index)
{
    ofp_json_member(json, key, ofp_names_text(names, index));
}

/* The nearest instant that can be read again: what lies beyond makes no difference. */
static void put_instant(ofp_json_writer *json, const char *key, int64_t instant)
{
    if (instant == OFP_INSTANT_NONE)
        return;
    ofp_json_key(json, key);
    ofp_json_instant(json, instant < OFP_INSTANT_MIN    ? OFP_INSTANT_MIN
                           : instant >= OFP_INSTANT_END ? OFP_INSTANT_END - 1
                                                        : instant);
}

static void put_date(ofp_json_writer *json, const char *key, int32_t date)
{
    char text[OFP_DATE_SIZE];
    ofp_date_format(date, text);
    ofp_json_member(json, key, ofp_text_of(text));
}

static void put_tags(ofp_json_writer *json, const ofp_text *tags, size_t count)
{
    if (count == 0)
        return;
    ofp_json_key(json, "tags");
    ofp_json_open(json, '[');
    for (size_t i = 0; i < count; i++)
        ofp_json_text(json, tags[i]);
    ofp_json_close(json, ']');
}

/* --- the parts -------------------------------------------------------------------------------- */

/* A key that the policy's author chose. */
static void put_free_key(ofp_json_writer *json, const char *key)
{
    ofp_json_string(json, key);
    ofp_buffer_puts(json->buffer, ":");
    json->comma = false;
}

static void put_fields(form *f)
{
    const ofp_request *request = f->request;
    if (request->field_count == 0)
        return;
    ofp_json_key(&f->json, "fields");
    ofp_json_open(&f->json, '{');
    for (size_t i = 0; i < request->field_count; i++) {
        const ofp_field_value *given = &request->fields[i];
        put_free_key(&f->json, ofp_policy_field_name(f->policy, given->field));
        ofp_json_string(&f->json, ofp_policy_value_name(f->policy, given->field, given->value));
    }
    ofp_json_close(&f->json, '}');
}

/*
 * What patterns told, in place of the texts in which they looked for it. If they were not asked
 * there is nothing to say.
 */
static void put_classified(form *f)
{
    bool classified = f->request->classified;
    int32_t offering = f->request->classified_as;
    if (f->decision) {
        const ofp_offering_source source = ofp_decision_offering_source(f->decision);
        classified = source == OFP_SOURCE_PATTERNS || source == OFP_SOURCE_NONE;
        offering = ofp_decision_offering(f->decision);
    }
    if (!classified)
        return;
    ofp_json_key(&f->json, "classified");
    ofp_json_optional(&f->json, ofp_names_text(&f->policy->offering_names, offering));
}

static void put_ticket(form *f)
{
    const ofp_request *request = f->request;
    ofp_json_key(&f->json, "ticket");
    ofp_json_open(&f->json, '{');
    ofp_json_member(&f->json, "id", request->ticket);
    if (!f->decision) {
        ofp_json_member(&f->json, "subject", request->subject);
        ofp_json_member(&f->json, "description", request->description);
    }
    put_name(&f->json, "priority", &f->policy->priorities, request->priority);
    put_instant(&f->json, "created_at", request->created_at);
    put_tags(&f->json, request->tags, request->tag_count);
    put_name(&f->json, "offering", &f->policy->offering_names, request->offering);
    put_fields(f);
    put_classified(f);
    ofp_json_close(&f->json, '}');
}

static void put_org(form *f)
{
    const ofp_request *request = f->request;
    if (!request->has_org)
        return;
    ofp_json_key(&f->json, "org");
    ofp_json_open(&f->json, '{');
    ofp_json_member(&f->json, "id", request->org);
    if (!f->decision)
        ofp_json_member(&f->json, "name", request->org_name);
    put_tags(&f->json, request->org_tags, request->org_tag_count);
    if (!f->decision)
        ofp_json_member(&f->json, "notes", request->org_notes);
    ofp_json_member(&f->json, "time_zone", request->org_time_zone);
    ofp_json_close(&f->json, '}');
}

/*
 * A bound of an entitlement. Those of the first and the last date can lie outside of what instants
 * may be, and are then written as dates.
 * @param day 1 for an end, which is the start of the date after it
 */
static void put_bound(form *f, const char *key, int64_t instant, int32_t day)
{
    const int32_t date = instant < OFP_INSTANT_MIN ? OFP_DATE_MIN : OFP_DATE_MAX;
    if (instant != OFP_INSTANT_NONE && !ofp_instant_is_supported(instant) &&
        ofp_policy_date_start(f->policy, date + day) == instant)
        put_date(&f->json, key, date);
    else
        put_instant(&f->json, key, instant);
}

static void put_entitlement(form *f, const ofp_entitlement *entitlement)
{
    ofp_json_open(&f->json, '{');
    put_name(&f->json, "offering", &f->policy->offering_names, entitlement->offering);
    put_name(&f->json, "level", &f->policy->levels, entitlement->level);
    put_bound(f, "starts", entitlement->starts, 0);
    put_bound(f, "ends", entitlement->ends, 1);
    if (entitlement->hold) {
        ofp_json_key(&f->json, "hold");
        ofp_json_boolean(&f->json, true);
    }
    ofp_json_close(&f->json, '}');
}

static void put_migration(form *f, const ofp_migration *migration)
{
    ofp_json_open(&f->json, '{');
    ofp_json_member(&f->json, "id", migration->id);
    put_name(&f->json, "to", &f->policy->offering_names, migration->to);
    put_name(&f->json, "level", &f->policy->levels, migration->level);
    put_date(&f->json, "target_date", migration->target_date);
    ofp_json_member(&f->json, "status", ofp_text_of(ofp_migration_status_name(migration->status)));
    put_instant(&f->json, "ends_at", migration->end);
    put_instant(&f->json, "forgotten_at", migration->forgotten);
    ofp_json_close(&f->json, '}');
}

static void put_lists(form *f)
{
    const ofp_request *request = f->request;
    if (request->entitlement_count) {
        ofp_json_key(&f->json, "entitlements");
        ofp_json_open(&f->json, '[');
        for (size_t i = 0; i < request->entitlement_count; i++)
            put_entitlement(f, &request->entitlements[i]);
        ofp_json_close(&f->json, ']');
    }
    if (request->migration_count) {
        ofp_json_key(&f->json, "migrations");
        ofp_json_open(&f->json, '[');
        for (size_t i = 0; i < request->migration_count; i++)
            put_migration(f, &request->migrations[i]);
        ofp_json_close(&f->json, ']');
    }
}

ofp_status ofp_request_write_json(const ofp_request *request, const ofp_policy *policy,
                                  const ofp_decision *without_texts, ofp_buffer *buffer,
                                  ofp_error **reterr)
{
    const size_t mark = buffer->size;
    form f = {{.buffer = buffer}, policy, request, without_texts};
    ofp_json_open(&f.json, '{');
    put_instant(&f.json, "now", request->now);
    put_ticket(&f);
    put_org(&f);
    put_lists(&f);
    ofp_json_close(&f.json, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}
