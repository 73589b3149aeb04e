/* SPDX-License-Identifier: MIT */
#include "stream.h"

static ofp_status answer(struct worker *worker, const struct record *record, ofp_error **reterr)
{
    const ofp_decision *decision;
    const ofp_status status = worker_decide(worker, record, &decision, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    return ofp_decision_write_json(decision, worker->answer, reterr);
}

static int run_command(const struct arguments *arguments)
{
    struct task task = {.at = arguments->at, .pretty = arguments->pretty, .answer = answer};
    stream_take_store(arguments, &task);
    return stream_run(arguments, &task, "requests");
}

const struct command decide_command = {
    .name = "decide",
    .number = COMMAND_DECIDE,
    .operands = "[FILE...]",
    .most = ANY_NUMBER,
    .summary = "answer requests with decisions, as JSON",
    .text = "Reads requests as JSON documents, one a line, and writes the decision for each, one\n"
            "a line and in the same order. A document may also go over several lines. A bad\n"
            "request gives an error document in its place, and the others go on. Without FILE,\n"
            "or when FILE is -, reads standard input.\n",
    .examples = "  offerpolicy decide --pretty ticket.json\n"
                "  offerpolicy decide -p policy.yaml tickets.ndjson > decisions.ndjson\n"
                "  offerpolicy decide --at now < ticket.json\n",
    .run = run_command,
};
