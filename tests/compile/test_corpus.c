/* SPDX-License-Identifier: MIT */
/*
 * Policies with mistakes, each with the diagnostics that it must give in a file beside it, line by
 * line: "line:column: error|warning: message [OFP-nnn]". And policies without any.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "failure.h"
#include "parse.h"

static char *zone_directory;
static ofp_buffer got, wanted;

static void start(void)
{
    zone_directory = realpath(ZONE_DIRECTORY, NULL);
    ck_assert_ptr_nonnull(zone_directory);
}

static void stop(void)
{
    free(zone_directory);
    ofp_buffer_release(&got);
    ofp_buffer_release(&wanted);
    got = wanted = (ofp_buffer){0};
}

/* Calls `visit` for each file of a folder whose name ends like this. @return how many */
static int visit_folder(const char *folder, const char *ending, void (*visit)(const char *path))
{
    DIR *directory = opendir(folder);
    ck_assert_msg(directory != NULL, "%s", folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        const size_t size = strlen(entry->d_name), tail = strlen(ending);
        if (entry->d_name[0] == '.' || size < tail ||
            strcmp(entry->d_name + size - tail, ending) != 0)
            continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        visit(path);
        count++;
    }
    closedir(directory);
    return count;
}

/* Messages name the folder of the zone files, which is another one on every machine. */
static void put_message(ofp_buffer *buffer, const char *message)
{
    const char *quoted = ofp_quote(ofp_text_of(zone_directory)).text;
    const char *at = strstr(message, quoted);
    if (at) {
        ofp_buffer_put(buffer, message, (size_t)(at - message));
        ofp_buffer_puts(buffer, "<zone directory>");
        message = at + strlen(quoted);
    }
    ofp_buffer_puts(buffer, message);
}

static void put_diagnostic(ofp_buffer *buffer, const ofp_diagnostic *diagnostic)
{
    ofp_buffer_printf(buffer, "%u:%u: %s: ", (unsigned)diagnostic->line,
                      (unsigned)diagnostic->column,
                      diagnostic->severity == OFP_SEVERITY_ERROR ? "error" : "warning");
    put_message(buffer, diagnostic->message);
    ofp_buffer_printf(buffer, " [%s]\n", ofp_code_name(diagnostic->code));
}

/* Writes all diagnostics that a file gives into `got`. */
static void load(const char *path)
{
    const ofp_policy_options options = test_options();
    ofp_policy *policy = NULL;
    ofp_error *error = NULL;
    ofp_buffer_clear(&got);
    if (ofp_policy_load(path, &options, &policy, &error) == OFP_STATUS_OK) {
        for (size_t i = 0; i < ofp_policy_warning_count(policy); i++)
            put_diagnostic(&got, ofp_policy_warning(policy, i));
        ck_assert_ptr_null(ofp_policy_warning(policy, ofp_policy_warning_count(policy)));
    } else {
        ck_assert_ptr_null(policy);
        ck_assert_int_eq(ofp_error_status(error), OFP_STATUS_BAD_POLICY);
        ck_assert_int_eq(ofp_error_first(error)->severity, OFP_SEVERITY_ERROR);
        for (size_t i = 0; i < ofp_error_count(error); i++)
            put_diagnostic(&got, ofp_error_diagnostic(error, i));
    }
    ofp_policy_unref(policy);
    ofp_error_free(error);
}

static void read_file(const char *path, ofp_buffer *buffer)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    for (int byte; (byte = fgetc(file)) != EOF;)
        ofp_buffer_put(buffer, &(char){(char)byte}, 1);
    fclose(file);
}

static void check_wrong(const char *path)
{
    char expected[4096];
    snprintf(expected, sizeof expected, "%.*s.expected", (int)strlen(path) - 5, path);
    ofp_buffer_clear(&wanted);
    read_file(expected, &wanted);
    load(path);
    ck_assert_msg(ofp_span_equal(ofp_buffer_text(&got), ofp_buffer_text(&wanted)),
                  "%s gives\n%s\ninstead of\n%s", path, ofp_buffer_text(&got).data,
                  ofp_buffer_text(&wanted).data);
    ck_assert_msg(wanted.size > 0, "%s expects nothing", expected);
}

static void check_right(const char *path)
{
    load(path);
    ck_assert_msg(got.size == 0, "%s gives\n%s", path, ofp_buffer_text(&got).data);
}

START_TEST(wrong_policies_give_all_their_diagnostics)
{
    ck_assert_int_gt(visit_folder(CASES "/policies/wrong", ".yaml", check_wrong), 50);
}
END_TEST

START_TEST(right_policies_give_none)
{
    ck_assert_int_gt(visit_folder(CASES "/policies/right", "", check_right), 5);
    check_right(CASES "/contract/policy.yaml");
    check_right(CASES "/contract/policy.json");
    check_right(EXAMPLES "/policies/default.yaml");
    check_right(EXAMPLES "/policies/gitlab.yaml");
}
END_TEST

static void collect(const char *path)
{
    read_file(path, &wanted);
}

/* Whoever adds a code must show a policy that gives it. */
START_TEST(every_code_has_a_case)
{
    visit_folder(CASES "/policies/wrong", ".expected", collect);
    for (int code = 101; code < 200; code++) {
        const char *name = ofp_code_name((ofp_code)code);
        if (strcmp(name, "OFP-000") != 0)
            ck_assert_msg(strstr(ofp_buffer_text(&wanted).data, name), "%s has no case", name);
    }
}
END_TEST

TCase *corpus_case(void)
{
    TCase *tests = tcase_create("corpus");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, wrong_policies_give_all_their_diagnostics);
    tcase_add_test(tests, right_policies_give_none);
    tcase_add_test(tests, every_code_has_a_case);
    return tests;
}
