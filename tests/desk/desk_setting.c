/* SPDX-License-Identifier: MIT */
#include "desk_setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocations.h"
#include "ledger.h"

ofp_policy *policy;
char store_path[64];
ofp_store *store, *other;
ofp_desk *desk;
ofp_request request;
const ofp_decision *decision;

static ofp_policy *contract;
static char folder[32];
static ofp_entitlement entitlement;

static const ofp_policy_options options = {
    .size = sizeof(ofp_policy_options),
    .zone_directory = ZONE_DIRECTORY,
};

void free_policy(void)
{
    contract = ofp_policy_unref(contract);
}

ofp_store *open_store(ofp_store_mode mode)
{
    const ofp_store_options with = {.size = sizeof with, .mode = mode, .busy_ms = 20, .at = NOW};
    ofp_store *opened = NULL;
    expect_ok(ofp_store_open(store_path, &with, &opened, &error));
    return opened;
}

void open_desk(bool log, bool log_texts)
{
    const ofp_desk_options with = {.size = sizeof with, .log = log, .log_texts = log_texts};
    desk = ofp_desk_free(desk);
    expect_ok(ofp_desk_new(store, policy, &with, &desk, &error));
}

static void make_request(void)
{
    request = (ofp_request)OFP_REQUEST_INIT;
    request.now = request.created_at = NOW;
    request.ticket = ofp_text_of("T-1");
    request.subject = ofp_text_of("secret subject");
    request.description = ofp_text_of("secret description");
    request.offering = ofp_policy_find_offering(policy, ofp_text_of("saas"));
    request.has_org = true;
    request.org = ofp_text_of("acme");
    request.org_name = ofp_text_of("secret name");
    request.org_notes = ofp_text_of("secret notes");
    entitlement = (ofp_entitlement){
        .offering = ofp_policy_find_offering(policy, ofp_text_of("self_managed")),
        .level = ofp_policy_find_level(policy, ofp_text_of("premium")),
        .starts = OFP_INSTANT_NONE,
        .ends = OFP_INSTANT_NONE,
    };
    request.entitlements = &entitlement;
    request.entitlement_count = 1;
}

void start_setting(void)
{
    strcpy(folder, "/tmp/desk-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(store_path, sizeof store_path, "%s/store", folder);
    if (!contract)
        expect_ok(ofp_policy_load(CONTRACT_POLICY, &options, &contract, &error));
    policy = ofp_policy_ref(contract);
    store = open_store(OFP_STORE_CREATE);
    other = open_store(OFP_STORE_WRITE);
    open_desk(false, false);
    make_request();
}

void stop_setting(void)
{
    char command[64];
    allocations_allow();
    desk = ofp_desk_free(desk);
    store = ofp_store_close(store);
    other = ofp_store_close(other);
    policy = ofp_policy_unref(policy);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* The contract's policy as a text. */
static char *read_policy(void)
{
    static char text[1 << 16];
    FILE *file = fopen(CONTRACT_POLICY, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

ofp_policy *parse_changed(const char *const *replacements)
{
    static char changed[1 << 16];
    ofp_policy *parsed = NULL;
    snprintf(changed, sizeof changed, "%s", read_policy());
    for (; *replacements; replacements += 2) {
        static char rest[1 << 16];
        char *at = strstr(changed, replacements[0]);
        ck_assert_msg(at, "the policy has no %s", replacements[0]);
        snprintf(rest, sizeof rest, "%s", at + strlen(replacements[0]));
        snprintf(at, sizeof changed - (size_t)(at - changed), "%s%s", replacements[1], rest);
    }
    expect_ok(ofp_policy_parse(ofp_text_of(changed), &options, &parsed, &error));
    return parsed;
}

void decide_by(ofp_policy *other_policy)
{
    ofp_policy_unref(policy);
    policy = other_policy;
    open_desk(false, false);
    make_request();
}

ofp_migration_record make_migration(void)
{
    ofp_migration_record record = {
        .org = ofp_text_of("acme"),
        .from = ofp_text_of("self_managed"),
        .from_level = ofp_text_of("premium"),
        .to = ofp_text_of("saas"),
        .level = ofp_text_of("ultimate"),
        .target_date = 20818, /* 2026-12-31 */
        .status = OFP_MIGRATION_APPROVED,
        .revision = 1,
        .owner = ofp_text_of("olga"),
        .requested_by = ofp_text_of("rita"),
        .requested_at = NOW - DAY,
        .decided_by = ofp_text_of("anna"),
        .decided_at = NOW - DAY,
        .changed_at = NOW - DAY,
        .closed_at = OFP_INSTANT_NONE,
        .policy = ofp_text_of("northwind-support"),
        .policy_digest = ofp_text_of("sha256:0"),
    };
    ofp_policy_migration_end(contract, record.target_date, &record.ends_at, &record.forgotten_at);
    return record;
}

int64_t put(const ofp_migration_record *record)
{
    int64_t number = 0;
    const int64_t due_at = record->settled ? OFP_INSTANT_NONE : record->ends_at;
    expect_ok(ofp_store_begin_write(other, &error));
    expect_ok(ofp_ledger_write(other, record, due_at, &number, &error));
    expect_ok(ofp_store_commit(other, &error));
    return number;
}

int64_t put_status(ofp_migration_status status)
{
    ofp_migration_record record = make_migration();
    record.status = status;
    if (status == OFP_MIGRATION_REQUESTED || status == OFP_MIGRATION_CANCELLED) {
        record.decided_by = (ofp_text){0};
        record.decided_at = OFP_INSTANT_NONE;
    }
    if (status == OFP_MIGRATION_COMPLETED || status == OFP_MIGRATION_CANCELLED) {
        record.closed_by = ofp_text_of("rita");
        record.closed_at = NOW - DAY;
        record.settled = true;
    }
    if (status == OFP_MIGRATION_COMPLETED)
        record.outcome = OFP_OUTCOME_REACHED;
    if (status == OFP_MIGRATION_REFUSED)
        record.settled = true;
    return put(&record);
}

void decide(void)
{
    expect_ok(ofp_desk_decide(desk, &request, &decision, &error));
}

void expect_verdict(const char *verdict, const char *level)
{
    decide();
    ck_assert_str_eq(ofp_verdict_name(ofp_decision_verdict(decision)), verdict);
    ck_assert_str_eq(ofp_policy_level_name(policy, ofp_decision_level(decision)), level);
}

void expect_refused(ofp_code code, const char *pointer, const char *message)
{
    ofp_error *refusal = NULL;
    decision = NULL;
    const ofp_status status = ofp_desk_decide(desk, &request, &decision, &refusal);
    ck_assert_int_ne(status, OFP_STATUS_OK);
    ck_assert_ptr_null(decision);
    ck_assert_ptr_nonnull(refusal);
    ck_assert_int_eq(ofp_error_status(refusal), status);
    ck_assert_msg(ofp_error_first(refusal)->code == code, "%s", ofp_error_message(refusal));
    ck_assert_pstr_eq(ofp_error_first(refusal)->pointer, pointer);
    ck_assert_str_eq(ofp_error_message(refusal), message);
    ofp_error_free(refusal);
}

ofp_records *read_log(size_t wanted_count)
{
    const ofp_log_filter filter = OFP_LOG_FILTER_INIT;
    ofp_records *records = NULL;
    size_t count;
    expect_ok(ofp_store_log(other, &filter, &records, &error));
    ofp_records_decisions(records, &count);
    ck_assert_uint_eq(count, wanted_count);
    return records;
}

const ofp_logged_decision *first_logged(const ofp_records *records)
{
    size_t count;
    const ofp_logged_decision *first = ofp_records_decisions(records, &count);
    ck_assert_uint_gt(count, 0);
    return first;
}
