/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "label.h"
#include "parse.h"

#define LEAST \
    "policy: p\nlevels: [free]\nunpaid: [free]\npriorities: [low]\ndefault_priority: low\n" \
    "offerings: {one: {}}\n"
#define LEAST_DIGEST "sha256:6ce6b630e90701146f7e495fcea210c1c384a40c20b6443154de199b16d23e10"

static ofp_policy *policy;

static void stop(void)
{
    policy = ofp_policy_unref(policy);
}

/* A file with this content; the caller removes it. */
static void write_file(char path[static 32], const char *content, size_t size)
{
    strcpy(path, "/tmp/ofp-test-XXXXXX");
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, content, size), (ssize_t)size);
    close(file);
}

START_TEST(loads_a_file)
{
    char path[32];
    write_file(path, LEAST, sizeof LEAST - 1);
    expect_ok(ofp_policy_load(path, NULL, &policy, &error));
    ck_assert_str_eq(ofp_policy_name(policy), "p");
    ck_assert_str_eq(ofp_policy_digest(policy), LEAST_DIGEST);
    ck_assert_ptr_null(ofp_policy_revision(policy));
    unlink(path);
}
END_TEST

/* A pipe has no size that could be asked for, and gives its bytes piece by piece. */
START_TEST(loads_from_a_pipe)
{
    int ends[2];
    char path[32];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], LEAST, sizeof LEAST - 1), sizeof LEAST - 1);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    expect_ok(ofp_policy_load(path, NULL, &policy, &error));
    ck_assert_str_eq(ofp_policy_digest(policy), LEAST_DIGEST);
    close(ends[0]);
}
END_TEST

START_TEST(digest_is_of_the_bytes)
{
    expect_ok(ofp_policy_parse(OFP_LITERAL(LEAST), NULL, &policy, &error));
    ck_assert_str_eq(ofp_policy_digest(policy), LEAST_DIGEST);
    stop();
    expect_ok(ofp_policy_parse(OFP_LITERAL(LEAST "#"), NULL, &policy, &error));
    ck_assert_str_ne(ofp_policy_digest(policy), LEAST_DIGEST);
    stop();
    expect_ok(ofp_policy_parse(OFP_LITERAL("\xEF\xBB\xBF" LEAST), NULL, &policy, &error));
    ck_assert_str_ne(ofp_policy_digest(policy), LEAST_DIGEST);
}
END_TEST

static void expect_unreadable(const char *path, const char *message)
{
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_policy_load(path, NULL, &policy, &error), OFP_STATUS_IO);
    ck_assert_ptr_null(policy);
    ck_assert_str_eq(ofp_error_message(error), message);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_UNREADABLE_FILE);
    ck_assert_str_eq(ofp_error_first(error)->source, path);
    ofp_error_free(error);
}

START_TEST(says_why_a_file_can_not_be_read)
{
    expect_unreadable("/no/such/policy.yaml",
                      "the policy can't be read: No such file or directory");
    expect_unreadable("/tmp", "the policy can't be read: Is a directory");
    expect_unreadable("/dev/null/x", "the policy can't be read: Not a directory");
}
END_TEST

START_TEST(refuses_files_without_end)
{
    const ofp_policy_options options = {.size = sizeof options, .source = "zeroes"};
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_policy_load("/dev/zero", &options, &policy, &error), OFP_STATUS_IO);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_FILE_TOO_LARGE);
    ck_assert_str_eq(ofp_error_first(error)->source, "zeroes");
    ofp_error_free(error);
}
END_TEST

START_TEST(names_the_source)
{
    const struct {
        const char *given, *shown;
    } cases[] = {{NULL, "policy"}, {"my policy", "my policy"}};
    for (size_t i = 0; i < 2; i++) {
        const ofp_policy_options options = {.size = sizeof options, .source = cases[i].given};
        ofp_error *error = NULL;
        ck_assert_int_eq(ofp_policy_parse(OFP_LITERAL("[]"), &options, &policy, &error),
                         OFP_STATUS_BAD_POLICY);
        ck_assert_str_eq(ofp_error_first(error)->source, cases[i].shown);
        ofp_error_free(error);
    }
}
END_TEST

START_TEST(shows_the_line)
{
    ofp_error *error = NULL;
    ofp_policy_parse(OFP_LITERAL("\xEF\xBB\xBFpolicy: p\r\nrevision: \xC3\xA9\xC3\xA9\nlevls: x\n"),
                     NULL, &policy, &error);
    const ofp_diagnostic *last = ofp_error_diagnostic(error, ofp_error_count(error) - 1);
    ck_assert_str_eq(last->excerpt, "levls: x");
    ck_assert_uint_eq(last->caret, 0);
    ck_assert_str_eq(ofp_error_first(error)->excerpt, "policy: p");
    ofp_error_free(error);
}
END_TEST

/* Members that the caller's version of the struct does not have are not read. */
START_TEST(options_have_a_size)
{
    ofp_policy_options options = {.size = sizeof options.size, .zone_directory = "/nowhere"};
    expect_ok(ofp_policy_parse(OFP_LITERAL(LEAST), &options, &policy, &error));
    ck_assert_str_ne(ofp_policy_tzdata(policy), "");
    stop();
    options.size = 0;
    expect_failure(ofp_policy_parse(OFP_LITERAL(LEAST), &options, &policy, &error),
                   OFP_CODE_MISUSE);
    expect_failure(ofp_policy_load("x", &options, &policy, &error), OFP_CODE_UNREADABLE_FILE);
    expect_failure(ofp_policy_load(NULL, NULL, &policy, &error), OFP_CODE_MISUSE);
    expect_failure(ofp_policy_default(&options, &policy, &error), OFP_CODE_MISUSE);
}
END_TEST

START_TEST(errors_need_not_be_wanted)
{
    ck_assert_int_eq(ofp_policy_parse(OFP_LITERAL("x"), NULL, &policy, NULL),
                     OFP_STATUS_BAD_POLICY);
    ck_assert_int_eq(ofp_policy_load("/no/such/file", NULL, &policy, NULL), OFP_STATUS_IO);
    ck_assert_int_eq(ofp_policy_parse(OFP_LITERAL(LEAST), NULL, &policy, NULL), OFP_STATUS_OK);
}
END_TEST

START_TEST(names_the_version_of_the_zone_data)
{
    char version[OFP_TZDATA_SIZE];
    ofp_zone_data_version(ZONE_DIRECTORY, version);
    policy = parse_policy(LEAST);
    ck_assert_str_eq(ofp_policy_tzdata(policy), version);
    stop();
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = "/nowhere"};
    expect_ok(ofp_policy_parse(OFP_LITERAL(LEAST), &options, &policy, &error));
    ck_assert_str_eq(ofp_policy_tzdata(policy), "unknown");
}
END_TEST

/* The default policy is the example, to the byte, and needs no zone files. */
START_TEST(has_a_default)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = "/nowhere"};
    ofp_policy *example = load_policy(EXAMPLES "/policies/default.yaml");
    expect_ok(ofp_policy_default(&options, &policy, &error));
    ck_assert_str_eq(ofp_policy_digest(policy), ofp_policy_digest(example));
    ck_assert_str_eq(ofp_policy_name(policy), "default");
    ck_assert_uint_eq(ofp_policy_warning_count(policy), 0);
    ck_assert_int_eq(ofp_policy_offering_count(policy), 2);
    ck_assert(ofp_policy_has_sla(policy));
    ofp_policy_unref(example);
}
END_TEST

/* One that gives more mistakes than are kept still gives an error among them. */
START_TEST(keeps_room_for_errors)
{
    enum { COUNT = 1500 };
    ofp_buffer text = {0};
    ofp_buffer_puts(&text, LEAST "calendars:\n  a:\n    days:\n");
    for (int i = 0; i < COUNT; i++)
        ofp_buffer_printf(&text, "      %d-%02d-%02d: [\"08:00-12:00\", \"09:00-10:00\"]\n",
                          1970 + i / 336, i / 28 % 12 + 1, i % 28 + 1);
    ofp_buffer_puts(&text, "sla: x\n");
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_policy_parse(ofp_buffer_text(&text), NULL, &policy, &error),
                     OFP_STATUS_BAD_POLICY);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_POLICY_WRONG_TYPE);
    ck_assert_int_eq(ofp_error_diagnostic(error, 0)->code, OFP_CODE_OVERLAPPING_HOURS);
    ofp_error_free(error);
    ofp_buffer_release(&text);
}
END_TEST

/* One pattern more than the sums of weights are sure to hold. */
START_TEST(limits_patterns)
{
    enum { MOST = 2000 };
    ofp_buffer text = {0};
    ofp_buffer_puts(&text, LEAST "classify:\n  rules:\n");
    for (int i = 0; i < MOST; i++)
        ofp_buffer_printf(&text, "    - {offering: one, match: x%d, weight: 1000000}\n", i);
    expect_ok(ofp_policy_parse(ofp_buffer_text(&text), NULL, &policy, &error));
    stop();
    ofp_buffer_puts(&text, "    - {offering: one, match: y}\n");
    expect_failure(ofp_policy_parse(ofp_buffer_text(&text), NULL, &policy, &error),
                   OFP_CODE_POLICY_LIMIT);
    ofp_buffer_release(&text);
}
END_TEST

/* Together they may be so long that all of them are compiled in seconds, and no longer. */
START_TEST(limits_size_of_patterns)
{
    enum { SIZE = 1024, MOST = 256 };
    char pattern[SIZE + 1];
    ofp_buffer text = {0};
    memset(pattern, 'x', SIZE);
    pattern[SIZE] = '\0';
    ofp_buffer_puts(&text, LEAST "classify:\n  rules:\n");
    for (int i = 0; i < MOST; i++)
        ofp_buffer_printf(&text, "    - {offering: one, match: %s}\n", pattern);
    expect_ok(ofp_policy_parse(ofp_buffer_text(&text), NULL, &policy, &error));
    stop();
    ofp_buffer_puts(&text, "    - {offering: one, match: x}\n");
    expect_failure(ofp_policy_parse(ofp_buffer_text(&text), NULL, &policy, &error),
                   OFP_CODE_POLICY_LIMIT);
    ofp_buffer_release(&text);
}
END_TEST

/* 90 of the widest range there is. */
START_TEST(limits_ranges_of_patterns)
{
    ofp_buffer text = {0};
    ofp_buffer_puts(&text, LEAST "classify:\n  rules:\n    - {offering: one, match: '");
    for (int i = 0; i < 90; i++)
        ofp_buffer_puts(&text, "[\\x{0}-\\x{10FFFF}]");
    ofp_buffer_puts(&text, "'}\n    - {offering: one, match: '[a-z]'}\n");
    expect_failure(ofp_policy_parse(ofp_buffer_text(&text), NULL, &policy, &error),
                   OFP_CODE_POLICY_LIMIT);
    ofp_buffer_release(&text);
}
END_TEST

TCase *load_case(void)
{
    TCase *tests = tcase_create("load");
    tcase_add_checked_fixture(tests, NULL, stop);
    tcase_add_test(tests, loads_a_file);
    tcase_add_test(tests, loads_from_a_pipe);
    tcase_add_test(tests, digest_is_of_the_bytes);
    tcase_add_test(tests, says_why_a_file_can_not_be_read);
    tcase_add_test(tests, refuses_files_without_end);
    tcase_add_test(tests, names_the_source);
    tcase_add_test(tests, shows_the_line);
    tcase_add_test(tests, options_have_a_size);
    tcase_add_test(tests, errors_need_not_be_wanted);
    tcase_add_test(tests, names_the_version_of_the_zone_data);
    tcase_add_test(tests, has_a_default);
    tcase_add_test(tests, keeps_room_for_errors);
    tcase_add_test(tests, limits_patterns);
    tcase_add_test(tests, limits_size_of_patterns);
    tcase_add_test(tests, limits_ranges_of_patterns);
    return tests;
}
