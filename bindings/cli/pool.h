/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Threads that answer records and write the answers in the order of the records.
 *
 * Records are gathered into batches. The batches that are being worked on stand in a ring, each
 * at the place of its number, so that there is a bounded number of them. Whoever finishes the
 * oldest one writes it, and those after it that are finished already. With one job there are no
 * threads: the batch is answered where it is filled.
 */
#ifndef POOL_H
#define POOL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "batch.h"
#include "worker.h"

struct pool;

/** A thread and its tools. */
struct pool_thread {
    struct pool *pool;
    pthread_t thread;
    struct worker worker;
};

/** A place in the ring. */
struct slot {
    struct pool *pool;
    struct batch batch;
    uint64_t number; /* of its batch, in the order of the input */
    bool done;       /* all is answered; only the writing is left */
};

/** The fields from `pushed` to `idle` are guarded by the lock. */
struct pool {
    const struct task *task;
    pthread_mutex_t lock;
    pthread_cond_t more;             /* a batch was pushed, or there will be none */
    pthread_cond_t wrote;            /* a batch was written */
    uint64_t pushed, taken, written; /* how many batches, which is the next one's number */
    bool closed;                     /* no more will be pushed */
    size_t idle;                     /* threads that wait for a batch */
    struct slot *ring;
    size_t ring_size;
    struct pool_thread *threads;
    size_t thread_count, startable, started; /* made; that may be started; that run */
    bool prepared;                           /* the policy, for many records */
};

/**
 * Makes a pool; its threads are started when there is work for them.
 * @param task must live as long as the pool
 * @param jobs how many threads at most, from 1
 * @return a failure: release it all the same
 */
ofp_status pool_init(struct pool *pool, const struct task *task, size_t jobs, ofp_error **reterr);

/** Frees the pool. Finish before what was added. */
void pool_release(struct pool *pool);

/** Takes a record, which is copied; may wait for older ones. */
void pool_add(struct pool *pool, const struct record *record);

/** Lets the records that were added be answered now. */
void pool_flush(struct pool *pool);

/** Are there records that wait for a flush? */
bool pool_has_records(const struct pool *pool);

/** What became of the records. */
struct pool_result {
    uint64_t bad;      /* were bad */
    uint64_t unlogged; /* were decided, but are not in the decision log */
};

/** Waits until all is answered and written. */
struct pool_result pool_finish(struct pool *pool);

#endif
