/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <offerpolicy/migration.h>

#include "arguments.h"
#include "facts_file.h"
#include "policy_file.h"
#include "standard_output.h"
#include "store_file.h"
#include "story.h"
#include "tell.h"

/* What a sweep of several calls has done. */
struct tally {
    size_t ended, missed, reminders, actions;
};

static void count(struct tally *tally, const struct story *story)
{
    if (story->event->kind == OFP_EVENT_REMIND)
        tally->reminders++;
    else if (story->event->migration->status == OFP_MIGRATION_REQUESTED)
        tally->missed++;
    else
        tally->ended++;
    tally->actions += story->action_count;
}

static bool same_text(ofp_text a, ofp_text b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* Takes the actions that an event caused from the front of those that are left. */
static void take_actions(struct story *story, const ofp_host_action **actions, size_t *left)
{
    const ofp_text id = story->event->migration->id;
    story->actions = *actions;
    story->action_count = 0;
    for (; *left && same_text((*actions)->migration, id); ++*actions, --*left)
        story->action_count++;
}

/* Prints the events of one call. Each migration has one of them, and its actions follow each other.
 */
static void print(const ofp_records *records, const ofp_policy *policy, bool json,
                  struct tally *tally)
{
    size_t event_count, left;
    const ofp_event *events = ofp_records_events(records, &event_count);
    const ofp_host_action *actions = ofp_records_actions(records, &left);
    for (size_t i = 0; i < event_count; i++) {
        struct story story = {.event = &events[i]};
        take_actions(&story, &actions, &left);
        count(tally, &story);
        if (json) {
            putchar('{');
            story_print_members(&story);
            puts("}");
        } else {
            story_tell(&story, policy);
        }
    }
}

static void summarise(const struct tally *tally)
{
    if (!tally->ended && !tally->missed && !tally->reminders) {
        puts("Nothing was due.");
        return;
    }
    printf("%zu ended, %zu missed, %zu reminder%s; %zu action%s for the host.\n", tally->ended,
           tally->missed, tally->reminders, plural(tally->reminders), tally->actions,
           plural(tally->actions));
}

/* Each call is a transaction of its own: what was printed is done, whatever comes after it. */
static int sweep_all(const struct arguments *arguments, const ofp_policy *policy,
                     const ofp_facts *facts, ofp_store *store)
{
    ofp_sweep sweep = OFP_SWEEP_INIT;
    sweep.at = arguments_now(arguments);
    sweep.facts = facts;
    struct tally tally = {0};
    for (bool more = true; more;) {
        ofp_records *records;
        ofp_error *error;
        if (ofp_sweep_run(&sweep, store, policy, &records, &error) != OFP_STATUS_OK)
            return standard_output_finish(tell_failure(error));
        print(records, policy, arguments->json, &tally);
        more = ofp_records_more(records);
        ofp_records_free(records);
        standard_output_finish(EXIT_DONE);
    }
    if (!arguments->json)
        summarise(&tally);
    return standard_output_finish(EXIT_DONE);
}

static int run_command(const struct arguments *arguments)
{
    ofp_policy *policy = facts_file_is_free(arguments) ? policy_file_open(arguments) : NULL;
    if (!policy)
        return EXIT_NOTHING;
    ofp_facts *facts;
    int status = facts_file_read(arguments, policy, &facts);
    if (status == EXIT_DONE) {
        ofp_store *store = store_file_open(arguments, OFP_STORE_WRITE);
        status = store ? sweep_all(arguments, policy, facts, store) : EXIT_NOTHING;
        ofp_store_close(store);
    }
    ofp_facts_free(facts);
    ofp_policy_unref(policy);
    return status;
}

const struct command expire_command = {
    .name = "expire",
    .number = COMMAND_EXPIRE,
    .operands = "",
    .summary = "turn ends that have passed into actions, and remind owners",
    .text = "Looks for migrations whose end has passed, notes it in the audit log and makes the\n"
            "actions that take the tags and notes away again; and reminds owners of ends that\n"
            "come near (`remind` of the policy). An end takes effect without it: this is for what\n"
            "the host must do then. It is safe to run at any time, by many at once: let cron do\n"
            "it. With --facts, tags that an org now pays for are settled at once; without, the\n"
            "actions say what the host must look at.\n",
    .examples = "  offerpolicy expire -s migrations.db -p policy.yaml\n"
                "  offerpolicy expire --facts orgs.ndjson --json\n",
    .run = run_command,
};
