/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "failure.h"

START_TEST(success_leaves_no_error)
{
    ofp_error *error = (ofp_error *)-1;
    ck_assert_int_eq(ofp_succeed(&error), OFP_STATUS_OK);
    ck_assert_ptr_null(error);
    ck_assert_int_eq(ofp_succeed(NULL), OFP_STATUS_OK);
}
END_TEST

START_TEST(an_error_says_what_and_where)
{
    char source[] = "a.yaml", pointer[] = "/ticket/id";
    ofp_error *error = NULL;
    const ofp_place place = {.source = source, .line = 7, .column = 3, .pointer = pointer};
    ck_assert_int_eq(ofp_fail_at(&error, place, OFP_CODE_EMPTY_ID, "no %s of %d", "id", 5),
                     OFP_STATUS_BAD_REQUEST);
    source[0] = pointer[0] = 'x';
    ck_assert_int_eq(ofp_error_status(error), OFP_STATUS_BAD_REQUEST);
    ck_assert_uint_eq(ofp_error_count(error), 1);
    ck_assert_str_eq(ofp_error_message(error), "no id of 5");
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_ptr_eq(ofp_error_diagnostic(error, 0), first);
    ck_assert_ptr_null(ofp_error_diagnostic(error, 1));
    ck_assert_ptr_null(ofp_error_diagnostic(error, SIZE_MAX));
    ck_assert_int_eq(first->severity, OFP_SEVERITY_ERROR);
    ck_assert_int_eq(first->code, OFP_CODE_EMPTY_ID);
    ck_assert_str_eq(first->message, "no id of 5");
    ck_assert_str_eq(first->source, "a.yaml");
    ck_assert_uint_eq(first->line, 7);
    ck_assert_uint_eq(first->column, 3);
    ck_assert_str_eq(first->pointer, "/ticket/id");
    ck_assert_ptr_null(first->excerpt);
    ck_assert_ptr_null(ofp_error_free(error));
}
END_TEST

START_TEST(an_error_without_a_place)
{
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_fail(&error, OFP_CODE_ZONE_UNKNOWN, "no zone"), OFP_STATUS_BAD_ZONE);
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_str_eq(first->message, "no zone");
    ck_assert_ptr_null(first->source);
    ck_assert_ptr_null(first->pointer);
    ck_assert_uint_eq(first->line, 0);
    ck_assert_uint_eq(first->column, 0);
    ofp_error_free(error);
    ck_assert_int_eq(ofp_fail(NULL, OFP_CODE_ZONE_UNKNOWN, "no zone"), OFP_STATUS_BAD_ZONE);
    ck_assert_int_eq(ofp_fail_at(NULL, (ofp_place){0}, OFP_CODE_MISUSE, "no"), OFP_STATUS_MISUSE);
    ck_assert_ptr_null(ofp_error_free(NULL));
}
END_TEST

START_TEST(keeps_long_messages_whole)
{
    char word[5000];
    ofp_error *error = NULL;
    memset(word, 'w', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    ofp_fail(&error, OFP_CODE_MISUSE, "%s!", word);
    ck_assert_uint_eq(strlen(ofp_error_message(error)), sizeof word);
    ck_assert_int_eq(ofp_error_message(error)[sizeof word - 1], '!');
    ofp_error_free(error);
}
END_TEST

START_TEST(the_error_out_of_memory_is_static)
{
    ofp_error *error = NULL, *again = NULL;
    allocations_fail_after(0);
    const ofp_status status = ofp_fail_no_memory(&error);
    const size_t asked = allocations_count();
    allocations_allow();
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    ck_assert_uint_eq(asked, 0);
    ck_assert_int_eq(ofp_error_status(error), OFP_STATUS_NO_MEMORY);
    ck_assert_uint_eq(ofp_error_count(error), 1);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_NO_MEMORY);
    ck_assert_uint_gt(strlen(ofp_error_message(error)), 0);
    ck_assert_ptr_null(ofp_error_free(error));
    ofp_fail_no_memory(&again);
    ck_assert_ptr_eq(again, error);
    ck_assert_int_eq(ofp_error_status(again), OFP_STATUS_NO_MEMORY);
    ck_assert_int_eq(ofp_fail_no_memory(NULL), OFP_STATUS_NO_MEMORY);
}
END_TEST

START_TEST(failing_out_of_memory_is_out_of_memory)
{
    const ofp_place place = {.source = "policy.yaml", .pointer = "/ticket"};
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_error *error = NULL;
        allocations_fail_after(allowed);
        status = ofp_fail_at(&error, place, OFP_CODE_EMPTY_ID, "no id in %s", "ticket");
        allocations_allow();
        ck_assert_ptr_nonnull(error);
        ck_assert_int_eq(ofp_error_status(error), status);
        ofp_error_free(error);
    }
    ck_assert_int_eq(status, OFP_STATUS_BAD_REQUEST);
    ck_assert_uint_gt(allowed, 1);
}
END_TEST

START_TEST(statuses_have_names)
{
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_OK), "ok");
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_NO_MEMORY), "no_memory");
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_MISUSE), "misuse");
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_IO), "io");
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_BAD_POLICY), "bad_policy");
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_BAD_REQUEST), "bad_request");
    ck_assert_str_eq(ofp_status_name(OFP_STATUS_BAD_ZONE), "bad_zone");
    ck_assert_ptr_nonnull(ofp_status_name((ofp_status)99));
    ck_assert_ptr_nonnull(ofp_status_name((ofp_status)-1));
}
END_TEST

/* Reads the next code of the registry; its status must be a known one. */
static bool read_code(FILE *registry, int *number, char status[32], ofp_severity *severity)
{
    char line[1000];
    *number = -1;
    *severity = OFP_SEVERITY_ERROR;
    while (fgets(line, sizeof line, registry)) {
        sscanf(line, "number = %d", number);
        sscanf(line, "status = \"%31[^\"]", status);
        if (!strcmp(line, "severity = \"warning\"\n"))
            *severity = OFP_SEVERITY_WARNING;
        if (!strncmp(line, "remedy", 6))
            return true;
    }
    return false;
}

START_TEST(every_code_of_the_registry_is_known)
{
    FILE *registry = fopen(CODES_TOML, "r");
    char status[32], name[16];
    int number, last = 0, count = 0;
    ofp_severity severity;
    ck_assert_ptr_nonnull(registry);
    for (; read_code(registry, &number, status, &severity); last = number, count++) {
        ck_assert_int_gt(number, last);
        snprintf(name, sizeof name, "OFP-%03d", number);
        ck_assert_str_eq(ofp_code_name((ofp_code)number), name);
        ck_assert_msg(ofp_code_severity((ofp_code)number) == severity, "severity of %s", name);
        ck_assert_str_eq(ofp_status_name(ofp_code_status((ofp_code)number)), status);
    }
    fclose(registry);
    ck_assert_int_gt(count, 60);
    ck_assert_str_eq(ofp_code_name((ofp_code)(last + 1)), "OFP-000");
}
END_TEST

START_TEST(numbers_of_no_code_have_a_name)
{
    ck_assert_str_eq(ofp_code_name(OFP_CODE_NONE), "OFP-000");
    ck_assert_str_eq(ofp_code_name((ofp_code)99), "OFP-000");
    ck_assert_str_eq(ofp_code_name((ofp_code)-1), "OFP-000");
    ck_assert_str_eq(ofp_code_name((ofp_code)INT32_MAX), "OFP-000");
}
END_TEST

START_TEST(quotes_are_short_and_harmless)
{
    char source[300];
    ck_assert_str_eq(ofp_quote(ofp_text_of("premum")).text, "premum");
    ck_assert_str_eq(ofp_quote((ofp_text){0}).text, "");
    ck_assert_str_eq(ofp_quote(ofp_text_of("a\nb\x1B")).text, "a\xEF\xBF\xBD"
                                                              "b\xEF\xBF\xBD");
    ck_assert_str_eq(ofp_quote(OFP_LITERAL("a\0b")).text, "a\xEF\xBF\xBD"
                                                          "b");
    ck_assert_str_eq(ofp_quote(ofp_text_of("100%s")).text, "100%s");
    /* Each kind of character at each place of the cut. */
    static const char *const characters[] = {"x",    "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                             "\xFF", "\x01"};
    for (size_t kind = 0; kind < sizeof characters / sizeof *characters; kind++)
        for (size_t shift = 0; shift < 8; shift++) {
            const size_t step = strlen(characters[kind]);
            size_t size = shift;
            memset(source, '.', size);
            for (; size + step < sizeof source; size += step)
                memcpy(source + size, characters[kind], step);
            const ofp_quoted quoted = ofp_quote((ofp_text){source, size});
            const size_t length = strlen(quoted.text);
            ck_assert_uint_lt(length, sizeof quoted.text);
            ck_assert_uint_gt(length, 80);
            ck_assert(ofp_span_is_utf8((ofp_text){quoted.text, length}));
            ck_assert_str_eq(quoted.text + length - 3, "\xE2\x80\xA6");
        }
}
END_TEST

TCase *error_case(void)
{
    TCase *tests = tcase_create("error");
    tcase_add_test(tests, success_leaves_no_error);
    tcase_add_test(tests, an_error_says_what_and_where);
    tcase_add_test(tests, an_error_without_a_place);
    tcase_add_test(tests, keeps_long_messages_whole);
    tcase_add_test(tests, the_error_out_of_memory_is_static);
    tcase_add_test(tests, failing_out_of_memory_is_out_of_memory);
    tcase_add_test(tests, statuses_have_names);
    tcase_add_test(tests, every_code_of_the_registry_is_known);
    tcase_add_test(tests, numbers_of_no_code_have_a_name);
    tcase_add_test(tests, quotes_are_short_and_harmless);
    return tests;
}
