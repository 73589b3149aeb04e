/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Answers JSON documents for check_documents.py: each stands on the standard input behind its
 * length in bytes and a line end, and gets one line, a decision, an answer or an error.
 *
 * Usage: answer_documents POLICY ZONES requests|questions
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

typedef struct answerer {
    ofp_policy *policy;
    ofp_json *json;
    ofp_scratch *scratch;
    ofp_buffer *buffer;
    bool questions;
} answerer;

static ofp_status answer(answerer *a, ofp_text document, ofp_error **reterr)
{
    const ofp_request *request;
    const ofp_question *question;
    const ofp_decision *decision;
    if (a->questions) {
        const ofp_status status =
            ofp_json_read_question(a->json, a->policy, document, &question, reterr);
        return status ? status : ofp_question_answer(question, a->buffer, reterr);
    }
    ofp_status status =
        ofp_json_read_request(a->json, a->policy, document, OFP_INSTANT_NONE, &request, reterr);
    if (!status)
        status = ofp_decide(a->policy, request, a->scratch, &decision, reterr);
    return status ? status : ofp_decision_write_json(decision, a->buffer, reterr);
}

static void answer_line(answerer *a, ofp_text document)
{
    ofp_error *error = NULL;
    ofp_buffer_clear(a->buffer);
    if (answer(a, document, &error) != OFP_STATUS_OK)
        ofp_error_write_json(error, NULL, 0, a->buffer, NULL);
    ofp_error_free(error);
    puts(ofp_buffer_text(a->buffer).data);
}

/* Memory of exactly the document's size, so that a sanitizer sees every byte read too far. */
static bool next_document(ofp_text *ret)
{
    size_t size;
    if (scanf("%zu", &size) != 1 || getchar() != '\n')
        return false;
    char *data = malloc(size + !size);
    *ret = (ofp_text){data, size};
    return data && fread(data, 1, size, stdin) == size;
}

static bool prepare(answerer *a, char **arguments)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = arguments[2]};
    ofp_error *error = NULL;
    if (ofp_policy_load(arguments[1], &options, &a->policy, &error) == OFP_STATUS_OK &&
        ofp_json_new(&a->json, &error) == OFP_STATUS_OK &&
        ofp_scratch_new(&a->scratch, &error) == OFP_STATUS_OK &&
        ofp_buffer_new(&a->buffer, &error) == OFP_STATUS_OK)
        return true;
    fprintf(stderr, "%s\n", ofp_error_message(error));
    ofp_error_free(error);
    return false;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s POLICY ZONES requests|questions\n", argv[0]);
        return 2;
    }
    answerer a = {.questions = strcmp(argv[3], "questions") == 0};
    ofp_text document;
    const bool ready = prepare(&a, argv);
    while (ready && next_document(&document)) {
        answer_line(&a, document);
        free((char *)document.data);
    }
    ofp_buffer_free(a.buffer);
    ofp_scratch_free(a.scratch);
    ofp_json_free(a.json);
    ofp_policy_unref(a.policy);
    return ready ? 0 : 1;
}
