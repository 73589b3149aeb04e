/* SPDX-License-Identifier: MIT */
/*
 * Decides one ticket. A customer pays for the self-managed product and is moving to the cloud;
 * support for the cloud has been approved until the move is done. Now they ask about the cloud.
 *
 *     cc decide.c $(pkg-config --cflags --libs offerpolicy) -o decide
 *     ./decide                  by the default policy, which is built into the library
 *     ./decide my-policy.yaml   by another one, if it knows the names used below
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/offerpolicy.h>

static void print_answer(const ofp_decision *decision)
{
    const ofp_policy *policy = ofp_decision_policy(decision);
    const char *title = ofp_policy_offering_title(policy, ofp_decision_offering(decision));
    printf("verdict   %s\n", ofp_verdict_name(ofp_decision_verdict(decision)));
    printf("offering  %s\n", title ? title : "not clear");
    printf("level     %s\n", ofp_policy_level_name(policy, ofp_decision_level(decision)));
}

static void print_targets(const ofp_decision *decision)
{
    size_t count;
    const ofp_target *targets = ofp_decision_targets(decision, &count);
    for (size_t i = 0; i < count; i++) {
        char due[OFP_INSTANT_SIZE];
        if (targets[i].due_at == OFP_INSTANT_NONE)
            continue; /* counts from a later message, not from the ticket's creation */
        ofp_instant_format(targets[i].due_at, due);
        printf("target    %s due at %s (%s)\n", ofp_metric_name(targets[i].metric), due,
               ofp_target_kind_name(targets[i].kind));
    }
}

/* Actions are data: carrying them out is up to the help desk. */
static ofp_status print_actions(const ofp_decision *decision, ofp_buffer *text, ofp_error **reterr)
{
    size_t count;
    const ofp_action *actions = ofp_decision_actions(decision, &count);
    for (size_t i = 0; i < count; i++) {
        const char *tag = ofp_policy_tag_name(ofp_decision_policy(decision), actions[i].tag);
        ofp_buffer_clear(text);
        const ofp_status status = ofp_decision_action_text(decision, i, text, reterr);
        if (status)
            return status;
        printf("do        %s %s\n", ofp_action_kind_name(actions[i].kind),
               tag ? tag : ofp_buffer_text(text).data);
    }
    return OFP_STATUS_OK;
}

/* What decided. A decision also knows what it passed over, and why. */
static ofp_status print_reasons(const ofp_decision *decision, ofp_buffer *text, ofp_error **reterr)
{
    ofp_reason reason;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++) {
        if (!reason.decides)
            continue;
        ofp_buffer_clear(text);
        const ofp_status status = ofp_decision_reason_sentence(decision, i, text, reterr);
        if (status)
            return status;
        printf("because   %s\n", ofp_buffer_text(text).data);
    }
    return OFP_STATUS_OK;
}

static ofp_status print_decision(const ofp_decision *decision, ofp_error **reterr)
{
    ofp_buffer *text = NULL;
    ofp_status status = ofp_buffer_new(&text, reterr);
    print_answer(decision);
    print_targets(decision);
    if (!status)
        status = print_actions(decision, text, reterr);
    if (!status)
        status = print_reasons(decision, text, reterr);
    ofp_buffer_free(text);
    return status;
}

/*
 * The facts, which a program takes from its help desk. Names become indexes of the policy; what is
 * bought or promised under a name that the policy does not know is OFP_NONE, which ofp_decide()
 * refuses with a message. (A ticket's own priority or offering may be OFP_NONE: not given. So a
 * program that takes these from outside looks at the index first.) The decision borrows all this,
 * so it is used before this function returns.
 */
static ofp_status decide_ticket(const ofp_policy *policy, ofp_scratch *scratch, ofp_error **reterr)
{
    const ofp_text tags[] = {ofp_text_of("self_managed_premium"), ofp_text_of("cloud_premium")};
    const int32_t premium = ofp_policy_find_level(policy, ofp_text_of("premium"));
    const ofp_entitlement bought = {
        .offering = ofp_policy_find_offering(policy, ofp_text_of("self_managed")),
        .level = premium,
        .starts = OFP_INSTANT_NONE, /* has always been, and */
        .ends = OFP_INSTANT_NONE,   /* has no end */
    };
    ofp_migration approved = {
        .id = ofp_text_of("M-17"),
        .to = ofp_policy_find_offering(policy, ofp_text_of("cloud")),
        .level = premium,
        .status = OFP_MIGRATION_APPROVED,
        .end = OFP_INSTANT_NONE, /* as the policy says: after the target date, and */
        .forgotten = OFP_INSTANT_NONE,
    };
    ofp_request request = OFP_REQUEST_INIT;
    request.ticket = ofp_text_of("4711");
    request.subject = ofp_text_of("Import into the cloud fails");
    request.priority = ofp_policy_find_priority(policy, ofp_text_of("high"));
    request.tags = tags;
    request.tag_count = sizeof tags / sizeof *tags;
    request.has_org = true;
    request.org = ofp_text_of("acme");
    request.org_name = ofp_text_of("Acme Rockets");
    request.entitlements = &bought;
    request.entitlement_count = 1;
    request.migrations = &approved;
    request.migration_count = 1;

    const ofp_decision *decision;
    ofp_status status =
        ofp_instant_parse(ofp_text_of("2026-11-20T18:00:00Z"), &request.now, reterr);
    request.created_at = request.now;
    if (!status)
        status = ofp_date_parse(ofp_text_of("2026-12-31"), &approved.target_date, reterr);
    if (!status)
        status = ofp_decide(policy, &request, scratch, &decision, reterr);
    return status ? status : print_decision(decision, reterr);
}

/* An error has one diagnostic or more: a policy's mistakes are all found in one run. */
static void print_error(const ofp_error *error)
{
    for (size_t i = 0; i < ofp_error_count(error); i++) {
        const ofp_diagnostic *mistake = ofp_error_diagnostic(error, i);
        if (mistake->source)
            fprintf(stderr, "%s: ", mistake->source);
        if (mistake->line)
            fprintf(stderr, "line %" PRIu32 ": ", mistake->line);
        if (mistake->pointer)
            fprintf(stderr, "%s: ", mistake->pointer);
        fprintf(stderr, "%s [%s]\n", mistake->message, ofp_code_name(mistake->code));
    }
}

int main(int argc, char **argv)
{
    ofp_error *error = NULL;
    ofp_policy *policy = NULL;   /* shared by all threads */
    ofp_scratch *scratch = NULL; /* one a thread, used for any number of tickets */
    ofp_status status = argc > 1 ? ofp_policy_load(argv[1], NULL, &policy, &error)
                                 : ofp_policy_default(NULL, &policy, &error);
    if (!status)
        status = ofp_scratch_new(&scratch, &error);
    if (!status)
        status = decide_ticket(policy, scratch, &error);
    if (status)
        print_error(error);

    ofp_error_free(error); /* all of these take NULL */
    ofp_scratch_free(scratch);
    ofp_policy_unref(policy);
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
