/* SPDX-License-Identifier: MIT */
/*
 * Mistakes in requests, told by events alone: what JSON can't express, and one of each kind. The
 * corpus in tests/cases/requests has many more.
 */
#include "expect.h"
#include "fixture.h"

#define WITH_TICKET \
    "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'created_at': " \
    "'2026-11-20T18:00:00Z'}, "

START_TEST(names_the_place_in_lists_and_objects)
{
    expect_mistake(WITH_TICKET "'org': {'id': 'o'}, 'entitlements': [{'offering': 'saas', 'level':"
                               "'free'}, {'offering': 'saas', 'level': 'freee'}]}",
                   OFP_CODE_UNKNOWN_NAME, "/entitlements/1/level",
                   "unknown level \"freee\": did you mean \"free\"?");
    expect_mistake(WITH_TICKET "'org': {'id': 'o', 'tags': ['a', 'b', ['c']]}}",
                   OFP_CODE_WRONG_TYPE, "/org/tags/2", "expected a text, got a list");
    expect_mistake("{'ticket': {'id': 'T-1', 'fields': {'form': 3}}}", OFP_CODE_WRONG_TYPE,
                   "/ticket/fields/form", "expected a text, got a number");
}
END_TEST

START_TEST(names_the_object_that_lacks_something)
{
    expect_mistake("{}", OFP_CODE_MISSING_KEY, "", "a key is missing: \"ticket\"");
    expect_mistake(WITH_TICKET "'migrations': [{'id': 'm', 'to': 'saas', 'status': 'approved'}]}",
                   OFP_CODE_MISSING_KEY, "/migrations/0",
                   "keys are missing: \"level\", \"target_date\"");
}
END_TEST

START_TEST(goes_on_right_after_a_list)
{
    expect_mistake(WITH_TICKET "'entitlements': [], 'migrations': [], 'orgs': 1}",
                   OFP_CODE_UNKNOWN_KEY, "/orgs", "unknown key \"orgs\": did you mean \"org\"?");
}
END_TEST

START_TEST(tells_numbers_apart)
{
    expect_mistake("{'ticket': {'id': 12}}", OFP_CODE_WRONG_TYPE, "/ticket/id",
                   "expected a text, got a number");
    expect_mistake("{'ticket': {'id': ~}}", OFP_CODE_WRONG_TYPE, "/ticket/id",
                   "expected a text, got a number that is not whole or is too large");
}
END_TEST

START_TEST(lists_the_fields_of_the_policy)
{
    expect_mistake("{'ticket': {'id': 'T-1', 'fields': {'form': 'cloud', 'shape': 'x'}}}",
                   OFP_CODE_UNKNOWN_KEY, "/ticket/fields/shape",
                   "unknown field \"shape\"; known here: form");
    expect_mistake("{'ticket': {'id': 'T-1', 'fields': {'form': 'cloud', 'form': 'cloud'}}}",
                   OFP_CODE_DUPLICATE_KEY, "/ticket/fields/form", "the key \"form\" stands twice");
}
END_TEST

/* A policy whose names are many, and which has no fields. */
static ofp_policy *policy_of_many(void)
{
    return parse_policy("policy: p\nlevels: [a, b]\nunpaid: [a]\ndefault_priority: p00\n"
                        "priorities: [p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11,"
                        " p12, p13]\nofferings: {o: {}}\n");
}

static void expect_mistake_in_many(const char *notation, ofp_code code, const char *message)
{
    ofp_policy *policy = policy_of_many();
    ofp_reader *reader = NULL;
    ofp_error *mistake = NULL;
    const ofp_request *request = NULL;
    expect_ok(ofp_reader_new(&reader, &error));
    ofp_reader_begin_request(reader, policy, 0);
    feed(reader, notation);
    ck_assert_int_eq(ofp_reader_finish_request(reader, &request, &mistake), OFP_STATUS_BAD_REQUEST);
    ck_assert_int_eq(ofp_error_first(mistake)->code, code);
    ck_assert_str_eq(ofp_error_message(mistake), message);
    ofp_error_free(mistake);
    ofp_reader_free(reader);
    ofp_policy_unref(policy);
}

START_TEST(lists_a_dozen_names_at_most)
{
    expect_mistake_in_many("{'ticket': {'id': 'T-1', 'priority': 'urgent'}}", OFP_CODE_UNKNOWN_NAME,
                           "unknown priority \"urgent\"; known here: p00, p01, p02, p03, p04, p05, "
                           "p06, p07, p08, p09, p10, p11 and 2 more");
    expect_mistake_in_many("{'ticket': {'id': 'T-1', 'fields': {'a': 'b'}}}", OFP_CODE_UNKNOWN_KEY,
                           "unknown field \"a\"; known here: none");
}
END_TEST

START_TEST(finds_a_field_that_stands_twice_among_many)
{
    ofp_policy *policy = parse_policy(
        "policy: p\nlevels: [a, b]\nunpaid: [a]\ndefault_priority: n\npriorities: [n]\n"
        "offerings: {o: {}}\nfields: {f: [x], g: [y, z], h: [w]}\n");
    ofp_reader *reader = NULL;
    const ofp_request *request = NULL;
    expect_ok(ofp_reader_new(&reader, &error));
    ofp_reader_begin_request(reader, policy, 0);
    feed(reader, "{'ticket': {'id': 'T', 'fields': {'h': 'w', 'f': 'x', 'g': 'z'}}}");
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    ck_assert_uint_eq(request->field_count, 3);
    ck_assert_int_eq(request->fields[2].field, 1);
    ck_assert_int_eq(request->fields[2].value, 1);
    ofp_reader_begin_request(reader, policy, 0);
    ck_assert_int_eq(feed(reader, "{'ticket': {'id': 'T', 'fields': {'h': 'w', 'f': 'x',"
                                  "'g': 'z', 'h': 'w'}}}"),
                     OFP_STATUS_BAD_REQUEST);
    ofp_reader_free(reader);
    ofp_policy_unref(policy);
}
END_TEST

TCase *request_mistakes_case(void)
{
    TCase *tests = tcase_create("request mistakes");
    tcase_add_test(tests, names_the_place_in_lists_and_objects);
    tcase_add_test(tests, names_the_object_that_lacks_something);
    tcase_add_test(tests, goes_on_right_after_a_list);
    tcase_add_test(tests, tells_numbers_apart);
    tcase_add_test(tests, lists_the_fields_of_the_policy);
    tcase_add_test(tests, lists_a_dozen_names_at_most);
    tcase_add_test(tests, finds_a_field_that_stands_twice_among_many);
    return tests;
}
