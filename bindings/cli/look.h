/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Deciding with a store: one look at it serves all records of a batch, but none is older than half
 * a second, so that new approvals count soon.
 */
#ifndef LOOK_H
#define LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/desk.h>

struct task;

/** One thread's connection to the store. Start with all zeroes. */
struct look {
    ofp_store *store;
    ofp_desk *desk;
    bool taken;         /* is one look held? */
    int64_t taken_at;   /* see monotonic_ms() */
    uint64_t waiting;   /* decisions that were given and are not in the log yet */
    bool log_is_broken; /* they could not be written */
};

/** Opens the store that the task names. @return a failure: close it all the same */
ofp_status look_open(struct look *look, const struct task *task, ofp_error **reterr);

/** Closes it; does nothing if it was not opened. */
void look_close(struct look *look);

/** Decides; as ofp_desk_decide(). */
ofp_status look_decide(struct look *look, const ofp_request *request, const ofp_decision **ret,
                       ofp_error **reterr);

/**
 * Ends a look, and writes its decisions into the log. If that fails it says so; what was decided
 * waits for the next time, and until then each decision must be logged before it is given.
 */
void look_end(struct look *look);

#endif
