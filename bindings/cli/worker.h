/* SPDX-License-Identifier: MIT */
/**
 * @file
 * One thread's tools, with which it answers one record after the other.
 */
#ifndef WORKER_H
#define WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

#include "framer.h"
#include "look.h"
#include "output.h"

struct worker;

/** What is done with every record. */
struct task {
    const ofp_policy *policy;
    int64_t at;        /* for requests that name no instant; OFP_INSTANT_NONE: none */
    bool for_people;   /* answers are paragraphs; what is wrong is told on standard error */
    bool pretty;       /* documents have several lines */
    const char *store; /* the file from which migrations come; NULL: from the requests */
    bool log;          /* keep decisions in the store's log, */
    bool log_texts;    /* with the tickets' texts */
    void *context;     /* the command's own; shared by all threads */
    /** Writes the answer into `worker->answer`, which is empty. */
    ofp_status (*answer)(struct worker *worker, const struct record *record, ofp_error **reterr);
};

/** Start with all zeroes. */
struct worker {
    const struct task *task;
    ofp_json *json;
    ofp_scratch *scratch;
    ofp_buffer *answer;
    uint64_t bad_count; /* records that were bad */
    bool has_answered;
    struct look look;
};

/**
 * Makes the tools, and opens the store if there is one.
 * @return a failure: release them all the same
 */
ofp_status worker_init(struct worker *worker, const struct task *task, ofp_error **reterr);

/** Frees the tools. */
void worker_release(struct worker *worker);

/** Answers a record, good or bad. */
void worker_run(struct worker *worker, const struct record *record, struct output *output);

/** Ends some records: nothing is held while others work, and what they decided is logged. */
void worker_pause(struct worker *worker);

/** Reads the record as a request and decides; the decision lives until the next use. */
ofp_status worker_decide(struct worker *worker, const struct record *record,
                         const ofp_decision **ret, ofp_error **reterr);

#endif
