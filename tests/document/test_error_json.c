/* SPDX-License-Identifier: MIT */
#include "allocations.h"
#include "buffer.h"
#include "expect.h"
#include "failure.h"
#include "fixture.h"

static void expect_document(ofp_error *from, const char *file, uint64_t line, const char *document)
{
    ofp_buffer *buffer = NULL;
    expect_ok(ofp_buffer_new(&buffer, &error));
    expect_ok(ofp_error_write_json(from, file, line, buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(buffer).data, document);
    ofp_buffer_free(buffer);
    ofp_error_free(from);
}

START_TEST(writes_all_members)
{
    ofp_error *error = NULL;
    ofp_fail_at(&error, (ofp_place){.pointer = "/ticket/~1\"x"}, OFP_CODE_UNKNOWN_KEY,
                "unknown key \"%s\"", "\xC3\xA4\n");
    expect_document(
        error, "C:\\in.ndjson", 18446744073709551615u >> 1,
        "{\"error\":{\"code\":\"OFP-305\",\"message\":\"unknown key \\\"\xC3\xA4\\n\\\"\","
        "\"file\":\"C:\\\\in.ndjson\",\"line\":9223372036854775807,"
        "\"pointer\":\"/ticket/~1\\\"x\"}}");
}
END_TEST

START_TEST(writes_null_for_what_is_not_known)
{
    ofp_error *error = NULL;
    ofp_fail(&error, OFP_CODE_JSON_SYNTAX, "the document is empty");
    expect_document(error, NULL, 0,
                    "{\"error\":{\"code\":\"OFP-301\",\"message\":\"the document is empty\","
                    "\"file\":null,\"line\":null,\"pointer\":null}}");
}
END_TEST

START_TEST(tells_the_whole_document_from_none)
{
    ofp_error *error = NULL;
    ofp_fail_at(&error, (ofp_place){.pointer = ""}, OFP_CODE_MISSING_KEY, "x");
    expect_document(error, "-", 1,
                    "{\"error\":{\"code\":\"OFP-306\",\"message\":\"x\",\"file\":\"-\",\"line\":1,"
                    "\"pointer\":\"\"}}");
}
END_TEST

START_TEST(writes_the_error_of_no_memory)
{
    ofp_error *error = NULL;
    ofp_fail_no_memory(&error);
    expect_document(error, NULL, 3,
                    "{\"error\":{\"code\":\"OFP-001\",\"message\":\"out of memory\",\"file\":null,"
                    "\"line\":3,\"pointer\":null}}");
}
END_TEST

START_TEST(leaves_the_buffer_as_it_was_without_memory)
{
    ofp_buffer buffer = {0};
    ofp_error *from = NULL;
    ofp_fail(&from, OFP_CODE_JSON_SYNTAX, "a message that is longer than the buffer");
    ofp_buffer_puts(&buffer, "before");
    allocations_fail_after(0);
    const ofp_status status = ofp_error_write_json(from, NULL, 0, &buffer, NULL);
    allocations_allow();
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    expect_text(ofp_buffer_text(&buffer), "before");
    ofp_buffer_release(&buffer);
    ofp_error_free(from);
}
END_TEST

TCase *error_json_case(void)
{
    TCase *tests = tcase_create("errors as JSON");
    tcase_add_test(tests, writes_all_members);
    tcase_add_test(tests, writes_null_for_what_is_not_known);
    tcase_add_test(tests, tells_the_whole_document_from_none);
    tcase_add_test(tests, writes_the_error_of_no_memory);
    tcase_add_test(tests, leaves_the_buffer_as_it_was_without_memory);
    return tests;
}
