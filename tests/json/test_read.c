/* SPDX-License-Identifier: MIT */
/* What becomes of the values of a JSON document. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

static void expect_text(ofp_text text, const char *wanted, size_t size)
{
    ck_assert_uint_eq(text.size, size);
    ck_assert_mem_eq(text.data, wanted, size);
}

START_TEST(undoes_escapes)
{
    const ofp_request *request = expect_request(ofp_text_of(
        "{\"now\": \"2026-11-20T18:00:00Z\", \"ticket\": {\"\\u0069d\": "
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\u65e5\\ud83d\\ude00\\u0000.\", \"created_at\": "
        "\"2026-11-20T18:00:00Z\"}}"));
    static const char wanted[] = "\"\\/\b\f\n\r\t\xC3\xA4\xE6\x97\xA5\xF0\x9F\x98\x80\0.";
    expect_text(request->ticket, wanted, sizeof wanted - 1);
}
END_TEST

START_TEST(reads_every_type)
{
    const ofp_request *request = expect_request(ofp_text_of(
        TICKET ", \"org\": {\"id\": \"acme\", \"tags\": [\"a\", \"b\"]}, \"entitlements\": "
               "[{\"offering\": \"saas\", \"level\": \"premium\", \"hold\": true}, {\"offering\": "
               "\"saas\", \"level\": \"premium\", \"hold\": false}], \"migrations\": [ ] }\r\n"));
    ck_assert(request->has_org);
    ck_assert_uint_eq(request->org_tag_count, 2);
    ck_assert_uint_eq(request->entitlement_count, 2);
    ck_assert(request->entitlements[0].hold);
    ck_assert(!request->entitlements[1].hold);
    ck_assert_uint_eq(request->migration_count, 0);
    ck_assert(!expect_request(ofp_text_of(TICKET ", \"org\": null}"))->has_org);
}
END_TEST

START_TEST(tells_numbers_apart)
{
    static const struct {
        const char *number, *message;
    } cases[] = {
        {"7", "expected a text, got a number"},
        {"-9223372036854775808", "expected a text, got a number"},
        {"9223372036854775808", "expected a text, got a number that is not whole or is too large"},
        {"0.5", "expected a text, got a number that is not whole or is too large"},
        {"1e2", "expected a text, got a number that is not whole or is too large"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char document[200];
        snprintf(document, sizeof document, "{\"ticket\": {\"id\": %s}}", cases[i].number);
        expect_mistake(ofp_text_of(document), OFP_CODE_WRONG_TYPE, "/ticket/id", cases[i].message);
    }
}
END_TEST

START_TEST(takes_now_from_the_program)
{
    const ofp_request *request = NULL;
    const ofp_text document =
        ofp_text_of("{\"ticket\": {\"id\": \"T\", \"created_at\": \"2026-11-20T18:00:00Z\"}}");
    ck_assert_int_eq(ofp_json_read_request(json, policy, document, 77, &request, NULL),
                     OFP_STATUS_OK);
    ck_assert_int_eq(request->now, 77);
}
END_TEST

START_TEST(lets_go_of_the_document)
{
    static const char document[] = TICKET ", \"org\": {\"id\": \"acme\"}}";
    char *copy = strdup(document);
    const ofp_request *request = expect_request(ofp_text_of(copy));
    memset(copy, 'x', strlen(copy));
    free(copy);
    expect_text(request->org, "acme", 4);
}
END_TEST

START_TEST(reads_facts)
{
    const ofp_request *request = NULL;
    ofp_error *error = NULL;
    const ofp_text facts = ofp_text_of("{\"org\": {\"id\": \"acme\"}, \"entitlements\": [{"
                                       "\"offering\": \"saas\", \"level\": \"premium\"}]}");
    ck_assert_int_eq(ofp_json_read_facts(json, policy, facts, &request, &error), OFP_STATUS_OK);
    ck_assert_ptr_null(error);
    expect_text(request->org, "acme", 4);
    ck_assert_uint_eq(request->entitlement_count, 1);
    request = NULL;
    ck_assert_int_eq(
        ofp_json_read_facts(json, policy, ofp_text_of("{\"org\": null}"), &request, &error),
        OFP_STATUS_BAD_REQUEST);
    ck_assert_ptr_null(request);
    ck_assert_str_eq(ofp_error_first(error)->pointer, "/org");
    ofp_error_free(error);
    ck_assert_int_eq(ofp_json_read_facts(json, policy, ofp_text_of("{\"org\": "), &request, NULL),
                     OFP_STATUS_BAD_REQUEST);
}
END_TEST

START_TEST(reads_questions)
{
    const ofp_question *question = NULL;
    ofp_buffer *buffer = NULL;
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_buffer_new(&buffer, NULL), OFP_STATUS_OK);
    ck_assert_int_eq(
        ofp_json_read_question(json, policy,
                               ofp_text_of("{\"id\": \"q\", \"calendar\": \"always\", \"op\": "
                                           "\"due\", \"start\": \"2026-11-20T18:00:00Z\", "
                                           "\"seconds\": 60}"),
                               &question, &error),
        OFP_STATUS_OK);
    ck_assert_ptr_null(error);
    ck_assert_int_eq(ofp_question_answer(question, buffer, NULL), OFP_STATUS_OK);
    ck_assert_str_eq(ofp_buffer_text(buffer).data,
                     "{\"id\":\"q\",\"result\":\"2026-11-20T18:01:00Z\"}");
    ck_assert_int_eq(
        ofp_json_read_question(json, policy, ofp_text_of("{\"id\": "), &question, NULL),
        OFP_STATUS_BAD_REQUEST);
    ofp_buffer_free(buffer);
}
END_TEST

START_TEST(goes_on_after_a_mistake)
{
    expect_mistake(ofp_text_of("{"), OFP_CODE_JSON_SYNTAX, NULL,
                   "line 1, column 2: expected a key in double quotes, found the end of the "
                   "document");
    expect_mistake(ofp_text_of(TICKET ", \"ogr\": null}"), OFP_CODE_UNKNOWN_KEY, "/ogr",
                   "unknown key \"ogr\": did you mean \"org\"?");
    expect_text(expect_request(ofp_text_of(TICKET "}"))->ticket, "T-1", 3);
}
END_TEST

START_TEST(frees_nothing)
{
    ck_assert_ptr_null(ofp_json_free(NULL));
}
END_TEST

TCase *json_read_case(void)
{
    TCase *tests = tcase_create("values");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, undoes_escapes);
    tcase_add_test(tests, reads_every_type);
    tcase_add_test(tests, tells_numbers_apart);
    tcase_add_test(tests, takes_now_from_the_program);
    tcase_add_test(tests, lets_go_of_the_document);
    tcase_add_test(tests, reads_facts);
    tcase_add_test(tests, reads_questions);
    tcase_add_test(tests, goes_on_after_a_mistake);
    tcase_add_test(tests, frees_nothing);
    return tests;
}
