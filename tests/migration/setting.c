/* SPDX-License-Identifier: MIT */
#include "setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "allocations.h"

enum { LIST_SIZE = 16 };

ofp_policy *policy;
ofp_store *store;
ofp_facts *facts;
ofp_step step;
ofp_records *answer;

static char folder[64], path[96];
static ofp_records *found;
static ofp_entitlement entitlements[LIST_SIZE];
static ofp_request known;

void reopen_store(ofp_store_mode mode)
{
    const ofp_store_options options = {.size = sizeof options, .mode = mode};
    ofp_store_close(store);
    store = NULL;
    expect_ok(ofp_store_open(path, &options, &store, &error));
}

void start_setting(void)
{
    strcpy(folder, "/tmp/offerpolicy-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/store", folder);
    reopen_store(OFP_STORE_CREATE);
    use_policy(SHOP PLAIN);
}

void stop_store(void)
{
    store = ofp_store_close(store);
}

void stop_setting(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    allocations_allow();
    answer = ofp_records_free(answer);
    found = ofp_records_free(found);
    facts = ofp_facts_free(facts);
    policy = ofp_policy_unref(policy);
    stop_store();
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}

void use_policy(const char *yaml)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    policy = ofp_policy_unref(policy);
    facts = ofp_facts_free(facts);
    expect_ok(ofp_policy_parse(ofp_text_of(yaml), &options, &policy, &error));
    expect_ok(ofp_facts_new(&facts, &error));
}

int32_t date_of(const char *text)
{
    int32_t date = 0;
    expect_ok(ofp_date_parse(ofp_text_of(text), &date, &error));
    return date;
}

int64_t instant_of(const char *text)
{
    int64_t instant = 0;
    expect_ok(ofp_instant_parse(ofp_text_of(text), &instant, &error));
    return instant;
}

void know(const char *org)
{
    known = (ofp_request)OFP_REQUEST_INIT;
    known.has_org = true;
    known.org = ofp_text_of(org);
    known.entitlements = entitlements;
}

ofp_entitlement *entitle(const char *offering, const char *level)
{
    ofp_entitlement *made = &entitlements[known.entitlement_count++];
    ck_assert_uint_le(known.entitlement_count, LIST_SIZE);
    *made = (ofp_entitlement){.offering = ofp_policy_find_offering(policy, ofp_text_of(offering)),
                              .level = ofp_policy_find_level(policy, ofp_text_of(level)),
                              .starts = OFP_INSTANT_NONE,
                              .ends = OFP_INSTANT_NONE};
    return made;
}

void know_it(void)
{
    expect_ok(ofp_facts_add(facts, policy, &known, &error));
}

void start_step(ofp_step_kind kind, const char *id, int64_t at)
{
    step = (ofp_step)OFP_STEP_INIT;
    step.kind = kind;
    step.at = at;
    step.actor = ofp_text_of("mia");
    step.role = ofp_text_of("manager");
    step.migration = ofp_text_of(id);
}

void start_request(int64_t at)
{
    know("acme");
    entitle("desk", "premium");
    know_it();
    start_step(OFP_STEP_REQUEST, NULL, at);
    step.actor = ofp_text_of("bo");
    step.role = (ofp_text){0};
    step.org = ofp_text_of("acme");
    step.from = ofp_text_of("desk");
    step.to = ofp_text_of("cloud");
    step.level = ofp_text_of("premium");
    step.target_date = date_of("2026-12-31");
    step.owner = ofp_text_of("kim");
    step.facts = facts;
}

const ofp_migration_record *take(void)
{
    size_t count;
    answer = ofp_records_free(answer);
    expect_ok(ofp_step_take(&step, store, policy, &answer, &error));
    const ofp_migration_record *record = ofp_records_migrations(answer, &count);
    ck_assert_uint_eq(count, 1);
    return record;
}

void refused(ofp_code code, const char *message)
{
    ofp_error *error = NULL;
    ofp_records *untouched = (ofp_records *)&step;
    const int64_t before = event_count();
    const ofp_status status = ofp_step_take(&step, store, policy, &untouched, &error);
    ck_assert_msg(status != OFP_STATUS_OK, "not refused: %s", message);
    ck_assert_ptr_eq(untouched, &step);
    ck_assert_int_eq(ofp_error_status(error), status);
    ck_assert_msg(ofp_error_first(error)->code == code, "%s, not %s: %s",
                  ofp_code_name(ofp_error_first(error)->code), ofp_code_name(code),
                  ofp_error_message(error));
    ck_assert_str_eq(ofp_error_message(error), message);
    ck_assert_int_eq(event_count(), before);
    ofp_error_free(error);
}

const ofp_migration_record *request(int64_t at)
{
    start_request(at);
    return take();
}

const ofp_migration_record *approve(const char *id, int64_t at)
{
    start_step(OFP_STEP_APPROVE, id, at);
    return take();
}

const ofp_migration_record *extend(const char *id, const char *date, int64_t at)
{
    start_step(OFP_STEP_EXTEND, id, at);
    step.target_date = date_of(date);
    return take();
}

const ofp_migration_record *end(const char *id, int64_t at)
{
    start_step(OFP_STEP_END, id, at);
    return take();
}

const ofp_migration_record *complete(const char *id, int64_t at)
{
    start_step(OFP_STEP_COMPLETE, id, at);
    step.outcome = OFP_OUTCOME_REACHED;
    return take();
}

void sweep_some(int64_t at, size_t limit)
{
    ofp_sweep how = OFP_SWEEP_INIT;
    how.at = at;
    how.limit = limit;
    how.facts = facts;
    answer = ofp_records_free(answer);
    expect_ok(ofp_sweep_run(&how, store, policy, &answer, &error));
}

void sweep(int64_t at)
{
    sweep_some(at, 0);
}

const ofp_migration_record *look_up(const char *id)
{
    size_t count;
    found = ofp_records_free(found);
    expect_ok(ofp_store_find(store, ofp_text_of(id), &found, &error));
    return ofp_records_migrations(found, &count);
}

const ofp_records *seen(void)
{
    return found;
}

/* "+cloud_p", "note", … and its conditions. */
static size_t put_action(const ofp_host_action *action, char *words, size_t room)
{
    static const char *const names[] = {
        [OFP_HOST_ADD_TAG] = "+",         [OFP_HOST_REMOVE_TAG] = "-", [OFP_HOST_ADD_NOTE] = "note",
        [OFP_HOST_REMOVE_NOTE] = "-note", [OFP_HOST_ASK_OPS] = "ask",  [OFP_HOST_REMIND] = "remind",
    };
    char until[OFP_INSTANT_SIZE + 8] = "";
    char unless[64] = "";
    if (action->not_before != OFP_INSTANT_NONE) {
        memcpy(until, " from ", 6);
        ofp_instant_format(action->not_before, until + 6);
    }
    if (action->unless_offering.data)
        snprintf(unless, sizeof unless, " unless %s %s", action->unless_offering.data,
                 action->unless_level.data);
    return (size_t)snprintf(words, room, "%s%s%s%s", names[action->kind],
                            action->tag.data ? action->tag.data : "", unless, until);
}

static const char *words_of(const ofp_records *records)
{
    static char words[4096];
    size_t count, used = 0;
    const ofp_host_action *list = ofp_records_actions(records, &count);
    words[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        used += (size_t)snprintf(words + used, sizeof words - used, "%s", i ? ", " : "");
        used += put_action(&list[i], words + used, sizeof words - used);
    }
    return words;
}

const char *actions(void)
{
    return words_of(answer);
}

const char *outbox(int64_t at)
{
    static char words[4096];
    ofp_records *pending = NULL;
    expect_ok(ofp_store_actions(store, at, 0, 0, &pending, &error));
    strcpy(words, words_of(pending));
    ofp_records_free(pending);
    return words;
}

const char *events(void)
{
    static char words[4096];
    size_t count, used = 0;
    const ofp_event *list = ofp_records_events(answer, &count);
    words[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(words + used, sizeof words - used, "%s%s %s", i ? ", " : "",
                                 ofp_event_kind_name(list[i].kind), list[i].migration->id.data);
    return words;
}

int64_t event_count(void)
{
    int64_t count = 0;
    expect_ok(ofp_audit_verify(store, (ofp_text){0}, &count, &error));
    return count;
}
