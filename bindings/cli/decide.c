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

int decide_run(const struct arguments *arguments)
{
    struct task task = {.at = arguments->at, .pretty = arguments->pretty, .answer = answer};
    return stream_run(arguments, &task, "requests");
}
