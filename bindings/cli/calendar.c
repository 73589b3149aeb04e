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

int calendar_run(const struct arguments *arguments)
{
    struct task task = {.pretty = arguments->pretty, .answer = answer};
    return stream_run(arguments, &task, "questions");
}
