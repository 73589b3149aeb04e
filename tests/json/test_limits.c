/* SPDX-License-Identifier: MIT */
/* How long and how deep a document may be. */
#include <stdlib.h>
#include <string.h>

#include "cases.h"

/* Reads a request with so many spaces that it has so many bytes. */
static ofp_status read_padded(size_t size)
{
    static const char document[] = TICKET "}";
    const ofp_request *request = NULL;
    char *padded = malloc(size);
    ck_assert_ptr_nonnull(padded);
    memset(padded, ' ', size);
    memcpy(padded + size - strlen(document), document, strlen(document));
    const ofp_status status = ofp_json_read_request(json, policy, (ofp_text){padded, size},
                                                    OFP_INSTANT_NONE, &request, NULL);
    free(padded);
    return status;
}

START_TEST(takes_16_mebibytes)
{
    ck_assert_int_eq(read_padded(OFP_JSON_LIMIT), OFP_STATUS_OK);
    ck_assert_int_eq(read_padded(OFP_JSON_LIMIT + 1), OFP_STATUS_BAD_REQUEST);
    const ofp_text endless = {"", OFP_JSON_LIMIT + 1};
    expect_mistake(endless, OFP_CODE_DOCUMENT_TOO_LARGE, NULL,
                   "the document is too long: at most 16 MiB are read");
}
END_TEST

START_TEST(takes_documents_of_any_size_in_turn)
{
    static const size_t sizes[] = {100,           65536,         65537,   (1 << 20),
                                   (1 << 20) + 1, 200,           3000000, 100,
                                   5000000,       (1 << 20) + 1, 100};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        ck_assert_int_eq(read_padded(sizes[i]), OFP_STATUS_OK);
    for (size_t size = 100; size < 400; size++)
        ck_assert_int_eq(read_padded(size), OFP_STATUS_OK);
}
END_TEST

/* Reads lists in lists, so many, and a number in the innermost. */
static void expect_nested(int depth, ofp_code code, const char *pointer, const char *message)
{
    char document[100] = "";
    memset(document, '[', (size_t)depth);
    document[depth] = '7';
    memset(document + depth + 1, ']', (size_t)depth);
    expect_mistake(ofp_text_of(document), code, pointer, message);
}

START_TEST(takes_16_levels)
{
    expect_nested(16, OFP_CODE_WRONG_TYPE, "", "expected an object, got a list");
    expect_nested(17, OFP_CODE_NESTING, NULL,
                  "the document is nested too deeply: at most 16 levels are allowed");
    expect_nested(40, OFP_CODE_NESTING, NULL,
                  "the document is nested too deeply: at most 16 levels are allowed");
}
END_TEST

START_TEST(takes_nothing_for_empty)
{
    static const char *const documents[] = {"", " ", "\n", "\r\n\t "};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        expect_mistake(ofp_text_of(documents[i]), OFP_CODE_JSON_SYNTAX, NULL,
                       "the document is empty");
    expect_mistake((ofp_text){NULL, 0}, OFP_CODE_JSON_SYNTAX, NULL, "the document is empty");
}
END_TEST

TCase *json_limits_case(void)
{
    TCase *tests = tcase_create("limits");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, takes_16_mebibytes);
    tcase_add_test(tests, takes_documents_of_any_size_in_turn);
    tcase_add_test(tests, takes_16_levels);
    tcase_add_test(tests, takes_nothing_for_empty);
    return tests;
}
