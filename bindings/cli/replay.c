/* SPDX-License-Identifier: MIT */
/* Deciding logged requests anew, to see what another policy would say. */
#include <inttypes.h>
#include <stdio.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

#include "arguments.h"
#include "json_line.h"
#include "logged.h"
#include "members.h"
#include "policy_file.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "tell.h"

struct replay {
    const ofp_policy *policy;
    ofp_json *json;
    ofp_scratch *scratch;
    ofp_desk *desk;
    ofp_buffer *differences;
    bool as_json;
    uint64_t count, different, failed;
};

static ofp_status make_tools(struct replay *replay, ofp_store *store, ofp_error **reterr)
{
    ofp_status status = ofp_json_new(&replay->json, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_scratch_new(&replay->scratch, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_desk_new(store, replay->policy, NULL, &replay->desk, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_buffer_new(&replay->differences, reterr);
    return status;
}

static void free_tools(struct replay *replay)
{
    ofp_json_free(replay->json);
    ofp_scratch_free(replay->scratch);
    ofp_desk_free(replay->desk);
    ofp_buffer_free(replay->differences);
}

/* Decides a logged request, which has the org's migrations in it, and compares. */
static ofp_status decide_anew(struct replay *replay, const ofp_logged_decision *logged,
                              bool *retsame, ofp_error **reterr)
{
    const ofp_request *request;
    const ofp_decision *decision;
    ofp_buffer_clear(replay->differences);
    ofp_status status = ofp_json_read_request(replay->json, replay->policy, logged->request,
                                              OFP_INSTANT_NONE, &request, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_decide(replay->policy, request, replay->scratch, &decision, reterr);
    if (status == OFP_STATUS_OK)
        status =
            ofp_desk_compare(replay->desk, logged, decision, replay->differences, retsame, reterr);
    return status;
}

/* Says in which members the decisions differ: what was, and what would be. */
static void tell_differences(const struct replay *replay, const ofp_logged_decision *logged)
{
    struct members members = members_of(ofp_buffer_text(replay->differences));
    struct member member, both[2];
    logged_print_name(logged);
    puts("");
    while (members_next(&members, &member)) {
        struct members values = members_of(member.value);
        for (int i = 0; i < 2 && members_next(&values, &both[i]); i++) {
            printf(i ? "%*s  now " : "  %.*s: was ", (int)member.key.size,
                   i ? "" : member.key.data);
            prose_text(stdout, member_plain(both[i].value));
            puts("");
        }
    }
    puts("");
}

/* Prints a document {"logged": …, KEY: …}. @param value JSON */
static void print_document(const ofp_logged_decision *logged, const char *key, ofp_text value)
{
    fputs("{\"logged\":", stdout);
    json_print_logged(logged);
    printf(",\"%s\":", key);
    fwrite(value.data, value.size, 1, stdout);
    puts("}");
}

static void report_difference(struct replay *replay, const ofp_logged_decision *logged)
{
    replay->different++;
    if (replay->as_json)
        print_document(logged, "differences", ofp_buffer_text(replay->differences));
    else
        tell_differences(replay, logged);
}

/* A request that this policy can't decide, for example because it lacks an offering. */
static void report_failure(struct replay *replay, const ofp_logged_decision *logged,
                           const ofp_error *error)
{
    const ofp_diagnostic *first = ofp_error_first(error);
    ofp_buffer *buffer = replay->differences;
    replay->failed++;
    ofp_buffer_clear(buffer);
    if (!replay->as_json) {
        logged_print_name(logged);
        printf("\n  can't be decided anew: %s%s%s [%s]\n\n", first->pointer ? first->pointer : "",
               first->pointer && *first->pointer ? ": " : "", first->message,
               ofp_code_name(first->code));
    } else if (ofp_error_write_json(error, NULL, 0, buffer, NULL) == OFP_STATUS_OK) {
        print_document(logged, "error", member_value(ofp_buffer_text(buffer), "error"));
    } else {
        tell_failure(NULL);
    }
}

/* What is wrong with a request is one more result; what is wrong with the store ends it all. */
static int replay_page(const ofp_logged_decision *decisions, size_t count, void *context)
{
    struct replay *replay = context;
    for (size_t i = 0; i < count; i++) {
        bool same = true;
        ofp_error *error;
        const ofp_status status = decide_anew(replay, &decisions[i], &same, &error);
        if (status != OFP_STATUS_OK && status != OFP_STATUS_BAD_REQUEST)
            return tell_failure(error);
        replay->count++;
        if (status != OFP_STATUS_OK)
            report_failure(replay, &decisions[i], error);
        else if (!same)
            report_difference(replay, &decisions[i]);
        ofp_error_free(error);
    }
    return EXIT_DONE;
}

static void tell_result(const struct replay *replay)
{
    if (replay->count == 0)
        puts("No such decision was logged.");
    else if (replay->different + replay->failed == 0)
        printf("Decided anew: %" PRIu64 ". All are the same.\n", replay->count);
    else
        printf("Decided anew: %" PRIu64 "; other than they were: %" PRIu64 "; can't be decided: "
               "%" PRIu64 ".\n",
               replay->count, replay->different, replay->failed);
}

static int replay_all(const struct arguments *arguments, const ofp_policy *policy, ofp_store *store)
{
    struct replay replay = {.policy = policy, .as_json = arguments->json};
    ofp_error *error;
    int status = EXIT_DONE;
    if (make_tools(&replay, store, &error) != OFP_STATUS_OK)
        status = tell_failure(error);
    else
        status = logged_walk(store, arguments, replay_page, &replay);
    if (status == EXIT_DONE && !replay.as_json)
        tell_result(&replay);
    if (status == EXIT_DONE && replay.failed)
        status = EXIT_BAD;
    free_tools(&replay);
    return standard_output_finish(status);
}

static int run_command(const struct arguments *arguments)
{
    ofp_policy *policy = policy_file_open(arguments);
    ofp_store *store = policy ? store_file_open(arguments, OFP_STORE_READ) : NULL;
    const int status = store ? replay_all(arguments, policy, store) : EXIT_NOTHING;
    ofp_store_close(store);
    ofp_policy_unref(policy);
    return status;
}

const struct command replay_command = {
    .name = "replay",
    .number = COMMAND_REPLAY,
    .operands = "",
    .summary = "decide logged requests anew, and tell what differs",
    .text = "Decides the requests of the decision log by the policy that is given, with the\n"
            "migrations as they were, and tells which decisions would be others now, and how.\n"
            "Requests that were logged without their texts keep what patterns told from them;\n"
            "other patterns need --log-texts. The exit status is 1 if a request can't be decided\n"
            "by this policy.\n",
    .examples = "  offerpolicy replay --since 2026-11-01 -p new-policy.yaml\n"
                "  offerpolicy replay --ticket 4711 --json\n",
    .run = run_command,
};
