/* SPDX-License-Identifier: MIT */
/* The library as a peer. Usage: decide POLICY FOLDER, where inputs.py wrote its files. */
#include <stdio.h>

#include <offerpolicy/json.h>

#include "bench.h"
#include "facts.h"
#include "fixture.h"
#include "peer.h"

typedef struct setting {
    ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_buffer *buffer;
    ofp_json *json;
    facts *facts;
    lines requests;
    const ofp_decision *decision;
} setting;

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    s->decision = fixture_decide(s->policy, &s->facts[input].request, s->scratch);
    return (uint64_t)ofp_decision_verdict(s->decision);
}

static ofp_text write(setting *s)
{
    ofp_error *error;
    ofp_buffer_clear(s->buffer);
    const ofp_status status = ofp_decision_write_json(s->decision, s->buffer, &error);
    fixture_require(status, error, "ofp_decision_write_json()");
    return ofp_buffer_text(s->buffer);
}

static void show(void *self, fixture_text *text)
{
    const ofp_text written = write(self);
    fixture_write(text, "%.*s", (int)written.size, written.data);
}

static ofp_text answer_json(void *self, size_t input)
{
    setting *s = self;
    const ofp_request *request;
    ofp_error *error;
    const ofp_status status = ofp_json_read_request(s->json, s->policy, s->requests.lines[input],
                                                    OFP_INSTANT_NONE, &request, &error);
    fixture_require(status, error, "ofp_json_read_request()");
    s->decision = fixture_decide(s->policy, request, s->scratch);
    return write(s);
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 2, "POLICY FOLDER");
    const char *folder = options.arguments[1];
    char path[4096];
    size_t count;
    ofp_error *error;
    setting s = {.policy = fixture_load(options.arguments[0]), .scratch = fixture_scratch()};
    s.buffer = fixture_buffer();
    fixture_require(ofp_json_new(&s.json, &error), error, "ofp_json_new()");
    snprintf(path, sizeof path, "%s/facts.ndjson", folder);
    s.facts = facts_read_all(path, &count);
    snprintf(path, sizeof path, "%s/requests.ndjson", folder);
    s.requests = lines_read(path);
    const peer served = {"libofferpolicy", "", count, answer, show, answer_json};
    return peer_serve(&served, &s);
}
