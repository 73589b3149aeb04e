/* SPDX-License-Identifier: MIT */
/* The life of a reader, and what only events can tell it. */
#include <stdio.h>

#include "expect.h"
#include "fixture.h"

static const char right[] = "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'tags': ['a'],"
                            "'fields': {'form': 'cloud'}, 'created_at': '2026-11-20T18:00:00Z'},"
                            "'org': {'id': 'acme', 'tags': ['b']},"
                            "'entitlements': [{'offering': 'saas', 'level': 'premium'}],"
                            "'migrations': [{'id': 'm', 'to': 'saas', 'level': 'premium',"
                            "'target_date': '2026-12-31', 'status': 'approved'}]}";

static ofp_reader *reader;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
    ofp_reader_begin_request(reader, contract_policy(), 0);
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
}

static void expect_finish(ofp_code code, const char *pointer, const char *message)
{
    const ofp_request *request = NULL;
    ofp_error *error = NULL;
    const ofp_status status = ofp_reader_finish_request(reader, &request, &error);
    ck_assert_int_ne(status, OFP_STATUS_OK);
    ck_assert_int_eq(status, ofp_error_status(error));
    expect_error(error, code, pointer, message);
}

/* Begins a ticket, so that its keys come next. */
static void begin_ticket(void)
{
    ck_assert_int_eq(ofp_reader_begin_object(reader), OFP_STATUS_OK);
    ck_assert_int_eq(ofp_reader_key(reader, OFP_LITERAL("ticket")), OFP_STATUS_OK);
    ck_assert_int_eq(ofp_reader_begin_object(reader), OFP_STATUS_OK);
}

START_TEST(forgets_the_document_before)
{
    const ofp_request *request = read_request(reader, right);
    ck_assert_uint_eq(request->migration_count, 1);
    request = read_request(reader, "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-2',"
                                   "'created_at': '2026-11-20T18:00:00Z'}}");
    expect_text(request->ticket, "T-2");
    ck_assert(!request->has_org);
    ck_assert_uint_eq(request->tag_count, 0);
    ck_assert_uint_eq(request->field_count, 0);
    ck_assert_uint_eq(request->org_tag_count, 0);
    ck_assert_uint_eq(request->entitlement_count, 0);
    ck_assert_uint_eq(request->migration_count, 0);
}
END_TEST

START_TEST(forgets_a_mistake_at_the_next_begin)
{
    ck_assert_int_eq(feed(reader, "{'nwo': 1}"), OFP_STATUS_BAD_REQUEST);
    ck_assert_uint_eq(read_request(reader, right)->tag_count, 1);
}
END_TEST

START_TEST(tells_a_mistake_without_asking_for_it)
{
    const ofp_request *request = NULL;
    feed(reader, "{'nwo': 1}");
    ck_assert_int_eq(ofp_reader_finish_request(reader, &request, NULL), OFP_STATUS_BAD_REQUEST);
}
END_TEST

START_TEST(repeats_the_first_failure)
{
    begin_ticket();
    ck_assert_int_eq(ofp_reader_null(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_key(reader, OFP_LITERAL("x")), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_string(reader, OFP_LITERAL("x")), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_integer(reader, 1), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_other_number(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_boolean(reader, true), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_null(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_begin_object(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_end_object(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_begin_list(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_end_list(reader), OFP_STATUS_MISUSE);
    ck_assert_int_eq(ofp_reader_fail(reader, OFP_CODE_NESTING, "x"), OFP_STATUS_MISUSE);
}
END_TEST

START_TEST(refuses_texts_that_are_no_utf8)
{
    static const char *const keys[] = {"id", "subject", "description"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char pointer[32];
        snprintf(pointer, sizeof pointer, "/ticket/%s", keys[i]);
        ofp_reader_begin_request(reader, contract_policy(), 0);
        begin_ticket();
        ofp_reader_key(reader, ofp_text_of(keys[i]));
        ck_assert_int_eq(ofp_reader_string(reader, OFP_LITERAL("a\xED\xA0\x80z")),
                         OFP_STATUS_BAD_REQUEST);
        expect_finish(OFP_CODE_INVALID_UTF8, pointer, "the text is not valid UTF-8");
    }
    ofp_reader_begin_request(reader, contract_policy(), 0);
    begin_ticket();
    ofp_reader_key(reader, OFP_LITERAL("tags"));
    ofp_reader_begin_list(reader);
    ofp_reader_string(reader, OFP_LITERAL("\xC3\xA4"));
    ofp_reader_string(reader, OFP_LITERAL("\xC3"));
    expect_finish(OFP_CODE_INVALID_UTF8, "/ticket/tags/1", "the text is not valid UTF-8");
}
END_TEST

START_TEST(makes_names_that_are_no_utf8_harmless)
{
    begin_ticket();
    ofp_reader_key(reader, OFP_LITERAL("offering"));
    ofp_reader_string(reader, OFP_LITERAL("\xFF\x07?"));
    expect_finish(OFP_CODE_UNKNOWN_NAME, "/ticket/offering",
                  "unknown offering \"\xEF\xBF\xBD\xEF\xBF\xBD?\"; known here: self_managed, saas, "
                  "dedicated");
}
END_TEST

START_TEST(escapes_pointers)
{
    begin_ticket();
    ofp_reader_key(reader, OFP_LITERAL("~/~1\xFF\n\0x"));
    expect_finish(OFP_CODE_UNKNOWN_KEY, "/ticket/~0~1~01\xEF\xBF\xBD \xEF\xBF\xBDx",
                  "unknown key \"~/~1\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx\"; known here: id, "
                  "subject, description, priority, created_at, tags, offering, fields, classified");
}
END_TEST

START_TEST(takes_a_text_without_data_as_an_empty_one)
{
    const ofp_request *request = NULL;
    begin_ticket();
    ofp_reader_key(reader, OFP_LITERAL("subject"));
    ck_assert_int_eq(ofp_reader_string(reader, (ofp_text){NULL, 0}), OFP_STATUS_OK);
    ofp_reader_key(reader, OFP_LITERAL("id"));
    ofp_reader_string(reader, OFP_LITERAL("T"));
    ofp_reader_key(reader, OFP_LITERAL("created_at"));
    ofp_reader_string(reader, OFP_LITERAL("2026-11-20T18:00:00Z"));
    ofp_reader_end_object(reader);
    ofp_reader_end_object(reader);
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    ck_assert_ptr_nonnull(request->subject.data);
    ck_assert_uint_eq(request->subject.size, 0);
}
END_TEST

START_TEST(takes_a_key_without_data_as_an_empty_one)
{
    begin_ticket();
    ck_assert_int_eq(ofp_reader_key(reader, (ofp_text){NULL, 0}), OFP_STATUS_BAD_REQUEST);
}
END_TEST

START_TEST(passes_on_what_the_program_finds)
{
    ck_assert_int_eq(ofp_reader_fail(reader, OFP_CODE_JSON_SYNTAX, "no \"JSON\" at all"),
                     OFP_STATUS_BAD_REQUEST);
    expect_finish(OFP_CODE_JSON_SYNTAX, NULL, "no \"JSON\" at all");

    ofp_reader_begin_request(reader, contract_policy(), 0);
    begin_ticket();
    ofp_reader_key(reader, OFP_LITERAL("tags"));
    ofp_reader_begin_list(reader);
    ofp_reader_string(reader, OFP_LITERAL("a"));
    ck_assert_int_eq(ofp_reader_fail(reader, OFP_CODE_WRONG_TYPE, "a complex number: 100% odd"),
                     OFP_STATUS_BAD_REQUEST);
    expect_finish(OFP_CODE_WRONG_TYPE, "/ticket/tags/1", "a complex number: 100% odd");

    ofp_reader_begin_request(reader, contract_policy(), 0);
    ck_assert_int_eq(ofp_reader_fail(reader, OFP_CODE_NO_MEMORY, ""), OFP_STATUS_NO_MEMORY);
    expect_finish(OFP_CODE_NO_MEMORY, NULL, "out of memory");
}
END_TEST

START_TEST(frees_nothing)
{
    ck_assert_ptr_null(ofp_reader_free(NULL));
}
END_TEST

TCase *reader_case(void)
{
    TCase *tests = tcase_create("reader");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, forgets_the_document_before);
    tcase_add_test(tests, forgets_a_mistake_at_the_next_begin);
    tcase_add_test(tests, tells_a_mistake_without_asking_for_it);
    tcase_add_test(tests, repeats_the_first_failure);
    tcase_add_test(tests, refuses_texts_that_are_no_utf8);
    tcase_add_test(tests, makes_names_that_are_no_utf8_harmless);
    tcase_add_test(tests, escapes_pointers);
    tcase_add_test(tests, takes_a_text_without_data_as_an_empty_one);
    tcase_add_test(tests, takes_a_key_without_data_as_an_empty_one);
    tcase_add_test(tests, passes_on_what_the_program_finds);
    tcase_add_test(tests, frees_nothing);
    return tests;
}
