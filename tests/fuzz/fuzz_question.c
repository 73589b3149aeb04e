/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Fuzzes calendar questions: JSON in, an answer or an error out.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ofp_policy *policy;
static ofp_json *json;
static ofp_buffer *answer;

/* What must never happen. */
static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s\n", what);
        abort();
    }
}

/* Made once, and kept until the process ends. */
static void prepare(void)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    require(ofp_policy_load(POLICY_FILE, &options, &policy, NULL) == OFP_STATUS_OK &&
                ofp_json_new(&json, NULL) == OFP_STATUS_OK &&
                ofp_buffer_new(&answer, NULL) == OFP_STATUS_OK,
            "the fuzzer could not be set up");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ofp_text document = {(const char *)data, size};
    const ofp_question *question = NULL;
    ofp_error *error = NULL;
    if (!policy)
        prepare();
    ofp_buffer_clear(answer);
    if (ofp_json_read_question(json, policy, document, &question, &error) == OFP_STATUS_OK) {
        require(ofp_question_answer(question, answer, NULL) == OFP_STATUS_OK,
                "a question that was read has no answer");
        return 0;
    }
    require(ofp_error_status(error) == OFP_STATUS_BAD_REQUEST, ofp_error_message(error));
    require(ofp_error_write_json(error, NULL, 0, answer, NULL) == OFP_STATUS_OK, "no error");
    ofp_error_free(error);
    return 0;
}
