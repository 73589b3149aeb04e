/* SPDX-License-Identifier: MIT */
/* Documents that are read for what an org has. */
#include "expect.h"
#include "fixture.h"

static ofp_reader *reader;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
}

static const ofp_request *read_facts(const char *notation)
{
    const ofp_request *request = NULL;
    ofp_reader_begin_facts(reader, contract_policy());
    feed(reader, notation);
    expect_ok(ofp_reader_finish_facts(reader, &request, &error));
    return request;
}

static void expect_wrong(const char *notation, ofp_code code, const char *pointer,
                         const char *message)
{
    ofp_error *mistake = NULL;
    const ofp_request *request = NULL;
    ofp_reader_begin_facts(reader, contract_policy());
    feed(reader, notation);
    ck_assert_int_eq(ofp_reader_finish_facts(reader, &request, &mistake), OFP_STATUS_BAD_REQUEST);
    ck_assert_ptr_null(request);
    expect_error(mistake, code, pointer, message);
}

START_TEST(needs_the_org_alone)
{
    const ofp_request *request = read_facts("{'org': {'id': 'acme', 'name': 'Acme'}}");
    ck_assert(request->has_org);
    expect_text(request->org, "acme");
    expect_text(request->org_name, "Acme");
    ck_assert_uint_eq(request->entitlement_count, 0);
    ck_assert_int_eq(request->now, OFP_INSTANT_NONE);
    ck_assert_ptr_null(request->ticket.data);
}
END_TEST

START_TEST(reads_entitlements)
{
    const ofp_request *request =
        read_facts("{'entitlements': [{'offering': 'saas', 'level': 'premium', 'hold': true},"
                   "{'offering': 'dedicated', 'level': 'free'}], 'org': {'id': 'acme'}}");
    ck_assert_uint_eq(request->entitlement_count, 2);
    ck_assert_int_eq(request->entitlements[0].offering, 1);
    ck_assert(request->entitlements[0].hold);
    ck_assert_int_eq(request->entitlements[1].level, 0);
}
END_TEST

START_TEST(takes_a_whole_request)
{
    const ofp_request *request = read_facts(
        "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'subject': 'S', 'tags': ['a']},"
        "'org': {'id': 'acme'}, 'entitlements': [{'offering': 'saas', 'level': 'premium'}],"
        "'migrations': [{'id': 'm', 'to': 'saas', 'level': 'premium', 'target_date': '2026-12-31',"
        "'status': 'requested'}]}");
    expect_text(request->ticket, "T-1");
    ck_assert_uint_eq(request->entitlement_count, 1);
    ck_assert_uint_eq(request->migration_count, 1);
}
END_TEST

START_TEST(wants_an_org)
{
    expect_wrong("{}", OFP_CODE_MISSING_KEY, "", "a key is missing: \"org\"");
    expect_wrong("{'entitlements': []}", OFP_CODE_MISSING_KEY, "", "a key is missing: \"org\"");
    expect_wrong("{'org': null}", OFP_CODE_WRONG_TYPE, "/org", "expected an object, got null");
    expect_wrong("{'org': {}}", OFP_CODE_MISSING_KEY, "/org", "a key is missing: \"id\"");
    expect_wrong("{'org': {'id': ''}}", OFP_CODE_EMPTY_ID, "/org/id", "the id is empty");
    expect_wrong("{'orgs': {}}", OFP_CODE_UNKNOWN_KEY, "/orgs",
                 "unknown key \"orgs\": did you mean \"org\"?");
}
END_TEST

/* As in a request, also in what does not count. */
START_TEST(checks_everything_that_is_there)
{
    expect_wrong("{'org': {'id': 'a'}, 'entitlements': [{'offering': 'sass', 'level': 'free'}]}",
                 OFP_CODE_UNKNOWN_NAME, "/entitlements/0/offering",
                 "unknown offering \"sass\": did you mean \"saas\"?");
    expect_wrong("{'org': {'id': 'a'}, 'entitlements': [{'offering': 'saas', 'level': 'free',"
                 "'starts': '2026-01-02', 'ends': '2026-01-01'}]}",
                 OFP_CODE_ENDS_BEFORE_STARTS, "/entitlements/0/ends",
                 "the entitlement ends (2026-01-01) before it starts (2026-01-02)");
    expect_wrong("{'org': {'id': 'a'}, 'ticket': {'id': ''}}", OFP_CODE_EMPTY_ID, "/ticket/id",
                 "the id is empty");
    expect_wrong("{'org': {'id': 'a'}, 'ticket': {'id': 'T', 'subject': '', 'classified': null}}",
                 OFP_CODE_CLASSIFIED_MISPLACED, "/ticket/classified",
                 "\"classified\" stands in place of the texts: leave it out, or else \"subject\", "
                 "\"description\" and \"offering\"");
    expect_wrong("{'org': {'id': 'a'}, 'migrations': [{'id': 'm', 'to': 'saas', 'level': 'free',"
                 "'target_date': '2026-12-31', 'status': 'requested'}]}",
                 OFP_CODE_UNPAID_MIGRATION, "/migrations/0/level",
                 "nobody pays for the level \"free\": name the paid level that was promised");
    expect_wrong("{'org': {'id': 'a'}, 'now': 7}", OFP_CODE_WRONG_TYPE, "/now",
                 "expected a text, got a number");
}
END_TEST

START_TEST(keeps_facts_and_requests_apart)
{
    const ofp_request *request = NULL;
    ofp_reader_begin_facts(reader, contract_policy());
    feed(reader, "{'org': {'id': 'acme'}}");
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
    ofp_reader_begin_request(reader, contract_policy(), 0);
    feed(reader, "{'ticket': {'id': 'T', 'created_at': '2026-11-20T18:00:00Z'}}");
    expect_failure(ofp_reader_finish_facts(reader, &request, &error), OFP_CODE_MISUSE);
    ck_assert_ptr_null(request);
    /* Nothing of what was read last is left. */
    read_facts("{'org': {'id': 'acme'}, 'entitlements': [{'offering': 'saas', 'level': 'free'}]}");
    ck_assert_uint_eq(read_facts("{'org': {'id': 'acme'}}")->entitlement_count, 0);
}
END_TEST

TCase *facts_case(void)
{
    TCase *tests = tcase_create("facts");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, needs_the_org_alone);
    tcase_add_test(tests, reads_entitlements);
    tcase_add_test(tests, takes_a_whole_request);
    tcase_add_test(tests, wants_an_org);
    tcase_add_test(tests, checks_everything_that_is_there);
    tcase_add_test(tests, keeps_facts_and_requests_apart);
    return tests;
}
