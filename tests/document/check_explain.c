/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What explanations look like. Every case has a file with the text that must come out; after a
 * change that is meant, run the program with a fourth argument, which writes the files anew.
 *
 * Usage: check_explain ZONE_DIRECTORY POLICY GOLDEN_FOLDER [write]
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "allocations.h"
#include "buffer.h"
#include "expect.h"
#include "explain_cases.h"
#include "random.h"

static const char *zone_directory, *golden_folder;
static bool writes;
static ofp_policy *policies[2]; /* the contract's, and the odd one */
static ofp_scratch *scratch;
static ofp_buffer *buffer;

static const ofp_policy *policy_of(const explain_case *from)
{
    return policies[from->odd_policy];
}

static const ofp_decision *decide(const ofp_policy *policy, const ofp_request *request)
{
    const ofp_decision *decision;
    ofp_error *error = NULL;
    ck_assert_msg(ofp_decide(policy, request, scratch, &decision, &error) == OFP_STATUS_OK, "%s",
                  error ? ofp_error_message(error) : "");
    return decision;
}

static const char *explain(const ofp_decision *decision, const explain_case *how)
{
    ofp_zone *zone = NULL;
    if (how->zone)
        ck_assert_int_eq(ofp_zone_load(zone_directory, ofp_text_of(how->zone), &zone, NULL),
                         OFP_STATUS_OK);
    const ofp_explain_options options = {
        .size = sizeof options,
        .zone = zone,
        .colour = how->colour,
        .verbose = how->verbose,
    };
    ofp_error *error = (ofp_error *)-1;
    ofp_buffer_clear(buffer);
    ck_assert_int_eq(ofp_decision_explain(decision, &options, buffer, &error), OFP_STATUS_OK);
    ck_assert_ptr_null(error);
    ofp_zone_free(zone);
    return ofp_buffer_text(buffer).data;
}

static void read_golden(const char *path, char *ret, size_t size)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    ret[fread(ret, 1, size - 1, file)] = '\0';
    fclose(file);
}

static void write_golden(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s", path);
    fputs(text, file);
    fclose(file);
}

START_TEST(says_what_the_file_says)
{
    const explain_case *from = &explain_cases[_i];
    static char golden[1 << 16];
    case_request made;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.txt", golden_folder, from->name);
    case_fill_request(from, policy_of(from), &made);
    const char *text = explain(decide(policy_of(from), &made.request), from);
    if (writes)
        write_golden(path, text);
    read_golden(path, golden, sizeof golden);
    ck_assert_msg(strcmp(text, golden) == 0, "%s: got\n%s", path, text);
}
END_TEST

static const explain_case *find_case(const char *name)
{
    const explain_case *found = explain_cases;
    while (strcmp(found->name, name) != 0)
        found++;
    return found;
}

START_TEST(writes_behind_what_is_there)
{
    const explain_case *from = find_case("migration");
    case_request made;
    case_fill_request(from, policy_of(from), &made);
    const ofp_decision *decision = decide(policy_of(from), &made.request);
    char *alone = strdup(explain(decision, from));
    /* Without options: the policy's zone, no colour, no more than decides. */
    expect_ok(ofp_decision_explain(decision, NULL, buffer, &error));
    const ofp_text both = ofp_buffer_text(buffer);
    ck_assert_uint_eq(both.size, 2 * strlen(alone));
    ck_assert_str_eq(both.data + strlen(alone), alone);
    free(alone);
}
END_TEST

/* A copy lives on its own and says the same. */
START_TEST(explains_copies)
{
    const explain_case *from = find_case("three_contracts_end");
    ofp_decision *copy = NULL;
    case_request made;
    case_fill_request(from, policy_of(from), &made);
    const ofp_decision *decision = decide(policy_of(from), &made.request);
    char *wanted = strdup(explain(decision, from));
    expect_ok(ofp_decision_copy(decision, &copy, &error));
    memset(&made, 0xA5, sizeof made);
    ck_assert_str_eq(explain(copy, from), wanted);
    ofp_decision_free(copy);
    free(wanted);
}
END_TEST

START_TEST(refuses_options_of_another_size)
{
    const explain_case *from = find_case("unpaid");
    const ofp_explain_options unset = {0};
    case_request made;
    case_fill_request(from, policy_of(from), &made);
    ofp_buffer_clear(buffer);
    expect_failure(
        ofp_decision_explain(decide(policy_of(from), &made.request), &unset, buffer, &error),
        OFP_CODE_MISUSE);
    ck_assert_uint_eq(ofp_buffer_text(buffer).size, 0);
}
END_TEST

/* Each allocation fails once; what was in the buffer before stays as it was. */
START_TEST(survives_being_out_of_memory)
{
    const explain_case *from = &explain_cases[_i];
    const ofp_explain_options options = {.size = sizeof options, .verbose = true};
    case_request made;
    case_fill_request(from, policy_of(from), &made);
    const ofp_decision *decision = decide(policy_of(from), &made.request);
    size_t allowed = 0;
    for (ofp_status status = OFP_STATUS_NO_MEMORY; status; allowed++) {
        ofp_buffer out = {0};
        ofp_error *error = NULL;
        ofp_buffer_puts(&out, "kept");
        allocations_fail_after(allowed);
        status = ofp_decision_explain(decision, &options, &out, &error);
        allocations_allow();
        ck_assert_int_eq(status, error ? OFP_STATUS_NO_MEMORY : OFP_STATUS_OK);
        if (status)
            expect_text(ofp_buffer_text(&out), "kept");
        ofp_error_free(error);
        ofp_buffer_release(&out);
    }
    ck_assert_uint_gt(allowed, 4);
}
END_TEST

/* Text from outside, as bad as it can be. */
static ofp_text random_text(random_source *source, char *bytes, size_t size)
{
    static const ofp_text pieces[] = {
        OFP_LITERAL("\x1B[31m"), OFP_LITERAL("\x1B]0;title\x07"),
        OFP_LITERAL("\n"),       OFP_LITERAL("\r"),
        OFP_LITERAL("\t"),       OFP_LITERAL("\0"),
        OFP_LITERAL("\x1F"),     OFP_LITERAL("\x7F"),
        OFP_LITERAL("\xC2\x9B"), OFP_LITERAL("\u202E"),
        OFP_LITERAL("\u2028"),   OFP_LITERAL("\xFF"),
        OFP_LITERAL("\xE2\x82"), OFP_LITERAL("{org}"),
        OFP_LITERAL("%s"),       OFP_LITERAL(" "),
        OFP_LITERAL("word"),     OFP_LITERAL("\u20AC"),
    };
    size_t used = 0;
    for (uint32_t count = 1 + random_below(source, 40); count > 0; count--) {
        const ofp_text piece = pieces[random_below(source, sizeof pieces / sizeof *pieces)];
        if (used + piece.size > size)
            break;
        memcpy(bytes + used, piece.data, piece.size);
        used += piece.size;
    }
    return (ofp_text){bytes, used};
}

/* The size of the escape sequence of explanations in colour that starts here; 0: none does. */
static size_t colour_size(ofp_text text)
{
    static const char *const known[] = {"\x1B[0m", "\x1B[1m", "\x1B[1;31m", "\x1B[1;32m",
                                        "\x1B[1;33m"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const size_t size = strlen(known[i]);
        if (text.size >= size && memcmp(text.data, known[i], size) == 0)
            return size;
    }
    return 0;
}

static void expect_harmless(ofp_text text, bool colour)
{
    ck_assert(ofp_span_is_utf8(text));
    while (text.size) {
        size_t size = colour ? colour_size(text) : 0;
        if (size == 0) {
            const uint32_t character = ofp_span_character(text, &size);
            ck_assert_msg(character == '\n' || !ofp_character_is_control(character), "U+%04X",
                          character);
        }
        text.data += size;
        text.size -= size;
    }
}

START_TEST(lets_no_control_character_out)
{
    random_source source = random_start("explain");
    for (int round = 0; round < 1000; round++) {
        explain_case from = explain_cases[random_below(&source, (uint32_t)explain_case_count)];
        char bytes[4][256];
        case_request made;
        from.colour = random_below(&source, 2);
        from.verbose = random_below(&source, 2);
        case_fill_request(&from, policy_of(&from), &made);
        made.request.ticket = random_text(&source, bytes[0], sizeof bytes[0]);
        made.request.org_name = random_text(&source, bytes[1], sizeof bytes[1]);
        if (made.request.has_org)
            made.request.org = random_text(&source, bytes[2], sizeof bytes[2]);
        if (made.request.migration_count)
            made.migrations[0].id = random_text(&source, bytes[3], sizeof bytes[3]);
        /* A promise that is not kept must do no harm here. */
        made.request.valid_utf8 = true;
        explain(decide(policy_of(&from), &made.request), &from);
        expect_harmless(ofp_buffer_text(buffer), from.colour);
    }
}
END_TEST

static Suite *make_suite(void)
{
    const int count = (int)explain_case_count;
    Suite *suite = suite_create("explain");
    TCase *tests = tcase_create("explain");
    tcase_add_loop_test(tests, says_what_the_file_says, 0, count);
    tcase_add_test(tests, writes_behind_what_is_there);
    tcase_add_test(tests, explains_copies);
    tcase_add_test(tests, refuses_options_of_another_size);
    tcase_add_loop_test(tests, survives_being_out_of_memory, 0, count);
    tcase_add_test(tests, lets_no_control_character_out);
    suite_add_tcase(suite, tests);
    return suite;
}

static ofp_policy *load_policy(const char *path)
{
    const ofp_policy_options options = {
        .size = sizeof options,
        .zone_directory = zone_directory,
    };
    ofp_policy *policy = NULL;
    ofp_error *error;
    if (ofp_policy_load(path, &options, &policy, &error) != OFP_STATUS_OK)
        fprintf(stderr, "%s: %s\n", path, ofp_error_message(error));
    ofp_error_free(error);
    return policy;
}

static bool prepare(int argc, char **argv)
{
    char odd[4096];
    if (argc < 4)
        return false;
    zone_directory = argv[1];
    golden_folder = argv[3];
    writes = argc > 4;
    snprintf(odd, sizeof odd, "%s/policy.yaml", golden_folder);
    policies[0] = load_policy(argv[2]);
    policies[1] = load_policy(odd);
    return policies[0] && policies[1] && ofp_scratch_new(&scratch, NULL) == OFP_STATUS_OK &&
           ofp_buffer_new(&buffer, NULL) == OFP_STATUS_OK;
}

int main(int argc, char **argv)
{
    if (!prepare(argc, argv))
        return EXIT_FAILURE;
    SRunner *runner = srunner_create(make_suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    ofp_buffer_free(buffer);
    ofp_scratch_free(scratch);
    ofp_policy_unref(policies[0]);
    ofp_policy_unref(policies[1]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
