/* SPDX-License-Identifier: MIT */
/* Requests that are right, and what becomes of every part of them. */
#include <stdio.h>

#include "expect.h"
#include "fixture.h"

/* 2026-11-20T18:00:00Z */
static const int64_t noon = 1795197600;

static ofp_reader *reader;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
}

START_TEST(reads_every_key_of_the_ticket)
{
    const ofp_request *request = read_request(
        reader, "{'now': '2026-11-20T10:00:00-08:00', 'ticket': {'id': 'T-1', 'subject': 'S',"
                "'description': 'D', 'priority': 'urgent', 'created_at': '2026-11-20T17:59:59.99Z',"
                "'tags': ['a', '', 'a'], 'offering': 'dedicated', 'fields': {'form': 'billing'}}}");
    ck_assert_int_eq(request->now, noon);
    expect_text(request->ticket, "T-1");
    expect_text(request->subject, "S");
    expect_text(request->description, "D");
    ck_assert_int_eq(request->priority, 3);
    ck_assert_int_eq(request->created_at, noon - 1);
    ck_assert_uint_eq(request->tag_count, 3);
    expect_text(request->tags[0], "a");
    expect_text(request->tags[1], "");
    ck_assert_int_eq(request->offering, 2);
    ck_assert_uint_eq(request->field_count, 1);
    ck_assert_int_eq(request->fields[0].field, 0);
    ck_assert_int_eq(request->fields[0].value, 3);
    ck_assert(request->valid_utf8);
    ck_assert_uint_eq(request->size, sizeof *request);
}
END_TEST

START_TEST(reads_every_key_of_the_org)
{
    const ofp_request *request = read_request(
        reader, "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1',"
                "'created_at': '2026-11-20T18:00:00Z'}, 'org': {'time_zone': 'Europe/Berlin',"
                "'notes': '', 'tags': ['vip'], 'name': 'Acme', 'id': 'acme'}}");
    ck_assert(request->has_org);
    expect_text(request->org, "acme");
    expect_text(request->org_name, "Acme");
    expect_text(request->org_notes, "");
    ck_assert_ptr_nonnull(request->org_notes.data);
    expect_text(request->org_time_zone, "Europe/Berlin");
    ck_assert_uint_eq(request->org_tag_count, 1);
    expect_text(request->org_tags[0], "vip");
    ck_assert_uint_eq(request->tag_count, 0);
}
END_TEST

START_TEST(leaves_what_is_missing_unset)
{
    const ofp_request *request =
        read_request(reader, "{'now': '2026-11-20T18:00:00Z', 'org': null, 'entitlements': [],"
                             "'migrations': [], 'ticket': {'id': 'T-1', 'tags': [], 'fields': {},"
                             "'created_at': '2026-11-20T18:00:00Z'}}");
    ck_assert_ptr_null(request->subject.data);
    ck_assert_ptr_null(request->description.data);
    ck_assert_int_eq(request->priority, OFP_NONE);
    ck_assert_int_eq(request->offering, OFP_NONE);
    ck_assert(!request->has_org);
    ck_assert_ptr_null(request->org.data);
    ck_assert_ptr_null(request->org_name.data);
    ck_assert_uint_eq(request->tag_count, 0);
    ck_assert_uint_eq(request->field_count, 0);
    ck_assert_uint_eq(request->entitlement_count, 0);
    ck_assert_uint_eq(request->migration_count, 0);
}
END_TEST

/* Reads a request with these entitlements. */
static const ofp_entitlement *read_entitlements(const char *list, size_t count)
{
    ofp_buffer *text = NULL;
    expect_ok(ofp_buffer_new(&text, &error));
    static char notation[2048];
    snprintf(notation, sizeof notation,
             "{'now': '2026-11-20T18:00:00Z', 'org': {'id': 'acme'}, 'ticket': {'id': 'T-1',"
             "'created_at': '2026-11-20T18:00:00Z'}, 'entitlements': [%s]}",
             list);
    ofp_buffer_free(text);
    const ofp_request *request = read_request(reader, notation);
    ck_assert_uint_eq(request->entitlement_count, count);
    return request->entitlements;
}

START_TEST(reads_bounds_as_local_dates)
{
    const ofp_entitlement *e = read_entitlements(
        "{'offering': 'saas', 'level': 'premium', 'starts': '2026-01-15', 'ends': '2026-01-15'},"
        "{'hold': true, 'ends': '2026-03-08', 'starts': '2026-03-08', 'level': 'free',"
        "'offering': 'dedicated'}, {'offering': 'saas', 'level': 'standard', 'hold': false}",
        3);
    ck_assert_int_eq(e[0].offering, 1);
    ck_assert_int_eq(e[0].level, 2);
    ck_assert(!e[0].hold);
    /* Midnight in Los Angeles, and the one after it. */
    ck_assert_int_eq(e[0].starts, 1768464000);
    ck_assert_int_eq(e[0].ends - e[0].starts, 86400);
    /* Clocks go forward that day. */
    ck_assert_int_eq(e[1].ends - e[1].starts, 82800);
    ck_assert_int_eq(e[1].offering, 2);
    ck_assert_int_eq(e[1].level, 0);
    ck_assert(e[1].hold);
    ck_assert_int_eq(e[2].starts, OFP_INSTANT_NONE);
    ck_assert_int_eq(e[2].ends, OFP_INSTANT_NONE);
    ck_assert(!e[2].hold);
}
END_TEST

START_TEST(reads_bounds_as_instants)
{
    const ofp_entitlement *e =
        read_entitlements("{'offering': 'saas', 'level': 'premium', "
                          "'starts': '2026-11-20T18:00:00Z', 'ends': '2026-11-20T19:00:00+01:00'},"
                          "{'offering': 'saas', 'level': 'premium', "
                          "'starts': '2026-11-20', 'ends': '2026-11-20T08:00:00Z'}",
                          2);
    ck_assert_int_eq(e[0].starts, noon);
    ck_assert_int_eq(e[0].ends, noon);
    ck_assert_int_eq(e[1].starts, e[1].ends);
}
END_TEST

START_TEST(reads_the_first_and_the_last_date)
{
    const ofp_entitlement *e = read_entitlements("{'offering': 'saas', 'level': 'premium', "
                                                 "'starts': '1970-01-01', 'ends': '2200-12-31'}",
                                                 1);
    ck_assert_int_eq(e->starts, 8 * 3600);
    ck_assert_int_eq(e->ends, OFP_INSTANT_END + 8 * 3600);
}
END_TEST

START_TEST(reads_migrations)
{
    static const char *const statuses[] = {"requested", "approved", "refused", "completed",
                                           "cancelled"};
    for (int i = 0; i < 5; i++) {
        char notation[512];
        snprintf(notation, sizeof notation,
                 "{'now': '2026-11-20T18:00:00Z', 'org': {'id': 'acme'}, 'ticket': {'id': 'T-1',"
                 "'created_at': '2026-11-20T18:00:00Z'}, 'migrations': [{'id': 'm', 'to': 'saas',"
                 "'level': 'ultimate', 'target_date': '1970-01-02', 'status': '%s'}]}",
                 statuses[i]);
        const ofp_migration *migration = read_request(reader, notation)->migrations;
        expect_text(migration->id, "m");
        ck_assert_int_eq(migration->to, 1);
        ck_assert_int_eq(migration->level, 3);
        ck_assert_int_eq(migration->target_date, 1);
        ck_assert_int_eq(migration->end, OFP_INSTANT_NONE);
        ck_assert_int_eq(migration->forgotten, OFP_INSTANT_NONE);
        ck_assert_int_eq(migration->status, i);
        ck_assert_str_eq(ofp_migration_status_name(migration->status), statuses[i]);
    }
}
END_TEST

START_TEST(reads_ends_that_were_fixed)
{
    const ofp_migration *migration =
        read_request(reader, "{'now': '2026-11-20T18:00:00Z', 'org': {'id': 'acme'}, 'ticket':"
                             "{'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}, 'migrations': ["
                             "{'id': 'm', 'to': 'saas', 'level': 'ultimate', 'target_date':"
                             "'2026-11-19', 'status': 'approved', 'forgotten_at':"
                             "'2026-11-20T19:00:00+01:00', 'ends_at': '2026-11-20T17:59:59Z'}]}")
            ->migrations;
    ck_assert_int_eq(migration->end, noon - 1);
    ck_assert_int_eq(migration->forgotten, noon);
}
END_TEST

START_TEST(reads_what_was_classified)
{
    static const struct {
        const char *notation;
        bool classified;
        int32_t as;
    } cases[] = {
        {"{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'classified': 'saas',"
         "'created_at': '2026-11-20T18:00:00Z'}}",
         true, 1},
        {"{'now': '2026-11-20T18:00:00Z', 'ticket': {'classified': null, 'id': 'T-1',"
         "'created_at': '2026-11-20T18:00:00Z'}}",
         true, OFP_NONE},
        {"{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'created_at':"
         "'2026-11-20T18:00:00Z'}}",
         false, OFP_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_request *request = read_request(reader, cases[i].notation);
        ck_assert_int_eq(request->classified, cases[i].classified);
        ck_assert_int_eq(request->classified_as, cases[i].as);
    }
}
END_TEST

START_TEST(takes_now_from_the_program_if_the_document_has_none)
{
    static const char with[] = "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1',"
                               "'created_at': '2026-11-20T18:00:00Z'}}";
    static const char without[] = "{'ticket': {'id': 'T-1', 'created_at': '2026-11-20T18:00:00Z'}}";
    const ofp_request *request = NULL;
    ofp_reader_begin_request(reader, contract_policy(), 77);
    ck_assert_int_eq(feed(reader, without), OFP_STATUS_OK);
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    ck_assert_int_eq(request->now, 77);
    ofp_reader_begin_request(reader, contract_policy(), 77);
    ck_assert_int_eq(feed(reader, with), OFP_STATUS_OK);
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    ck_assert_int_eq(request->now, noon);
}
END_TEST

START_TEST(needs_no_created_at_without_sla_rules)
{
    ofp_policy *policy = parse_policy("policy: p\nlevels: [a, b]\nunpaid: [a]\npriorities: [n]\n"
                                      "default_priority: n\nofferings: {o: {}}\n");
    const ofp_request *request = NULL;
    ofp_reader_begin_request(reader, policy, 77);
    ck_assert_int_eq(feed(reader, "{'ticket': {'id': 'T-1'}}"), OFP_STATUS_OK);
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    ck_assert_int_eq(request->created_at, OFP_INSTANT_NONE);
    ofp_policy_unref(policy);
}
END_TEST

TCase *request_case(void)
{
    TCase *tests = tcase_create("request");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, reads_every_key_of_the_ticket);
    tcase_add_test(tests, reads_every_key_of_the_org);
    tcase_add_test(tests, leaves_what_is_missing_unset);
    tcase_add_test(tests, reads_bounds_as_local_dates);
    tcase_add_test(tests, reads_bounds_as_instants);
    tcase_add_test(tests, reads_the_first_and_the_last_date);
    tcase_add_test(tests, reads_migrations);
    tcase_add_test(tests, reads_ends_that_were_fixed);
    tcase_add_test(tests, reads_what_was_classified);
    tcase_add_test(tests, takes_now_from_the_program_if_the_document_has_none);
    tcase_add_test(tests, needs_no_created_at_without_sla_rules);
    return tests;
}
