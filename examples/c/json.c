/* SPDX-License-Identifier: MIT */
/*
 * Requests as JSON in, one a line; decisions as JSON out, one a line. A line that is no request
 * gives an error document in its place, and the others go on.
 *
 *     cc json.c $(pkg-config --cflags --libs offerpolicy-json) -o json
 *     ./json < requests.ndjson                  by the default policy
 *     ./json my-policy.yaml < requests.ndjson   by another one
 */
#define _POSIX_C_SOURCE 200809L /* for getline() */
#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

/* What is needed to decide one ticket after another without allocating anew. */
struct desk {
    ofp_policy *policy;
    ofp_json *json;
    ofp_scratch *scratch;
    ofp_buffer *answer;
};

static ofp_status open_desk(struct desk *desk, const char *path, ofp_error **reterr)
{
    ofp_status status = path ? ofp_policy_load(path, NULL, &desk->policy, reterr)
                             : ofp_policy_default(NULL, &desk->policy, reterr);
    if (!status)
        status = ofp_json_new(&desk->json, reterr);
    if (!status)
        status = ofp_scratch_new(&desk->scratch, reterr);
    if (!status)
        status = ofp_buffer_new(&desk->answer, reterr);
    return status;
}

static void close_desk(struct desk *desk)
{
    ofp_buffer_free(desk->answer);
    ofp_scratch_free(desk->scratch);
    ofp_json_free(desk->json);
    ofp_policy_unref(desk->policy);
}

/* The answer to one line: a decision, or what is wrong with the line. */
static ofp_status answer_line(struct desk *desk, ofp_text line, uint64_t number, ofp_error **reterr)
{
    const ofp_request *request;
    const ofp_decision *decision;
    ofp_error *mistake = NULL;
    ofp_buffer_clear(desk->answer);
    ofp_status status =
        ofp_json_read_request(desk->json, desk->policy, line, OFP_INSTANT_NONE, &request, &mistake);
    if (!status)
        status = ofp_decide(desk->policy, request, desk->scratch, &decision, &mistake);
    status = status ? ofp_error_write_json(mistake, NULL, number, desk->answer, reterr)
                    : ofp_decision_write_json(decision, desk->answer, reterr);
    ofp_error_free(mistake);
    return status;
}

static ofp_status answer_all(struct desk *desk, ofp_error **reterr)
{
    char *line = NULL;
    size_t capacity = 0;
    ofp_status status = OFP_STATUS_OK;
    ssize_t size;
    for (uint64_t number = 1; !status && (size = getline(&line, &capacity, stdin)) > 0; number++) {
        const size_t line_end = line[size - 1] == '\n';
        status = answer_line(desk, (ofp_text){line, (size_t)size - line_end}, number, reterr);
        if (!status)
            puts(ofp_buffer_text(desk->answer).data);
    }
    free(line);
    return status;
}

int main(int argc, char **argv)
{
    struct desk desk = {0};
    ofp_error *error = NULL;
    ofp_status status = open_desk(&desk, argc > 1 ? argv[1] : NULL, &error);
    if (!status)
        status = answer_all(&desk, &error);
    if (status)
        fprintf(stderr, "%s: %s\n", ofp_status_name(status), ofp_error_message(error));
    ofp_error_free(error);
    close_desk(&desk);
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
