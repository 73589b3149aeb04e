/* SPDX-License-Identifier: MIT */
/* Decisions as JSON: every member, in its order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "buffer.h"
#include "expect.h"
#include "fixture.h"

static ofp_reader *reader;
static ofp_scratch *scratch;
static ofp_buffer *buffer;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
    expect_ok(ofp_scratch_new(&scratch, &error));
    expect_ok(ofp_buffer_new(&buffer, &error));
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
    scratch = ofp_scratch_free(scratch);
    buffer = ofp_buffer_free(buffer);
}

static const ofp_decision *decide(const ofp_policy *policy, const char *notation)
{
    const ofp_request *request = NULL;
    const ofp_decision *decision = NULL;
    ofp_reader_begin_request(reader, policy, 1795197600);
    feed(reader, notation);
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    expect_ok(ofp_decide(policy, request, scratch, &decision, &error));
    return decision;
}

static const char *write(const ofp_decision *decision)
{
    ofp_buffer_clear(buffer);
    expect_ok(ofp_decision_write_json(decision, buffer, &error));
    return ofp_buffer_text(buffer).data;
}

/* Writes the decision without its last member, the policy, which has a digest. */
static const char *write_without_policy(const ofp_decision *decision)
{
    char *text = (char *)write(decision);
    char *policy = strstr(text, ",\"policy\":{");
    ck_assert_ptr_nonnull(policy);
    *policy = '\0';
    return text;
}

/* Are they the same? If not, shows where they part: Check's messages are short. */
static void expect_json(const char *text, const char *wanted)
{
    size_t at = 0;
    while (text[at] && text[at] == wanted[at])
        at++;
    ck_assert_msg(text[at] == wanted[at], "byte %zu: \"%.60s\", not \"%.60s\"", at, text + at,
                  wanted + at);
}

/* Is this part of it? */
static void expect_part(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part), "%.1500s\nhas no %s", text, part);
}

START_TEST(writes_an_entitled_ticket)
{
    const ofp_decision *decision = decide(
        contract_policy(),
        "{'ticket': {'id': 'T-1', 'offering': 'self_managed', 'priority': 'urgent',"
        "'created_at': '2026-11-20T18:00:00Z', 'tags': ['sm_standard']}, 'org': {'id': 'acme'},"
        "'entitlements': [{'offering': 'self_managed', 'level': 'premium', 'ends': '2027-01-14'},"
        "{'offering': 'saas', 'level': 'free'}]}");
    expect_json(
        write_without_policy(decision),
        "{\"ticket\":\"T-1\",\"org\":\"acme\",\"verdict\":\"entitled\","
        "\"offering\":\"self_managed\",\"offering_from\":\"explicit\",\"priority\":\"urgent\","
        "\"level\":\"premium\",\"sla\":{\"rule\":\"priority\",\"targets\":[{\"metric\":"
        "\"first_reply\",\"kind\":\"sla\",\"calendar\":\"business\",\"seconds\":1800,\"due_at\":"
        "\"2026-11-20T18:30:00Z\"},{\"metric\":\"next_reply\",\"kind\":\"slo\",\"calendar\":"
        "\"business\",\"seconds\":14400,\"due_at\":null}]},\"actions\":[{\"do\":"
        "\"ticket.remove_tag\",\"tag\":\"sm_standard\"},{\"do\":\"ticket.add_tag\",\"tag\":"
        "\"sm_premium\"},{\"do\":\"ticket.add_tag\",\"tag\":\"focus_self_managed\"}],\"reasons\":["
        "{\"code\":\"priority_given\",\"decides\":true,\"priority\":\"urgent\"},{\"code\":"
        "\"offering_explicit\",\"decides\":true,\"offering\":\"self_managed\"},{\"code\":"
        "\"entitlement_active\",\"decides\":true,\"entitlement\":0,\"offering\":\"self_managed\","
        "\"level\":\"premium\",\"at\":\"2027-01-15T08:00:00Z\"},{\"code\":\"entitlement_unpaid\","
        "\"entitlement\":1,\"offering\":\"saas\",\"level\":\"free\"},{\"code\":\"level_held\","
        "\"decides\":true,\"level\":\"premium\"},{\"code\":\"sla_rule_failed\",\"rule\":0,\"id\":"
        "\"emergency\",\"line\":65,\"condition\":\"form\"},{\"code\":\"sla_rule_failed\",\"rule\":"
        "1,\"id\":\"ultimate-dedicated\",\"line\":70,\"condition\":\"level\"},{\"code\":"
        "\"sla_rule\",\"decides\":true,\"rule\":2,\"id\":\"priority\",\"line\":75}],"
        "\"valid_until\":\"2027-01-15T08:00:00Z\"");
}
END_TEST

START_TEST(writes_null_where_nothing_is)
{
    const ofp_decision *decision = decide(
        contract_policy(), "{'ticket': {'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}}");
    const char *text = write_without_policy(decision);
    expect_part(text, "{\"ticket\":\"T-1\",\"org\":null,\"verdict\":"
                      "\"unknown_org\",\"offering\":null,\"offering_from\":null,"
                      "\"priority\":\"normal\",\"level\":\"free\",\"sla\":null,"
                      "\"actions\":[{\"do\":\"ticket.internal_note\",\"text\":\"");
    expect_part(text, "],\"valid_until\":null");
    expect_part(text, "{\"code\":\"org_unknown\",\"decides\":true}");
}
END_TEST

START_TEST(writes_the_policy_last)
{
    const ofp_policy *policy = contract_policy();
    const char *text =
        write(decide(policy, "{'ticket': {'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}}"));
    char wanted[300];
    snprintf(wanted, sizeof wanted,
             ",\"policy\":{\"name\":\"northwind-support\",\"revision\":\"2026-11\",\"digest\":"
             "\"%s\",\"tzdata\":\"%s\"}}",
             ofp_policy_digest(policy), ofp_policy_tzdata(policy));
    ck_assert_uint_eq(strlen(ofp_policy_digest(policy)), 71);
    ck_assert_str_eq(text + strlen(text) - strlen(wanted), wanted);
}
END_TEST

START_TEST(writes_what_speaks_of_migrations)
{
    const char *text = write_without_policy(decide(
        contract_policy(),
        "{'ticket': {'id': 'T-1', 'offering': 'saas', 'created_at': '2026-11-20T18:00:00Z'},"
        "'org': {'id': 'acme'}, 'entitlements': [{'offering': 'self_managed', 'level':"
        "'premium'}], 'migrations': [{'id': 'm\"1', 'to': 'saas', 'level': 'ultimate',"
        "'target_date': '2026-12-31', 'status': 'approved'}, {'id': 'm2', 'to': 'saas', 'level':"
        "'ultimate', 'target_date': '2026-12-31', 'status': 'cancelled'}]}"));
    expect_part(text,
                "{\"code\":\"migration_live\",\"decides\":true,\"migration\":0,\"id\":\"m\\\"1\","
                "\"offering\":\"saas\",\"level\":\"ultimate\",\"date\":\"2026-12-31\",\"at\":"
                "\"2027-01-01T08:00:00Z\"},{\"code\":\"migration_cancelled\",\"migration\":1,"
                "\"id\":\"m2\",\"offering\":\"saas\",\"level\":\"ultimate\",\"date\":"
                "\"2026-12-31\"}");
}
END_TEST

START_TEST(writes_what_speaks_of_patterns)
{
    const char *text = write_without_policy(decide(
        contract_policy(),
        "{'ticket': {'id': 'T-1', 'subject': 'shared runners', 'description': 'northwind-ctl',"
        "'created_at': '2026-11-20T18:00:00Z'}, 'org': {'id': 'acme'}}"));
    expect_part(text, "{\"code\":\"pattern_matched\",\"rule\":3,\"line\":40,"
                      "\"offering\":\"saas\",\"field\":\"subject\",\"score\":2}");
    expect_part(text, "\"field\":\"description\",\"score\":3}");
    expect_part(text, "{\"code\":\"offering_lead_too_small\",\"decides\":true,"
                      "\"offering\":\"self_managed\",\"score\":3,\"next\":"
                      "\"saas\",\"next_score\":2,\"limit\":2}");
}
END_TEST

/* The text of the last action, still escaped. */
static const char *last_text(const char *document)
{
    const char *found = NULL;
    for (const char *at = document; (at = strstr(at, "\"text\":")); at++)
        found = at;
    ck_assert_ptr_nonnull(found);
    return found;
}

START_TEST(escapes_the_texts_of_actions)
{
    ofp_policy *policy = parse_policy(
        "policy: p\nlevels: [a, b]\nunpaid: [a]\npriorities: [n]\ndefault_priority: n\n"
        "offerings: {o: {title: \"O \\\"1\\\"\"}}\nmigration: {messages: {internal_note: {unsure: "
        "\"tab\\there, \\\\ and \\\"\\\" \\u00e4\\n{ticket}|{org}\\n\"}}}\n");
    const char *text = write_without_policy(
        decide(policy, "{'ticket': {'id': '\"\\\x01\xC3\xA4'}, 'org': {'id': 'a\nb'}}"));
    static const char wanted[] = "\"text\":\"tab\\there, \\\\ and \\\"\\\" \xC3\xA4\\n"
                                 "\\\"\\\\\xEF\xBF\xBD\xC3\xA4|a b\",\"key\":\"v1:";
    ck_assert_msg(strncmp(last_text(text), wanted, sizeof wanted - 1) == 0, "%s", last_text(text));
    ck_assert_ptr_nonnull(
        strstr(text, "{\"ticket\":\"\\\"\\\\\\u0001\xC3\xA4\",\"org\":\"a\\nb\""));
    ofp_policy_unref(policy);
}
END_TEST

START_TEST(gives_the_keys_of_actions)
{
    const ofp_decision *decision = decide(
        contract_policy(), "{'ticket': {'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}}");
    char key[OFP_KEY_SIZE], wanted[OFP_KEY_SIZE + 20];
    ofp_decision_action_key(decision, 0, key);
    snprintf(wanted, sizeof wanted, ",\"key\":\"%s\"}]", key);
    expect_part(write(decision), wanted);
}
END_TEST

/* A policy with so many SLA rules that never hold, and one that does. */
static ofp_policy *policy_of_rules(int count)
{
    ofp_buffer yaml = {0};
    ofp_buffer_puts(&yaml, "policy: p\nlevels: [a, b]\nunpaid: [a]\npriorities: [n]\n"
                           "default_priority: n\nofferings: {o: {}}\ncalendars: {c: {always_open: "
                           "true}}\nsla:\n");
    for (int i = 0; i < count; i++)
        ofp_buffer_printf(&yaml,
                          "  - {id: r%d, when: {tag: t%d}, targets: {first_reply: {kind: "
                          "sla, calendar: c, within: 1h}}}\n",
                          i, i);
    ofp_buffer_puts(&yaml, "  - {id: last, targets: {first_reply: {kind: sla, calendar: c, "
                           "within: 1h}}}\n");
    ofp_policy *policy = parse_policy(ofp_buffer_text(&yaml).data);
    ofp_buffer_release(&yaml);
    return policy;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        count++;
    return count;
}

START_TEST(lists_16_rules_that_failed)
{
    static const char request[] =
        "{'ticket': {'id': 'T-1', 'offering': 'o', 'created_at': '2026-11-20T18:00:00Z'},"
        "'org': {'id': 'acme'}, 'entitlements': [{'offering': 'o', 'level': 'b'}]}";
    ofp_policy *policy = policy_of_rules(16);
    const char *text = write_without_policy(decide(policy, request));
    ck_assert_uint_eq(count_of(text, "sla_rule_failed"), 16);
    ck_assert_uint_eq(count_of(text, "\"more\""), 0);
    ofp_policy_unref(policy);

    policy = policy_of_rules(40);
    text = write_without_policy(decide(policy, request));
    ck_assert_uint_eq(count_of(text, "sla_rule_failed"), 17);
    expect_part(text, "{\"code\":\"sla_rule_failed\",\"rule\":15,\"id\":\"r15\","
                      "\"line\":24,\"condition\":\"tag\"},{\"code\":"
                      "\"sla_rule_failed\",\"more\":24},{\"code\":\"sla_rule\","
                      "\"decides\":true,\"rule\":40,\"id\":\"last\",\"line\":49}");
    ofp_policy_unref(policy);
}
END_TEST

START_TEST(writes_behind_what_is_there)
{
    const ofp_decision *decision = decide(
        contract_policy(), "{'ticket': {'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}}");
    char *once = strdup(write(decision));
    expect_ok(ofp_decision_write_json(decision, buffer, &error));
    const ofp_text both = ofp_buffer_text(buffer);
    ck_assert_uint_eq(both.size, 2 * strlen(once));
    expect_json(both.data + strlen(once), once);
    free(once);
}
END_TEST

START_TEST(leaves_the_buffer_as_it_was_without_memory)
{
    const ofp_decision *decision = decide(
        contract_policy(), "{'ticket': {'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}}");
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_buffer fresh = {0};
        ofp_error *error = NULL;
        ofp_buffer_puts(&fresh, "before");
        allocations_fail_after(allowed);
        status = ofp_decision_write_json(decision, &fresh, &error);
        allocations_allow();
        if (status == OFP_STATUS_NO_MEMORY)
            expect_text(ofp_buffer_text(&fresh), "before");
        ofp_error_free(error);
        ofp_buffer_release(&fresh);
    }
    ck_assert_int_eq(status, OFP_STATUS_OK);
    ck_assert_uint_gt(allowed, 5);
}
END_TEST

START_TEST(writes_a_copy_the_same_way)
{
    const ofp_decision *decision =
        decide(contract_policy(),
               "{'ticket': {'id': 'T-1', 'offering': 'saas', 'created_at': '2026-11-20T18:00:00Z'},"
               "'org': {'id': 'acme'}, 'entitlements': [{'offering': 'self_managed', 'level':"
               "'premium'}]}");
    ofp_decision *copy = NULL;
    char *original = strdup(write(decision));
    expect_ok(ofp_decision_copy(decision, &copy, &error));
    scratch = ofp_scratch_free(scratch);
    reader = ofp_reader_free(reader);
    expect_json(write(copy), original);
    ofp_decision_free(copy);
    free(original);
}
END_TEST

TCase *decision_json_case(void)
{
    TCase *tests = tcase_create("decisions as JSON");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_an_entitled_ticket);
    tcase_add_test(tests, writes_null_where_nothing_is);
    tcase_add_test(tests, writes_the_policy_last);
    tcase_add_test(tests, writes_what_speaks_of_migrations);
    tcase_add_test(tests, writes_what_speaks_of_patterns);
    tcase_add_test(tests, escapes_the_texts_of_actions);
    tcase_add_test(tests, gives_the_keys_of_actions);
    tcase_add_test(tests, lists_16_rules_that_failed);
    tcase_add_test(tests, writes_behind_what_is_there);
    tcase_add_test(tests, leaves_the_buffer_as_it_was_without_memory);
    tcase_add_test(tests, writes_a_copy_the_same_way);
    return tests;
}
