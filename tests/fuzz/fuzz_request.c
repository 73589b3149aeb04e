/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Fuzzes the way of a request: JSON in, a decision, JSON and words out. Whatever goes in, what
 * comes out is an answer or an error that says where; and the same input gives the same answer.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ofp_policy *policy;
static ofp_json *json;
static ofp_scratch *scratch;
static ofp_buffer *answer, *again;

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
                ofp_scratch_new(&scratch, NULL) == OFP_STATUS_OK &&
                ofp_buffer_new(&answer, NULL) == OFP_STATUS_OK &&
                ofp_buffer_new(&again, NULL) == OFP_STATUS_OK,
            "the fuzzer could not be set up");
}

static void write_error(ofp_error *error, ofp_buffer *buffer)
{
    require(ofp_error_status(error) == OFP_STATUS_BAD_REQUEST, ofp_error_message(error));
    require(ofp_error_write_json(error, "fuzz", 1, buffer, NULL) == OFP_STATUS_OK, "no error");
    ofp_error_free(error);
}

static void decide(ofp_text document, ofp_buffer *buffer)
{
    const ofp_explain_options options = {.size = sizeof options, .verbose = true};
    const ofp_request *request = NULL;
    const ofp_decision *decision = NULL;
    ofp_error *error = NULL;
    ofp_buffer_clear(buffer);
    ofp_status status =
        ofp_json_read_request(json, policy, document, OFP_INSTANT_NONE, &request, &error);
    if (status) {
        write_error(error, buffer);
        return;
    }
    /* What was read can be decided, and what was decided can be written. */
    status = ofp_decide(policy, request, scratch, &decision, NULL);
    require(status == OFP_STATUS_OK, "a request that was read is refused");
    require(ofp_decision_write_json(decision, buffer, NULL) == OFP_STATUS_OK, "no JSON");
    require(ofp_decision_explain(decision, &options, buffer, NULL) == OFP_STATUS_OK, "no words");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ofp_text document = {(const char *)data, size};
    if (!policy)
        prepare();
    decide(document, answer);
    decide(document, again);
    const ofp_text a = ofp_buffer_text(answer), b = ofp_buffer_text(again);
    require(a.size == b.size && memcmp(a.data, b.data, a.size) == 0, "another answer");
    return 0;
}
