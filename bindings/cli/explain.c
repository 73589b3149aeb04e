/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include <unistd.h>

#include "help.h"
#include "tell.h"
#include "zones.h"

struct explanation {
    ofp_explain_options options; /* `zone` is the one that the command line names, or NULL */
    struct zones zones;
};

static ofp_status answer(struct worker *worker, const struct record *record, ofp_error **reterr)
{
    struct explanation *explanation = worker->task->context;
    const ofp_decision *decision;
    const ofp_status status = worker_decide(worker, record, &decision, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    ofp_explain_options options = explanation->options;
    const ofp_text wanted = ofp_decision_org_time_zone(decision);
    if (!options.zone && wanted.size)
        options.zone = zones_find(&explanation->zones, wanted);
    return ofp_decision_explain(decision, &options, worker->answer, reterr);
}

/* The zone that the command line names. @return false: there is none of this name */
static bool load_zone(const struct arguments *arguments, ofp_zone **ret)
{
    if (!arguments->zone)
        return true;
    ofp_error *error;
    const ofp_status status =
        ofp_zone_load(arguments->zoneinfo, ofp_text_of(arguments->zone), ret, &error);
    if (status != OFP_STATUS_OK)
        tell("--zone: %s", ofp_error_message(error));
    ofp_error_free(error);
    return status == OFP_STATUS_OK;
}

static int run_command(const struct arguments *arguments)
{
    ofp_zone *zone = NULL;
    if (!load_zone(arguments, &zone)) {
        help_hint(arguments->command);
        return EXIT_NOTHING;
    }
    struct explanation explanation = {
        .options =
            {
                .size = sizeof explanation.options,
                .zone = zone,
                .colour = terminal_wants_colour(arguments->colour, STDOUT_FILENO),
                .verbose = arguments->verbose,
            },
        .zones = {.directory = arguments->zoneinfo},
    };
    struct task task = {
        .at = arguments->at, .for_people = true, .context = &explanation, .answer = answer};
    stream_take_store(arguments, &task);
    const int status = stream_run(arguments, &task, "requests");
    zones_release(&explanation.zones);
    ofp_zone_free(zone);
    return status;
}

const struct command explain_command = {
    .name = "explain",
    .number = COMMAND_EXPLAIN,
    .operands = "[FILE...]",
    .most = ANY_NUMBER,
    .summary = "the same decisions in words, for people",
    .text = "Reads requests as `decide` does, and says each decision in words: the answer, why,\n"
            "what to do now and by when, and until when it holds.\n",
    .examples = "  offerpolicy explain ticket.json\n"
                "  offerpolicy explain --verbose --zone Europe/Amsterdam ticket.json\n",
    .run = run_command,
};
