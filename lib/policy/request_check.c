/* SPDX-License-Identifier: MIT */
#include "request_check.h"

#include <stdio.h>

#include "failure.h"
#include "moment.h"
#include "span.h"
#include "tables.h"

/* What is checked, and where the first mistake is told. */
typedef struct checker {
    const ofp_policy *policy;
    const ofp_request *request;
    ofp_error **reterr;
} checker;

/* A place in the document: "/list/3/member". */
typedef struct pointer {
    char text[64];
} pointer;

static pointer pointer_to(const char *list, size_t index, const char *member)
{
    pointer made;
    snprintf(made.text, sizeof made.text, "%s/%zu%s", list, index, member);
    return made;
}

/* Fails with a message about a place. */
#define REFUSE(checker, place, code, ...) \
    ofp_fail_at((checker)->reterr, (ofp_place){.pointer = (place)}, code, __VA_ARGS__)

static ofp_status check_index(const checker *c, const char *place, int32_t index, size_t count,
                              const char *what)
{
    if (index >= 0 && (size_t)index < count)
        return OFP_STATUS_OK;
    return REFUSE(c, place, OFP_CODE_INDEX_RANGE, "%d is not the index of %s of the policy",
                  (int)index, what);
}

static ofp_status check_instant(const checker *c, const char *place, int64_t instant)
{
    if (instant == OFP_INSTANT_NONE || ofp_instant_is_supported(instant))
        return OFP_STATUS_OK;
    return REFUSE(c, place, OFP_CODE_INSTANT_RANGE, "the instant %s",
                  ofp_moment_problem(OFP_CODE_INSTANT_RANGE));
}

/* A bound of an entitlement: the end of the last date that is supported may be named, too. */
static ofp_status check_bound(const checker *c, const char *list, size_t index, const char *member,
                              int64_t instant)
{
    const int64_t slack = 2 * 86400;
    if (instant == OFP_INSTANT_NONE ||
        (instant >= OFP_INSTANT_MIN - slack && instant <= OFP_INSTANT_END + slack))
        return OFP_STATUS_OK;
    return check_instant(c, pointer_to(list, index, member).text, instant);
}

static ofp_status check_text(const checker *c, const char *place, ofp_text text, size_t limit)
{
    if (text.size > limit)
        return REFUSE(c, place, OFP_CODE_TEXT_TOO_LONG,
                      "the text has %zu bytes; at most %zu are allowed", text.size, limit);
    if (!c->request->valid_utf8 && !ofp_span_is_utf8(text))
        return REFUSE(c, place, OFP_CODE_INVALID_UTF8, "the text is not valid UTF-8");
    return OFP_STATUS_OK;
}

static ofp_status check_id(const checker *c, const char *place, ofp_text id)
{
    if (id.size == 0)
        return REFUSE(c, place, OFP_CODE_EMPTY_ID, "the id is empty");
    return check_text(c, place, id, OFP_NAME_LIMIT);
}

static ofp_status check_count(const checker *c, const char *place, size_t count)
{
    if (count <= OFP_LIST_LIMIT)
        return OFP_STATUS_OK;
    return REFUSE(c, place, OFP_CODE_LIST_TOO_LONG,
                  "the list has %zu members; at most %zu are allowed", count, OFP_LIST_LIMIT);
}

static ofp_status check_tags(const checker *c, const char *place, const ofp_text *tags,
                             size_t count)
{
    ofp_status status = check_count(c, place, count);
    /* Nothing else can be wrong with texts that were read from a document. */
    for (size_t i = 0; !status && !c->request->valid_utf8 && i < count; i++) {
        if (tags[i].size > OFP_NAME_LIMIT || !ofp_span_is_utf8(tags[i]))
            status = check_text(c, pointer_to(place, i, "").text, tags[i], OFP_NAME_LIMIT);
    }
    return status;
}

static ofp_status check_fields(const checker *c)
{
    const ofp_request *r = c->request;
    const size_t known = c->policy->field_names.count;
    ofp_status status = check_count(c, "/ticket/fields", r->field_count);
    for (size_t i = 0; !status && i < r->field_count; i++) {
        const ofp_field_value *given = &r->fields[i];
        status = check_index(c, "/ticket/fields", given->field, known, "a field");
        if (!status)
            status =
                check_index(c, "/ticket/fields", given->value,
                            c->policy->fields[given->field].values.count, "a value of the field");
        for (size_t j = 0; !status && j < i; j++) {
            if (r->fields[j].field == given->field)
                status = REFUSE(c, "/ticket/fields", OFP_CODE_DUPLICATE_KEY,
                                "the field \"%s\" is given twice",
                                ofp_policy_field_name(c->policy, given->field));
        }
    }
    return status;
}

static ofp_status check_created_at(const checker *c)
{
    if (c->request->created_at == OFP_INSTANT_NONE && ofp_policy_has_sla(c->policy))
        return REFUSE(c, "/ticket", OFP_CODE_CREATED_AT_MISSING,
                      "\"created_at\" is missing: the policy has SLA rules, and targets count from "
                      "the ticket's creation");
    return check_instant(c, "/ticket/created_at", c->request->created_at);
}

/* It stands for texts, and only where the ticket does not name its offering. */
static ofp_status check_classified(const checker *c)
{
    static const char place[] = "/ticket/classified";
    const ofp_request *r = c->request;
    if (!r->classified)
        return OFP_STATUS_OK;
    if (r->offering != OFP_NONE || r->subject.data || r->description.data)
        return REFUSE(c, place, OFP_CODE_CLASSIFIED_MISPLACED,
                      "\"classified\" stands in place of the texts: leave it out, or else "
                      "\"subject\", \"description\" and \"offering\"");
    if (r->classified_as == OFP_NONE)
        return OFP_STATUS_OK;
    return check_index(c, place, r->classified_as, c->policy->offering_names.count, "an offering");
}

static ofp_status check_ticket(const checker *c)
{
    const ofp_request *r = c->request;
    ofp_status status = check_id(c, "/ticket/id", r->ticket);
    if (!status)
        status = check_text(c, "/ticket/subject", r->subject, OFP_TEXT_LIMIT);
    if (!status)
        status = check_text(c, "/ticket/description", r->description, OFP_TEXT_LIMIT);
    if (!status && r->priority != OFP_NONE)
        status = check_index(c, "/ticket/priority", r->priority, c->policy->priorities.count,
                             "a priority");
    if (!status && r->offering != OFP_NONE)
        status = check_index(c, "/ticket/offering", r->offering, c->policy->offering_names.count,
                             "an offering");
    if (!status)
        status = check_classified(c);
    if (!status)
        status = check_created_at(c);
    if (!status)
        status = check_tags(c, "/ticket/tags", r->tags, r->tag_count);
    return status ? status : check_fields(c);
}

static ofp_status check_org(const checker *c)
{
    const ofp_request *r = c->request;
    if (!r->has_org) {
        if (r->entitlement_count || r->migration_count)
            return REFUSE(c, r->entitlement_count ? "/entitlements" : "/migrations",
                          OFP_CODE_NO_ORG, "there is no org that these could belong to");
        return OFP_STATUS_OK;
    }
    ofp_status status = check_id(c, "/org/id", r->org);
    if (!status)
        status = check_text(c, "/org/name", r->org_name, OFP_NAME_LIMIT);
    if (!status)
        status = check_text(c, "/org/notes", r->org_notes, OFP_TEXT_LIMIT);
    if (!status)
        status = check_text(c, "/org/time_zone", r->org_time_zone, OFP_NAME_LIMIT);
    return status ? status : check_tags(c, "/org/tags", r->org_tags, r->org_tag_count);
}

static ofp_status check_entitlement(const checker *c, size_t index)
{
    static const char list[] = "/entitlements";
    const ofp_entitlement *e = &c->request->entitlements[index];
    const bool offering_known = (size_t)e->offering < c->policy->offering_names.count;
    if (!offering_known)
        return check_index(c, pointer_to(list, index, "/offering").text, e->offering,
                           c->policy->offering_names.count, "an offering");
    if ((size_t)e->level >= c->policy->levels.count)
        return check_index(c, pointer_to(list, index, "/level").text, e->level,
                           c->policy->levels.count, "a level");
    ofp_status status = check_bound(c, list, index, "/starts", e->starts);
    if (!status)
        status = check_bound(c, list, index, "/ends", e->ends);
    if (!status && e->starts != OFP_INSTANT_NONE && e->ends != OFP_INSTANT_NONE &&
        e->ends < e->starts)
        return REFUSE(c, pointer_to(list, index, "/ends").text, OFP_CODE_ENDS_BEFORE_STARTS,
                      "the entitlement ends before it starts");
    return status;
}

static ofp_status check_migration_end(const checker *c, size_t index)
{
    static const char list[] = "/migrations";
    const ofp_migration *m = &c->request->migrations[index];
    if ((m->end == OFP_INSTANT_NONE) != (m->forgotten == OFP_INSTANT_NONE))
        return REFUSE(c, pointer_to(list, index, "").text, OFP_CODE_MISSING_KEY,
                      "a key is missing: \"%s\" (a migration has both or neither)",
                      m->end == OFP_INSTANT_NONE ? "ends_at" : "forgotten_at");
    if (m->forgotten < m->end)
        return REFUSE(c, pointer_to(list, index, "/forgotten_at").text,
                      OFP_CODE_FORGOTTEN_BEFORE_END, "the migration is forgotten before it ends");
    if (m->target_date >= 0 && m->target_date < OFP_INSTANT_END / 86400)
        return OFP_STATUS_OK;
    return REFUSE(c, pointer_to(list, index, "/target_date").text, OFP_CODE_INSTANT_RANGE,
                  "the date %s", ofp_moment_problem(OFP_CODE_INSTANT_RANGE));
}

static ofp_status check_migration(const checker *c, size_t index)
{
    static const char list[] = "/migrations";
    const ofp_migration *m = &c->request->migrations[index];
    if (m->id.size == 0 || m->id.size > OFP_NAME_LIMIT ||
        (!c->request->valid_utf8 && !ofp_span_is_utf8(m->id)))
        return check_id(c, pointer_to(list, index, "/id").text, m->id);
    if ((size_t)m->to >= c->policy->offering_names.count)
        return check_index(c, pointer_to(list, index, "/to").text, m->to,
                           c->policy->offering_names.count, "an offering");
    if ((size_t)m->level >= c->policy->levels.count)
        return check_index(c, pointer_to(list, index, "/level").text, m->level,
                           c->policy->levels.count, "a level");
    if (c->policy->unpaid[m->level])
        return REFUSE(c, pointer_to(list, index, "/level").text, OFP_CODE_UNPAID_MIGRATION,
                      "nobody pays for the level \"%s\": name the paid level that was promised",
                      ofp_policy_level_name(c->policy, m->level));
    if ((unsigned)m->status > OFP_MIGRATION_CANCELLED)
        return check_index(c, pointer_to(list, index, "/status").text, (int32_t)m->status,
                           OFP_MIGRATION_CANCELLED + 1, "a status");
    return check_migration_end(c, index);
}

static ofp_status check_now(const checker *c)
{
    if (c->request->now == OFP_INSTANT_NONE)
        return REFUSE(c, "", OFP_CODE_NOW_MISSING,
                      "\"now\" is missing: for which instant shall be decided?");
    return check_instant(c, "/now", c->request->now);
}

/* Nearly all are right, which these two see at a glance; who fails here is looked at closely. */
static bool entitlement_looks_right(const ofp_policy *policy, const ofp_entitlement *e)
{
    const uint64_t range = (uint64_t)OFP_INSTANT_END;
    return ((size_t)e->offering < policy->offering_names.count) &
           ((size_t)e->level < policy->levels.count) &
           ((e->starts == OFP_INSTANT_NONE) | ((uint64_t)e->starts < range)) &
           ((e->ends == OFP_INSTANT_NONE) | (((uint64_t)e->ends < range) & (e->starts <= e->ends)));
}

static bool migration_looks_right(const ofp_policy *policy, const ofp_request *request,
                                  const ofp_migration *m)
{
    return ((size_t)m->to < policy->offering_names.count) &&
           ((size_t)m->level < policy->levels.count) && !policy->unpaid[m->level] &&
           (((unsigned)m->status <= OFP_MIGRATION_CANCELLED) & request->valid_utf8 &
            (m->id.size > 0) & (m->id.size <= OFP_NAME_LIMIT) & (m->end != OFP_INSTANT_NONE) &
            (m->forgotten >= m->end) & (m->target_date >= 0) &
            (m->target_date < OFP_INSTANT_END / 86400));
}

/* The org, and all that it has. */
static ofp_status check_facts(const checker *c)
{
    const ofp_request *r = c->request;
    ofp_status status = check_org(c);
    if (!status)
        status = check_count(c, "/entitlements", r->entitlement_count);
    for (size_t i = 0; !status && i < r->entitlement_count; i++) {
        if (!entitlement_looks_right(c->policy, &r->entitlements[i]))
            status = check_entitlement(c, i);
    }
    if (!status)
        status = check_count(c, "/migrations", r->migration_count);
    for (size_t i = 0; !status && i < r->migration_count; i++) {
        if (!migration_looks_right(c->policy, r, &r->migrations[i]))
            status = check_migration(c, i);
    }
    return status;
}

static ofp_status check_size(const checker *c)
{
    if (c->request->size == sizeof *c->request)
        return OFP_STATUS_OK;
    return ofp_fail(c->reterr, OFP_CODE_MISUSE,
                    "the request's `size` is %zu: start from OFP_REQUEST_INIT", c->request->size);
}

ofp_status ofp_request_check(const ofp_policy *policy, const ofp_request *request,
                             ofp_error **reterr)
{
    const checker c = {policy, request, reterr};
    ofp_status status = check_size(&c);
    if (!status)
        status = check_now(&c);
    if (!status)
        status = check_ticket(&c);
    if (!status)
        status = check_facts(&c);
    return status ? status : ofp_succeed(reterr);
}

ofp_status ofp_request_check_facts(const ofp_policy *policy, const ofp_request *request,
                                   ofp_error **reterr)
{
    const checker c = {policy, request, reterr};
    ofp_status status = check_size(&c);
    if (!status && !request->has_org)
        status = REFUSE(&c, "/org", OFP_CODE_NO_ORG, "there is no org that facts could be about");
    if (!status && request->ticket.data)
        status = check_id(&c, "/ticket/id", request->ticket);
    if (!status)
        status = check_classified(&c);
    if (!status)
        status = check_facts(&c);
    return status ? status : ofp_succeed(reterr);
}
