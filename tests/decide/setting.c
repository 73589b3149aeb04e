/* SPDX-License-Identifier: MIT */
#include "setting.h"

#include <stdio.h>

#include "allocations.h"

enum { LIST_SIZE = 32, REASON_LIMIT = 256 };

ofp_policy *policy;
ofp_request request;
const ofp_decision *decision;
ofp_scratch *scratch;
bool prepares_policies;

static ofp_entitlement entitlements[LIST_SIZE];
static ofp_migration migrations[LIST_SIZE];
static ofp_text tags[LIST_SIZE], org_tags[LIST_SIZE];
static ofp_field_value fields[LIST_SIZE];
static bool seen[REASON_LIMIT];
static unsigned seen_facts[REASON_LIMIT];

void start_setting(void)
{
    expect_ok(ofp_scratch_new(&scratch, &error));
}

void stop_setting(void)
{
    allocations_allow();
    scratch = ofp_scratch_free(scratch);
    policy = ofp_policy_unref(policy);
    prepares_policies = false;
}

void clear_request(void)
{
    request = (ofp_request)OFP_REQUEST_INIT;
    request.now = request.created_at = NOW;
    request.ticket = ofp_text_of("t1");
    request.has_org = true;
    request.org = ofp_text_of("acme");
    request.entitlements = entitlements;
    request.migrations = migrations;
    request.tags = tags;
    request.org_tags = org_tags;
    request.fields = fields;
}

void use_policy(const char *yaml)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    ofp_policy_unref(policy);
    policy = NULL;
    expect_ok(ofp_policy_parse(ofp_text_of(yaml), &options, &policy, &error));
    if (prepares_policies)
        expect_ok(ofp_policy_prepare(policy, &error));
    clear_request();
}

int32_t offering_of(const char *name)
{
    const int32_t index = ofp_policy_find_offering(policy, ofp_text_of(name));
    expect_each(index != OFP_NONE, "no offering %s", name);
    return index;
}

int32_t level_of(const char *name)
{
    const int32_t index = ofp_policy_find_level(policy, ofp_text_of(name));
    expect_each(index != OFP_NONE, "no level %s", name);
    return index;
}

int32_t priority_of(const char *name)
{
    const int32_t index = ofp_policy_find_priority(policy, ofp_text_of(name));
    expect_each(index != OFP_NONE, "no priority %s", name);
    return index;
}

void about(const char *offering)
{
    request.offering = offering_of(offering);
}

ofp_entitlement *entitle(const char *offering, const char *level)
{
    expect_each(request.entitlement_count < LIST_SIZE, "too many entitlements");
    ofp_entitlement *entitlement = &entitlements[request.entitlement_count++];
    *entitlement = (ofp_entitlement){.offering = offering_of(offering),
                                     .level = level_of(level),
                                     .starts = OFP_INSTANT_NONE,
                                     .ends = OFP_INSTANT_NONE};
    return entitlement;
}

ofp_migration *migrate(const char *id, const char *to, const char *level, const char *target_date,
                       ofp_migration_status status)
{
    expect_each(request.migration_count < LIST_SIZE, "too many migrations");
    ofp_migration *migration = &migrations[request.migration_count++];
    *migration = (ofp_migration){.id = ofp_text_of(id),
                                 .to = offering_of(to),
                                 .level = level_of(level),
                                 .status = status,
                                 .end = OFP_INSTANT_NONE,
                                 .forgotten = OFP_INSTANT_NONE};
    expect_each(!ofp_date_parse(ofp_text_of(target_date), &migration->target_date, NULL),
                "no date: %s", target_date);
    return migration;
}

void carry_tag(const char *tag)
{
    expect_each(request.tag_count < LIST_SIZE, "too many tags");
    tags[request.tag_count++] = ofp_text_of(tag);
}

void carry_tags(const char *const *list)
{
    request.tag_count = 0;
    for (; *list; list++)
        carry_tag(*list);
}

void carry_org_tag(const char *tag)
{
    expect_each(request.org_tag_count < LIST_SIZE, "too many tags");
    org_tags[request.org_tag_count++] = ofp_text_of(tag);
}

void set_field(const char *name, const char *value)
{
    const int32_t field = ofp_policy_find_field(policy, ofp_text_of(name));
    ck_assert_int_ne(field, OFP_NONE);
    const int32_t index = ofp_policy_find_value(policy, field, ofp_text_of(value));
    ck_assert_int_ne(index, OFP_NONE);
    fields[request.field_count++] = (ofp_field_value){field, index};
}

const char *const fact_names[] = {"id",        "line",       "offering", "level", "priority",
                                  "condition", "field",      "at",       "date",  "score",
                                  "next",      "next_score", "limit",    "index", NULL};

/* One bit for each fact that the reason has, in the order of the names. */
static unsigned facts_of(const ofp_reason *reason)
{
    const bool has[] = {
        reason->id.data != NULL,       reason->line != 0,
        reason->offering != OFP_NONE,  reason->level != OFP_NONE,
        reason->priority != OFP_NONE,  reason->condition != NULL,
        reason->field != NULL,         reason->at != OFP_INSTANT_NONE,
        reason->date != OFP_DATE_NONE, reason->score != OFP_NONE,
        reason->next != OFP_NONE,      reason->next_score != OFP_NONE,
        reason->limit != OFP_NONE,     reason->index != OFP_NONE,
    };
    unsigned facts = 0;
    for (size_t i = 0; i < sizeof has / sizeof *has; i++)
        facts |= (unsigned)has[i] << i;
    return facts;
}

static void note_reasons(void)
{
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++) {
        seen[reason.code] = true;
        seen_facts[reason.code] |= facts_of(&reason);
    }
}

const ofp_decision *decide(void)
{
    expect_ok(ofp_decide(policy, &request, scratch, &decision, &error));
    note_reasons();
    return decision;
}

void expect_refused(ofp_code code, const char *pointer)
{
    ofp_error *error = NULL;
    const ofp_decision *untouched = (const ofp_decision *)&request;
    const ofp_decision *result = untouched;
    const ofp_status status = ofp_decide(policy, &request, scratch, &result, &error);
    ck_assert_msg(status != OFP_STATUS_OK, "%s: not refused", pointer);
    ck_assert_ptr_eq(result, untouched);
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_msg(first->code == code, "%s: %s, not %s: %s", pointer, ofp_code_name(first->code),
                  ofp_code_name(code), first->message);
    ck_assert_int_eq(ofp_error_status(error), status);
    ck_assert_msg(first->pointer, "%s: no pointer", pointer);
    ck_assert_str_eq(first->pointer, pointer);
    ck_assert_uint_gt(strlen(first->message), 0);
    ofp_error_free(error);
}

const char *actions(void)
{
    static char words[4096];
    size_t count, used = 0;
    const ofp_action *list = ofp_decision_actions(decision, &count);
    words[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const bool is_tag =
            list[i].kind == OFP_ACTION_REMOVE_TAG || list[i].kind == OFP_ACTION_ADD_TAG;
        const char *word = is_tag ? ofp_policy_tag_name(policy, list[i].tag)
                           : list[i].kind == OFP_ACTION_PUBLIC_REPLY ? "reply"
                                                                     : "note";
        const char *sign = !is_tag ? "" : list[i].kind == OFP_ACTION_ADD_TAG ? "+" : "-";
        used +=
            (size_t)snprintf(words + used, sizeof words - used, "%s%s%s", i ? " " : "", sign, word);
    }
    return words;
}

ofp_reason reason_of(ofp_reason_code code)
{
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == code)
            return reason;
    ck_abort_msg("there is no reason %s", ofp_reason_name(code));
    return reason;
}

size_t reason_count(ofp_reason_code code)
{
    ofp_reason reason;
    size_t count = 0;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        count += reason.code == code;
    return count;
}

bool reason_was_seen(ofp_reason_code code)
{
    return seen[code];
}

bool reason_had_fact(ofp_reason_code code, size_t fact)
{
    return seen_facts[code] >> fact & 1;
}
