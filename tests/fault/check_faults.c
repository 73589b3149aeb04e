/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Every scenario is run again and again while its first, second, third … call for memory (or to a
 * file) fails, until a run gets through without a failure. Each run must end with a status that
 * says so or with the right answer, and leave no memory behind.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

#include "failing_calls.h"

/* More calls than any scenario makes: a scenario that never gets through would be a hang. */
enum { MOST_CALLS = 200000 };

static const char *zone_directory;
static ofp_text policy_text;
static ofp_text request_text;

static ofp_policy_options options(void)
{
    return (ofp_policy_options){
        .size = sizeof(ofp_policy_options),
        .zone_directory = zone_directory,
    };
}

/* A scenario writes its answer into a buffer that was made before anything could fail. */
typedef ofp_status scenario(ofp_buffer *answer, ofp_error **reterr);

static ofp_status parse_policy(ofp_buffer *answer, ofp_error **reterr)
{
    (void)answer;
    const ofp_policy_options with = options();
    ofp_policy *policy = NULL;
    const ofp_status status = ofp_policy_parse(policy_text, &with, &policy, reterr);
    ofp_policy_unref(policy);
    return status;
}

static ofp_status load_default(ofp_buffer *answer, ofp_error **reterr)
{
    (void)answer;
    ofp_policy *policy = NULL;
    const ofp_status status = ofp_policy_default(NULL, &policy, reterr);
    ofp_policy_unref(policy);
    return status;
}

static ofp_status load_wrong(ofp_buffer *answer, ofp_error **reterr)
{
    (void)answer;
    ofp_policy *policy = NULL;
    const ofp_status status = ofp_policy_parse(
        ofp_text_of("policy: x\nlevels: [a, a]\nunpaid: [b]\nofferings: {o: {titel: x}}\n"), NULL,
        &policy, reterr);
    /* That it is wrong is the right answer here. */
    if (status != OFP_STATUS_BAD_POLICY)
        return status;
    if (reterr)
        *reterr = ofp_error_free(*reterr);
    return OFP_STATUS_OK;
}

static ofp_policy *shared_policy;

static ofp_status write_all(const ofp_decision *decision, ofp_buffer *answer, ofp_error **reterr)
{
    ofp_decision *copy = NULL;
    ofp_status status = ofp_decision_write_json(decision, answer, reterr);
    if (!status)
        status = ofp_decision_copy(decision, &copy, reterr);
    if (!status)
        status = ofp_decision_explain(copy, NULL, answer, reterr);
    ofp_decision_free(copy);
    return status;
}

static ofp_status decide_request(ofp_buffer *answer, ofp_error **reterr)
{
    ofp_json *json = NULL;
    ofp_scratch *scratch = NULL;
    const ofp_request *request = NULL;
    const ofp_decision *decision = NULL;
    ofp_status status = ofp_json_new(&json, reterr);
    if (!status)
        status = ofp_scratch_new(&scratch, reterr);
    if (!status)
        status = ofp_json_read_request(json, shared_policy, request_text, OFP_INSTANT_NONE,
                                       &request, reterr);
    if (!status)
        status = ofp_decide(shared_policy, request, scratch, &decision, reterr);
    if (!status)
        status = write_all(decision, answer, reterr);
    ofp_scratch_free(scratch);
    ofp_json_free(json);
    return status;
}

static ofp_status answer_question(ofp_buffer *answer, ofp_error **reterr)
{
    ofp_json *json = NULL;
    const ofp_question *question = NULL;
    ofp_status status = ofp_json_new(&json, reterr);
    if (!status)
        status = ofp_json_read_question(
            json, shared_policy,
            ofp_text_of("{\"id\":\"q\",\"calendar\":\"emea\",\"op\":\"periods\","
                        "\"start\":\"2026-12-20T00:00:00Z\",\"count\":20}"),
            &question, reterr);
    if (!status)
        status = ofp_question_answer(question, answer, reterr);
    ofp_json_free(json);
    return status;
}

/* With a policy of its own, so that the timelines are computed while memory fails. */
static ofp_status run_anew(scenario *run, ofp_buffer *answer, ofp_error **reterr)
{
    const ofp_policy_options with = options();
    ofp_policy *policy = NULL, *kept = shared_policy;
    ofp_status status = ofp_policy_parse(policy_text, &with, &policy, reterr);
    shared_policy = policy;
    if (!status)
        status = run(answer, reterr);
    shared_policy = kept;
    ofp_policy_unref(policy);
    return status;
}

static ofp_status decide_anew(ofp_buffer *answer, ofp_error **reterr)
{
    return run_anew(decide_request, answer, reterr);
}

/* A prefilter fails without a trace, or works. */
static ofp_status prepare_and_decide(ofp_buffer *answer, ofp_error **reterr)
{
    const ofp_status status = ofp_policy_prepare(shared_policy, reterr);
    return status ? status : decide_request(answer, reterr);
}

static ofp_status decide_prepared(ofp_buffer *answer, ofp_error **reterr)
{
    return run_anew(prepare_and_decide, answer, reterr);
}

static ofp_status answer_anew(ofp_buffer *answer, ofp_error **reterr)
{
    return run_anew(answer_question, answer, reterr);
}

static ofp_status refuse_request(ofp_buffer *answer, ofp_error **reterr)
{
    ofp_json *json = NULL;
    ofp_error *refusal = NULL;
    const ofp_request *request = NULL;
    ofp_status status = ofp_json_new(&json, reterr);
    if (status)
        return status;
    status = ofp_json_read_request(json, shared_policy,
                                   ofp_text_of("{\"ticket\": {\"id\": \"1\", \"tgas\": []}}"), 0,
                                   &request, &refusal);
    ofp_json_free(json);
    if (status == OFP_STATUS_BAD_REQUEST) {
        status = ofp_error_write_json(refusal, "file", 1, answer, reterr);
        ofp_error_free(refusal);
    } else if (reterr) {
        *reterr = refusal;
    }
    return status;
}

/* One run; afterwards there is as much memory as before. Check allocates, too: so not in between.
 */
static ofp_status run_once(scenario *run, failing_kind kind, long number, ofp_buffer *answer,
                           bool *retfailed)
{
    ofp_error *error = NULL;
    ofp_buffer_clear(answer);
    const long before = failing_live_blocks();
    failing_arm(kind, number);
    const ofp_status status = run(answer, &error);
    *retfailed = failing_disarm();
    const ofp_status told = error ? ofp_error_status(error) : OFP_STATUS_OK;
    ofp_error_free(error);
    const long left = failing_live_blocks() - before;
    ck_assert_msg(told == status, "call %ld: %s", number, ofp_status_name(status));
    ck_assert_msg(left == 0, "call %ld: %ld blocks stay", number, left);
    return status;
}

/* Up to the version of the zone data, which is not known if its file can't be read. */
static bool same_answer(const ofp_buffer *answer, const ofp_buffer *expected)
{
    const char *a = ofp_buffer_text(answer).data, *b = ofp_buffer_text(expected).data;
    const char *version = strstr(b, "\"tzdata\"");
    return version ? strncmp(a, b, (size_t)(version - b)) == 0 : strcmp(a, b) == 0;
}

static void run_with_failures(scenario *run, failing_kind kind)
{
    ofp_buffer *answer = NULL, *expected = NULL;
    bool failed;
    ck_assert_int_eq(ofp_buffer_new(&answer, NULL), OFP_STATUS_OK);
    ck_assert_int_eq(ofp_buffer_new(&expected, NULL), OFP_STATUS_OK);
    /* The buffers grow and the shared policy computes its timelines before anything is counted. */
    ck_assert_int_eq(run(answer, NULL), OFP_STATUS_OK);
    ck_assert_int_eq(run(expected, NULL), OFP_STATUS_OK);
    ck_assert_int_eq(run_once(run, kind, 0, expected, &failed), OFP_STATUS_OK);
    long number = 1, survived = 0;
    for (; number < MOST_CALLS; number++) {
        const ofp_status status = run_once(run, kind, number, answer, &failed);
        if (!failed)
            break;
        if (status == OFP_STATUS_OK) {
            survived++;
            ck_assert_msg(same_answer(answer, expected), "call %ld: another answer", number);
        } else if (kind == FAILING_MEMORY) {
            ck_assert_msg(status == OFP_STATUS_NO_MEMORY, "call %ld: %s", number,
                          ofp_status_name(status));
        }
    }
    ck_assert_int_lt(number, MOST_CALLS);
    /* A scenario that allocates nothing would prove nothing. */
    ck_assert(kind != FAILING_MEMORY || number > 5);
    printf("%ld calls, %ld of their failures did not matter\n", number - 1, survived);
    ofp_buffer_free(answer);
    ofp_buffer_free(expected);
}

static scenario *const scenarios[] = {parse_policy,   load_default,    load_wrong,
                                      decide_request, decide_anew,     decide_prepared,
                                      answer_anew,    answer_question, refuse_request};

START_TEST(memory_fails)
{
    run_with_failures(scenarios[_i], FAILING_MEMORY);
}
END_TEST

START_TEST(files_fail)
{
    run_with_failures(scenarios[_i], FAILING_FILES);
}
END_TEST

static ofp_text read_file(const char *path)
{
    static char bytes[2][1 << 20];
    static int used;
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    char *into = bytes[used++];
    const size_t size = fread(into, 1, sizeof bytes[0], file);
    fclose(file);
    return (ofp_text){into, size};
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    zone_directory = argv[1];
    policy_text = read_file(argv[2]);
    request_text = read_file(argv[3]);
    const ofp_policy_options with = options();
    if (ofp_policy_parse(policy_text, &with, &shared_policy, NULL))
        return 1;
    const int count = sizeof scenarios / sizeof *scenarios;
    Suite *suite = suite_create("faults");
    TCase *tcase = tcase_create("every call fails once");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, memory_fails, 0, count);
    tcase_add_loop_test(tcase, files_fail, 0, count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    ofp_policy_unref(shared_policy);
    return failures != 0;
}
