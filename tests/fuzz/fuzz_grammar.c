/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Decides requests that have no mistake by policies that have none, and looks whether the answer is
 * what it must be, whatever it is: the same with and without JIT and at any time until it ends, the
 * same for the same facts in another order, and settled once its tags were carried out.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/offerpolicy.h>

#include "grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ofp_scratch *scratch;
static char *policy_text; /* of this run, to be shown where something is wrong */

static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s%s\n", policy_text ? policy_text : "", what);
        abort();
    }
}

static ofp_policy *load(bool no_jit)
{
    const ofp_policy_options options = {
        .size = sizeof options, .zone_directory = ZONE_DIRECTORY, .no_jit = no_jit};
    ofp_policy *policy = NULL;
    ofp_error *error = NULL;
    if (ofp_policy_parse(ofp_text_of(policy_text), &options, &policy, &error))
        require(false, ofp_error_message(error));
    return policy;
}

/* The decision; lives until the next one. */
static const ofp_decision *decide(const ofp_policy *policy, const ofp_request *request)
{
    const ofp_decision *decision = NULL;
    ofp_error *error = NULL;
    if (ofp_decide(policy, request, scratch, &decision, &error))
        require(false, ofp_error_message(error));
    return decision;
}

/* The decision as JSON; the caller frees it. */
static ofp_buffer *answer(const ofp_policy *policy, const ofp_request *request)
{
    ofp_buffer *json = NULL;
    require(!ofp_buffer_new(&json, NULL), "no buffer");
    const ofp_decision *decision = decide(policy, request);
    require(!ofp_decision_write_json(decision, json, NULL), "no JSON");
    return json;
}

static void require_same(ofp_buffer *expected, ofp_buffer *found, const char *what)
{
    const ofp_text one = ofp_buffer_text(expected), two = ofp_buffer_text(found);
    const bool same = one.size == two.size && memcmp(one.data, two.data, one.size) == 0;
    if (!same)
        fprintf(stderr, "%.*s\n%.*s\n", (int)one.size, one.data, (int)two.size, two.data);
    require(same, what);
    ofp_buffer_free(found);
}

static bool is_tag(const ofp_policy *policy, int32_t tag, ofp_text text)
{
    const char *name = ofp_policy_tag_name(policy, tag);
    return strlen(name) == text.size && memcmp(name, text.data, text.size) == 0;
}

/* Tags that a decision adds or removes, carried out: then there is nothing more to do for tags. */
static void carry_out(const ofp_policy *policy, struct grammar_request *made)
{
    size_t count, kept = 0;
    ofp_decision *decision = NULL;
    require(!ofp_decision_copy(decide(policy, &made->request), &decision, NULL), "no copy");
    const ofp_action *actions = ofp_decision_actions(decision, &count);
    for (size_t i = 0; i < made->request.tag_count; i++) {
        bool removed = false;
        for (size_t j = 0; j < count; j++)
            removed |= actions[j].kind == OFP_ACTION_REMOVE_TAG &&
                       is_tag(policy, actions[j].tag, made->tags[i]);
        if (!removed)
            made->tags[kept++] = made->tags[i];
    }
    for (size_t j = 0; j < count; j++) {
        if (actions[j].kind == OFP_ACTION_ADD_TAG)
            made->tags[kept++] = ofp_text_of(ofp_policy_tag_name(policy, actions[j].tag));
    }
    made->request.tag_count = kept;
    actions = ofp_decision_actions(decide(policy, &made->request), &count);
    for (size_t j = 0; j < count; j++)
        require(actions[j].kind != OFP_ACTION_ADD_TAG && actions[j].kind != OFP_ACTION_REMOVE_TAG,
                "tags are never settled");
    ofp_decision_free(decision);
}

/* The same facts the other way round give the same verdict and level. */
static void turn_around(const ofp_policy *policy, struct grammar_request *made)
{
    ofp_request *request = &made->request;
    const ofp_decision *decision = decide(policy, request);
    const ofp_verdict verdict = ofp_decision_verdict(decision);
    const int32_t level = ofp_decision_level(decision), rule = ofp_decision_sla_rule(decision);
    for (size_t i = 0, j = request->entitlement_count; i + 1 < j; i++) {
        const ofp_entitlement one = made->entitlements[i];
        made->entitlements[i] = made->entitlements[--j];
        made->entitlements[j] = one;
    }
    for (size_t i = 0, j = request->migration_count; i + 1 < j; i++) {
        const ofp_migration one = made->migrations[i];
        made->migrations[i] = made->migrations[--j];
        made->migrations[j] = one;
    }
    decision = decide(policy, request);
    require(ofp_decision_verdict(decision) == verdict && ofp_decision_level(decision) == level &&
                ofp_decision_sla_rule(decision) == rule,
            "the order of facts matters");
}

static void check_decision(const ofp_policy *policy, const ofp_policy *interpreting,
                           struct grammar_request *made)
{
    ofp_buffer *json = answer(policy, &made->request);
    require_same(json, answer(policy, &made->request), "another answer to the same question");
    if (!strstr(ofp_buffer_text(json).data, "pattern_gave_up"))
        require_same(json, answer(interpreting, &made->request), "another answer without JIT");
    const int64_t end = ofp_decision_valid_until(decide(policy, &made->request));
    const int64_t now = made->request.now;
    require(end == OFP_INSTANT_NONE || end > now, "it has ended already");
    made->request.now = end == OFP_INSTANT_NONE ? now + 1000000000 : end - 1;
    require_same(json, answer(policy, &made->request), "it did not hold until its end");
    made->request.now = now;
    turn_around(policy, made);
    carry_out(policy, made);
    ofp_buffer_free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct choices choices = {data, size};
    struct grammar grammar = {.choices = &choices};
    struct grammar_request made;
    size_t text_size = 0;
    if (!scratch)
        require(!ofp_scratch_new(&scratch, NULL), "no scratch");
    FILE *file = open_memstream(&policy_text, &text_size);
    require(file, "no memory");
    grammar_write_policy(&grammar, file);
    fclose(file);
    ofp_policy *policy = load(false);
    ofp_policy *interpreting = load(true);
    grammar_make_request(&grammar, &made);
    check_decision(policy, interpreting, &made);
    ofp_policy_unref(policy);
    ofp_policy_unref(interpreting);
    free(policy_text);
    policy_text = NULL;
    return 0;
}
