/* SPDX-License-Identifier: MIT */
#include "stream.h"

static ofp_status answer(struct worker *worker, const struct record *record, ofp_error **reterr)
{
    const ofp_question *question;
    const ofp_status status =
        ofp_json_read_question(worker->json, worker->task->policy, record->text, &question, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    return ofp_question_answer(question, worker->answer, reterr);
}

static int run_command(const struct arguments *arguments)
{
    struct task task = {.pretty = arguments->pretty, .answer = answer};
    return stream_run(arguments, &task, "questions");
}

const struct command calendar_command = {
    .name = "calendar",
    .number = COMMAND_CALENDAR,
    .operands = "[FILE...]",
    .most = ANY_NUMBER,
    .summary = "answer questions about business time, as JSON",
    .text = "Reads questions about the policy's calendars as JSON documents, as `decide` reads\n"
            "requests, and answers each. `op` is one of due (with `seconds`), due_back\n"
            "(`seconds`), elapsed (`end`), is_open, next_open, prev_open, periods (`count`).\n",
    .examples = "  echo '{\"id\": \"q1\", \"calendar\": \"business\", \"op\": \"due\",\n"
                "    \"seconds\": 28800, \"start\": \"2026-11-20T18:00:00Z\"}' |\n"
                "    offerpolicy calendar\n",
    .run = run_command,
};
