/* SPDX-License-Identifier: MIT */
/* Requests as JSON; tests/json reads what is written back. */
#include <stdio.h>

#include "allocations.h"
#include "buffer.h"
#include "expect.h"
#include "fixture.h"
#include "reader_state.h"

#define NOW "\"now\":\"2026-11-20T18:00:00Z\","
#define CREATED "\"created_at\":\"2026-11-20T18:00:00Z\""

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
    allocations_allow();
    reader = ofp_reader_free(reader);
    scratch = ofp_scratch_free(scratch);
    buffer = ofp_buffer_free(buffer);
}

static const char *write(const ofp_request *request, const ofp_policy *policy,
                         const ofp_decision *without_texts)
{
    ofp_buffer_clear(buffer);
    expect_ok(ofp_request_write_json(request, policy, without_texts, buffer, &error));
    return ofp_buffer_text(buffer).data;
}

static const char *rewrite(const char *notation)
{
    return write(read_request(reader, notation), contract_policy(), NULL);
}

static const char *rewrite_without_texts(const char *notation)
{
    const ofp_decision *decision = NULL;
    const ofp_request *request = read_request(reader, notation);
    expect_ok(ofp_decide(contract_policy(), request, scratch, &decision, &error));
    return write(request, contract_policy(), decision);
}

static const char everything[] =
    "{'now': '2026-11-20T10:00:00-08:00', 'ticket': {'id': 'T-1', 'subject': 'Our SaaS',"
    "'description': '', 'priority': 'urgent', 'created_at': '2026-11-20T18:00:00Z',"
    "'tags': ['a', '', 'b'], 'offering': 'dedicated', 'fields': {'form': 'billing'}},"
    "'org': {'id': 'acme', 'name': 'Acme', 'tags': ['vip'], 'notes': 'N', 'time_zone': 'UTC'},"
    "'entitlements': [{'offering': 'self_managed', 'level': 'premium', 'starts': '2026-01-15',"
    "'ends': '2027-01-14', 'hold': true}, {'offering': 'saas', 'level': 'free', 'hold': false}],"
    "'migrations': [{'id': 'm1', 'to': 'saas', 'level': 'premium', 'target_date': '2026-12-31',"
    "'status': 'requested'}, {'id': 'm2', 'to': 'saas', 'level': 'ultimate', 'target_date':"
    "'2026-10-31', 'status': 'approved', 'ends_at': '2026-11-01T07:00:00Z', 'forgotten_at':"
    "'2027-04-30T07:00:00Z'}]}";

#define HAVES \
    "\"entitlements\":[{\"offering\":\"self_managed\",\"level\":\"premium\"," \
    "\"starts\":\"2026-01-15T08:00:00Z\",\"ends\":\"2027-01-15T08:00:00Z\",\"hold\":true}," \
    "{\"offering\":\"saas\",\"level\":\"free\"}]," \
    "\"migrations\":[{\"id\":\"m1\",\"to\":\"saas\",\"level\":\"premium\"," \
    "\"target_date\":\"2026-12-31\",\"status\":\"requested\"},{\"id\":\"m2\",\"to\":\"saas\"," \
    "\"level\":\"ultimate\",\"target_date\":\"2026-10-31\",\"status\":\"approved\"," \
    "\"ends_at\":\"2026-11-01T07:00:00Z\",\"forgotten_at\":\"2027-04-30T07:00:00Z\"}]}"

START_TEST(writes_every_key)
{
    ck_assert_str_eq(rewrite(everything),
                     "{" NOW "\"ticket\":{\"id\":\"T-1\",\"subject\":\"Our SaaS\",\"description\":"
                     "\"\",\"priority\":\"urgent\"," CREATED
                     ",\"tags\":[\"a\",\"\",\"b\"],\"offering\":\"dedicated\",\"fields\":{\"form\":"
                     "\"billing\"}},\"org\":{\"id\":\"acme\",\"name\":\"Acme\",\"tags\":[\"vip\"],"
                     "\"notes\":\"N\",\"time_zone\":\"UTC\"}," HAVES);
}
END_TEST

START_TEST(leaves_out_what_is_not_there)
{
    ck_assert_str_eq(rewrite("{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'tags': [],"
                             "'fields': {}, 'created_at': '2026-11-20T18:00:00Z'}, 'org': null,"
                             "'entitlements': [], 'migrations': []}"),
                     "{" NOW "\"ticket\":{\"id\":\"T-1\"," CREATED "}}");
}
END_TEST

START_TEST(leaves_texts_out)
{
    ck_assert_str_eq(rewrite_without_texts(everything),
                     "{" NOW "\"ticket\":{\"id\":\"T-1\",\"priority\":\"urgent\"," CREATED
                     ",\"tags\":[\"a\",\"\",\"b\"],\"offering\":\"dedicated\",\"fields\":{\"form\":"
                     "\"billing\"}},\"org\":{\"id\":\"acme\",\"tags\":[\"vip\"],\"time_zone\":"
                     "\"UTC\"}," HAVES);
}
END_TEST

START_TEST(says_what_patterns_told)
{
    static const char told[] =
        "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'subject': 'Our SaaS',"
        "'created_at': '2026-11-20T18:00:00Z'}}";
    static const char unsure[] =
        "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'description': 'Help!',"
        "'created_at': '2026-11-20T18:00:00Z'}}";
    static const char ruled[] =
        "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'description': 'Our SaaS',"
        "'fields': {'form': 'self_managed'}, 'created_at': '2026-11-20T18:00:00Z'}}";
    ck_assert_str_eq(rewrite_without_texts(told),
                     "{" NOW "\"ticket\":{\"id\":\"T-1\"," CREATED ",\"classified\":\"saas\"}}");
    ck_assert_str_eq(rewrite_without_texts(unsure),
                     "{" NOW "\"ticket\":{\"id\":\"T-1\"," CREATED ",\"classified\":null}}");
    ck_assert_str_eq(rewrite_without_texts(ruled), "{" NOW "\"ticket\":{\"id\":\"T-1\"," CREATED
                                                   ",\"fields\":{\"form\":\"self_managed\"}}}");
}
END_TEST

START_TEST(says_again_what_patterns_told)
{
    static const char *const values[] = {"'saas'", "null"};
    static const char *const wanted[] = {"\"saas\"", "null"};
    for (size_t i = 0; i < 2; i++) {
        char notation[256], expected[256];
        snprintf(notation, sizeof notation,
                 "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'classified': %s,"
                 "'created_at': '2026-11-20T18:00:00Z'}}",
                 values[i]);
        snprintf(expected, sizeof expected,
                 "{" NOW "\"ticket\":{\"id\":\"T-1\"," CREATED ",\"classified\":%s}}", wanted[i]);
        ck_assert_str_eq(rewrite(notation), expected);
        ck_assert_str_eq(rewrite_without_texts(notation), expected);
    }
}
END_TEST

START_TEST(writes_bounds_that_no_instant_can_be)
{
    static const char head[] = "{" NOW "\"ticket\":{\"id\":\"T-1\"," CREATED "},\"org\":{\"id\":"
                               "\"acme\"},\"entitlements\":[{\"offering\":\"saas\",\"level\":"
                               "\"premium\",";
    char expected[512];
    snprintf(expected, sizeof expected,
             "%s\"starts\":\"1970-01-01T08:00:00Z\",\"ends\":\"2200-12-31\"}]}", head);
    ck_assert_str_eq(rewrite("{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1',"
                             "'created_at': '2026-11-20T18:00:00Z'}, 'org': {'id': 'acme'},"
                             "'entitlements': [{'offering': 'saas', 'level': 'premium',"
                             "'starts': '1970-01-01', 'ends': '2200-12-31'}]}"),
                     expected);
    /* A program may have given others: the nearest instants then mean the same. */
    ofp_request request = reader->request;
    ofp_entitlement entitlement = {
        .offering = 1, .level = 2, .starts = -5, .ends = OFP_INSTANT_END + 5};
    request.entitlements = &entitlement;
    snprintf(expected, sizeof expected,
             "%s\"starts\":\"1970-01-01T00:00:00Z\",\"ends\":\"2200-12-31T23:59:59Z\"}]}", head);
    ck_assert_str_eq(write(&request, contract_policy(), NULL), expected);
    entitlement.starts = OFP_INSTANT_NONE;
    entitlement.ends = -5;
    snprintf(expected, sizeof expected, "%s\"ends\":\"1970-01-01T00:00:00Z\"}]}", head);
    ck_assert_str_eq(write(&request, contract_policy(), NULL), expected);
}
END_TEST

START_TEST(writes_the_first_date_of_the_east)
{
    ofp_policy *policy = parse_policy("policy: p\nlevels: [a, b]\nunpaid: [a]\npriorities: [n]\n"
                                      "default_priority: n\nofferings: {o: {}}\n"
                                      "time_zone: Asia/Tokyo\n");
    const ofp_request *request = NULL;
    ofp_reader_begin_request(reader, policy, 0);
    feed(reader, "{'ticket': {'id': 'T'}, 'org': {'id': 'o'}, 'entitlements': [{'offering': 'o',"
                 "'level': 'b', 'starts': '1970-01-01', 'ends': '2200-12-31'}]}");
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    ck_assert_str_eq(write(request, policy, NULL),
                     "{\"now\":\"1970-01-01T00:00:00Z\",\"ticket\":{\"id\":\"T\"},\"org\":{\"id\":"
                     "\"o\"},\"entitlements\":[{\"offering\":\"o\",\"level\":\"b\",\"starts\":"
                     "\"1970-01-01\",\"ends\":\"2200-12-31T15:00:00Z\"}]}");
    ofp_policy_unref(policy);
}
END_TEST

START_TEST(escapes_names_of_fields)
{
    ofp_policy *policy = parse_policy("policy: p\nlevels: [a, b]\nunpaid: [a]\npriorities: [n]\n"
                                      "default_priority: n\nofferings: {o: {}}\n"
                                      "fields: {'a\"b\\c': ['x\"y', z], ü: [z]}\n");
    const ofp_field_value fields[] = {{0, 0}, {1, 0}};
    ofp_request request = OFP_REQUEST_INIT;
    request.ticket = ofp_text_of("T\n");
    request.fields = fields;
    request.field_count = 2;
    ck_assert_str_eq(write(&request, policy, NULL),
                     "{\"ticket\":{\"id\":\"T\\n\",\"fields\":{\"a\\\"b\\\\c\":\"x\\\"y\","
                     "\"\xC3\xBC\":\"z\"}}}");
    ofp_policy_unref(policy);
}
END_TEST

START_TEST(leaves_the_buffer_as_it_was_without_memory)
{
    const ofp_request *request = read_request(reader, everything);
    ofp_buffer_puts(buffer, "before");
    bool failed = false;
    for (size_t allowed = 0; allowed < 100; allowed++) {
        ofp_buffer small = {0};
        allocations_fail_after(allowed);
        ofp_error *error = NULL;
        const ofp_status status =
            ofp_request_write_json(request, contract_policy(), NULL, &small, &error);
        allocations_allow();
        ck_assert_int_eq(error ? ofp_error_status(error) : OFP_STATUS_OK, status);
        ck_assert_int_eq(small.size == 0, status != OFP_STATUS_OK);
        failed |= status == OFP_STATUS_NO_MEMORY;
        ofp_buffer_release(&small);
        if (status == OFP_STATUS_OK)
            break;
    }
    ck_assert(failed);
    expect_ok(ofp_request_write_json(request, contract_policy(), NULL, buffer, &error));
    ck_assert_mem_eq(ofp_buffer_text(buffer).data, "before{", 7);
}
END_TEST

TCase *request_json_case(void)
{
    TCase *tests = tcase_create("requests as JSON");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_every_key);
    tcase_add_test(tests, leaves_out_what_is_not_there);
    tcase_add_test(tests, leaves_texts_out);
    tcase_add_test(tests, says_what_patterns_told);
    tcase_add_test(tests, says_again_what_patterns_told);
    tcase_add_test(tests, writes_bounds_that_no_instant_can_be);
    tcase_add_test(tests, writes_the_first_date_of_the_east);
    tcase_add_test(tests, escapes_names_of_fields);
    tcase_add_test(tests, leaves_the_buffer_as_it_was_without_memory);
    return tests;
}
