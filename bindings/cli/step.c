/* SPDX-License-Identifier: MIT */
#include "step.h"

#include <stdio.h>

#include <offerpolicy/migration.h>

#include "facts_file.h"
#include "json_line.h"
#include "policy_file.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "story.h"
#include "tell.h"

static ofp_step_kind step_kind(const struct command *command)
{
    static const ofp_step_kind kinds[COMMAND_COUNT] = {
        [COMMAND_REQUEST] = OFP_STEP_REQUEST, [COMMAND_APPROVE] = OFP_STEP_APPROVE,
        [COMMAND_REFUSE] = OFP_STEP_REFUSE,   [COMMAND_EXTEND] = OFP_STEP_EXTEND,
        [COMMAND_END] = OFP_STEP_END,         [COMMAND_COMPLETE] = OFP_STEP_COMPLETE,
        [COMMAND_CANCEL] = OFP_STEP_CANCEL,
    };
    return kinds[command->number];
}

/* What the command line says. */
static ofp_step make_step(const struct arguments *arguments, const ofp_policy *policy,
                          const ofp_facts *facts)
{
    ofp_step step = OFP_STEP_INIT;
    step.kind = step_kind(arguments->command);
    step.at = arguments_now(arguments);
    step.actor = ofp_text_of(arguments->actor);
    step.role = ofp_text_of(arguments->role);
    step.reason = ofp_text_of(arguments->reason);
    step.key = ofp_text_of(arguments->key);
    step.migration = ofp_text_of(arguments->operand_count ? arguments->operands[0] : NULL);
    step.if_revision = arguments->if_revision;
    step.org = ofp_text_of(arguments->org);
    step.from = ofp_text_of(arguments->from);
    step.to = ofp_text_of(arguments->to);
    step.level = ofp_text_of(arguments->level);
    step.target_date = value_date(&arguments->target_date, policy, step.at);
    step.owner = ofp_text_of(arguments->owner);
    step.evidence = ofp_text_of(arguments->evidence);
    step.outcome = arguments->outcome;
    step.facts = facts;
    return step;
}

/* The answer to a step: one migration, one event, and its actions. */
static void print(const ofp_records *records, const struct arguments *arguments,
                  const ofp_policy *policy)
{
    size_t count;
    struct story story = {.event = ofp_records_events(records, &count)};
    story.actions = ofp_records_actions(records, &story.action_count);
    const bool repeated = ofp_records_repeated(records);
    if (arguments->json) {
        printf("{\"repeated\":%s,\"migration\":", repeated ? "true" : "false");
        json_print_migration(ofp_records_migrations(records, &count), story.event->at);
        putchar(',');
        story_print_members(&story);
        fputs("}\n", stdout);
        return;
    }
    if (repeated) {
        fputs("This was done already, on ", stdout);
        prose_moment(stdout, story.event->at);
        fputs(": nothing has changed. The answer was:\n", stdout);
    }
    story_tell(&story, policy);
}

static int take(const struct arguments *arguments, const ofp_policy *policy, const ofp_facts *facts,
                ofp_store *store)
{
    const ofp_step step = make_step(arguments, policy, facts);
    ofp_records *records;
    ofp_error *error;
    if (ofp_step_take(&step, store, policy, &records, &error) != OFP_STATUS_OK)
        return tell_failure(error);
    print(records, arguments, policy);
    ofp_records_free(records);
    return standard_output_finish(EXIT_DONE);
}

int step_run(const struct arguments *arguments)
{
    ofp_policy *policy = facts_file_is_free(arguments) ? policy_file_open(arguments) : NULL;
    if (!policy)
        return EXIT_NOTHING;
    ofp_facts *facts;
    int status = facts_file_read(arguments, policy, &facts);
    if (status == EXIT_DONE) {
        const bool first = step_kind(arguments->command) == OFP_STEP_REQUEST;
        ofp_store *store = store_file_open(arguments, first ? OFP_STORE_CREATE : OFP_STORE_WRITE);
        status = store ? take(arguments, policy, facts, store) : EXIT_NOTHING;
        ofp_store_close(store);
    }
    ofp_facts_free(facts);
    ofp_policy_unref(policy);
    return status;
}
