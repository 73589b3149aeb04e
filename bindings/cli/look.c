/* SPDX-License-Identifier: MIT */
#include "look.h"

#include "monotonic.h"
#include "tell.h"
#include "worker.h"

/* No look is older; half of what is promised, since a decision takes time, too. */
enum { LONGEST_MS = 500 };

ofp_status look_open(struct look *look, const struct task *task, ofp_error **reterr)
{
    const ofp_store_options store_options = {
        .size = sizeof store_options,
        .mode = task->log ? OFP_STORE_WRITE : OFP_STORE_READ,
    };
    const ofp_desk_options desk_options = {
        .size = sizeof desk_options, .log = task->log, .log_texts = task->log_texts};
    const ofp_status status = ofp_store_open(task->store, &store_options, &look->store, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    return ofp_desk_new(look->store, task->policy, &desk_options, &look->desk, reterr);
}

void look_close(struct look *look)
{
    look->desk = ofp_desk_free(look->desk);
    look->store = ofp_store_close(look->store);
}

static void let_go(struct look *look)
{
    if (look->taken)
        ofp_desk_end(look->desk);
    look->taken = false;
}

/* Without a look, which may fail, each decision looks by itself and says what is wrong. */
static void take(struct look *look)
{
    const int64_t now = monotonic_ms();
    if (look->taken && now - look->taken_at < LONGEST_MS)
        return;
    let_go(look);
    look->taken = !look->log_is_broken && ofp_desk_begin(look->desk, NULL) == OFP_STATUS_OK;
    look->taken_at = now;
}

ofp_status look_decide(struct look *look, const ofp_request *request, const ofp_decision **ret,
                       ofp_error **reterr)
{
    take(look);
    const ofp_status status = ofp_desk_decide(look->desk, request, ret, reterr);
    /* Without a look it has been logged by now, and what waited before it. */
    if (status == OFP_STATUS_OK)
        look->waiting = look->taken ? look->waiting + 1 : 0;
    return status;
}

void look_end(struct look *look)
{
    if (!look->desk)
        return;
    ofp_error *error;
    let_go(look);
    if (ofp_desk_flush(look->desk, &error) == OFP_STATUS_OK) {
        look->log_is_broken = false;
        look->waiting = 0;
        return;
    }
    if (!look->log_is_broken)
        tell_failure(error);
    else
        ofp_error_free(error);
    look->log_is_broken = true;
}
