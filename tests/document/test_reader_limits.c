/* SPDX-License-Identifier: MIT */
/* How long lists and texts may be: the longest one works, one more does not. */
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "fixture.h"

static ofp_reader *reader;
static ofp_error *mistake;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
    mistake = NULL;
}

static void key(const char *name)
{
    ck_assert_int_eq(ofp_reader_key(reader, ofp_text_of(name)), OFP_STATUS_OK);
}

static void string(const char *name, const char *value)
{
    key(name);
    ck_assert_int_eq(ofp_reader_string(reader, ofp_text_of(value)), OFP_STATUS_OK);
}

/* Begins a request and its ticket, which is complete but for its end. */
static void begin_ticket(void)
{
    ofp_reader_begin_request(reader, contract_policy(), 0);
    ofp_reader_begin_object(reader);
    key("ticket");
    ofp_reader_begin_object(reader);
    string("id", "T-1");
    string("created_at", "2026-11-20T18:00:00Z");
}

static ofp_status finish(const ofp_request **ret)
{
    return ofp_reader_finish_request(reader, ret, &mistake);
}

/* Reads a text of so many bytes for a key of the ticket. */
static ofp_status read_long_text(const char *name, size_t size)
{
    const ofp_request *request = NULL;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    memset(text, 'x', size);
    begin_ticket();
    key(name);
    ofp_reader_string(reader, (ofp_text){text, size});
    ofp_reader_end_object(reader);
    ofp_reader_end_object(reader);
    const ofp_status status = finish(&request);
    free(text);
    return status;
}

START_TEST(takes_texts_of_a_mebibyte)
{
    ck_assert_int_eq(read_long_text("subject", OFP_TEXT_LIMIT), OFP_STATUS_OK);
    ck_assert_int_eq(read_long_text("description", OFP_TEXT_LIMIT), OFP_STATUS_OK);
    ck_assert_int_eq(read_long_text("subject", OFP_TEXT_LIMIT + 1), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_TEXT_TOO_LONG, "/ticket/subject",
                 "the text has 1048577 bytes; at most 1048576 are allowed here");
    ck_assert_int_eq(read_long_text("description", OFP_TEXT_LIMIT + 1), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_TEXT_TOO_LONG, "/ticket/description",
                 "the text has 1048577 bytes; at most 1048576 are allowed here");
}
END_TEST

START_TEST(takes_names_of_4096_bytes)
{
    ck_assert_int_eq(read_long_text("offering", OFP_NAME_LIMIT), OFP_STATUS_BAD_REQUEST);
    ck_assert_int_eq(ofp_error_first(mistake)->code, OFP_CODE_UNKNOWN_NAME);
    ck_assert_uint_lt(strlen(ofp_error_message(mistake)), 200);
    ofp_error_free(mistake);
    ck_assert_int_eq(read_long_text("offering", OFP_NAME_LIMIT + 1), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_TEXT_TOO_LONG, "/ticket/offering",
                 "the text has 4097 bytes; at most 4096 are allowed here");
}
END_TEST

START_TEST(shows_no_endless_key)
{
    static char name[OFP_NAME_LIMIT + 2];
    memset(name, 'k', sizeof name - 1);
    const ofp_request *request = NULL;
    begin_ticket();
    ofp_reader_key(reader, (ofp_text){name, OFP_NAME_LIMIT + 1});
    ck_assert_int_eq(finish(&request), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_TEXT_TOO_LONG, "/ticket",
                 "a key has 4097 bytes; at most 4096 are allowed");
}
END_TEST

/* Reads a list of so many tags. */
static ofp_status read_tags(size_t count, const ofp_request **ret)
{
    begin_ticket();
    key("tags");
    ofp_reader_begin_list(reader);
    for (size_t i = 0; i < count; i++)
        ofp_reader_string(reader, OFP_LITERAL("t"));
    ofp_reader_end_list(reader);
    ofp_reader_end_object(reader);
    ofp_reader_end_object(reader);
    return finish(ret);
}

START_TEST(takes_10000_tags)
{
    const ofp_request *request = NULL;
    ck_assert_int_eq(read_tags(OFP_LIST_LIMIT, &request), OFP_STATUS_OK);
    ck_assert_uint_eq(request->tag_count, 10000);
    ck_assert_int_eq(read_tags(OFP_LIST_LIMIT + 1, &request), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_LIST_TOO_LONG, "/ticket/tags",
                 "the list is too long: at most 10000 members are allowed");
}
END_TEST

/* Reads a list of so many entitlements. */
static ofp_status read_entitlements(size_t count, const ofp_request **ret)
{
    begin_ticket();
    ofp_reader_end_object(reader);
    key("org");
    ofp_reader_begin_object(reader);
    string("id", "acme");
    ofp_reader_end_object(reader);
    key("entitlements");
    ofp_reader_begin_list(reader);
    for (size_t i = 0; i < count && ofp_reader_begin_object(reader) == OFP_STATUS_OK; i++) {
        string("offering", "saas");
        string("level", i % 2 ? "free" : "premium");
        ofp_reader_end_object(reader);
    }
    ofp_reader_end_list(reader);
    ofp_reader_end_object(reader);
    return finish(ret);
}

START_TEST(takes_10000_entitlements)
{
    const ofp_request *request = NULL;
    ck_assert_int_eq(read_entitlements(OFP_LIST_LIMIT, &request), OFP_STATUS_OK);
    ck_assert_uint_eq(request->entitlement_count, 10000);
    ck_assert_int_eq(request->entitlements[9999].level, 0);
    ck_assert_int_eq(read_entitlements(OFP_LIST_LIMIT + 1, &request), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_LIST_TOO_LONG, "/entitlements",
                 "the list is too long: at most 10000 members are allowed");
}
END_TEST

START_TEST(stops_at_the_first_level_that_does_not_belong)
{
    const ofp_request *request = NULL;
    begin_ticket();
    key("tags");
    for (int i = 0; i < 100000; i++)
        ofp_reader_begin_list(reader);
    for (int i = 0; i < 100000; i++)
        ofp_reader_end_list(reader);
    ck_assert_int_eq(finish(&request), OFP_STATUS_BAD_REQUEST);
    expect_error(mistake, OFP_CODE_WRONG_TYPE, "/ticket/tags/0", "expected a text, got a list");
}
END_TEST

TCase *reader_limits_case(void)
{
    TCase *tests = tcase_create("reader limits");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, takes_texts_of_a_mebibyte);
    tcase_add_test(tests, takes_names_of_4096_bytes);
    tcase_add_test(tests, shows_no_endless_key);
    tcase_add_test(tests, takes_10000_tags);
    tcase_add_test(tests, takes_10000_entitlements);
    tcase_add_test(tests, stops_at_the_first_level_that_does_not_belong);
    return tests;
}
