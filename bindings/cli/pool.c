/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <stdlib.h>

static struct slot *slot_of(const struct pool *pool, uint64_t number)
{
    return &pool->ring[number % pool->ring_size];
}

/* The batch that is being filled; it gets its number when it is pushed. */
static struct batch *filling(const struct pool *pool)
{
    return &slot_of(pool, pool->pushed)->batch;
}

static void await_turn(void *context)
{
    const struct slot *slot = context;
    struct pool *pool = slot->pool;
    pthread_mutex_lock(&pool->lock);
    while (pool->written != slot->number)
        pthread_cond_wait(&pool->wrote, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

static bool init_slots(struct pool *pool)
{
    bool good = true;
    for (size_t i = 0; i < pool->ring_size; i++) {
        struct slot *slot = &pool->ring[i];
        slot->pool = pool;
        good = batch_init(&slot->batch) && good;
        slot->batch.output.await_turn = await_turn;
        slot->batch.output.context = slot;
    }
    return good;
}

ofp_status pool_init(struct pool *pool, const struct task *task, size_t jobs, ofp_error **reterr)
{
    *pool = (struct pool){
        .task = task,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .more = PTHREAD_COND_INITIALIZER,
        .wrote = PTHREAD_COND_INITIALIZER,
        /* While a finished batch waits for an older one, its thread goes on with another. */
        .ring_size = jobs == 1 ? 1 : 2 * jobs + 1,
        .thread_count = jobs,
        .startable = jobs == 1 ? 0 : jobs,
    };
    pool->ring = calloc(pool->ring_size, sizeof *pool->ring);
    pool->threads = calloc(jobs, sizeof *pool->threads);
    *reterr = NULL;
    if (!pool->ring || !pool->threads || !init_slots(pool))
        return OFP_STATUS_NO_MEMORY;
    return worker_init(&pool->threads[0].worker, task, reterr);
}

void pool_release(struct pool *pool)
{
    for (size_t i = 0; pool->ring && i < pool->ring_size; i++)
        batch_release(&pool->ring[i].batch);
    for (size_t i = 0; pool->threads && i < pool->thread_count; i++)
        worker_release(&pool->threads[i].worker);
    free(pool->ring);
    free(pool->threads);
}

/*
 * Writes this batch if it is the oldest, and those after it that wait for that. Only the thread
 * that finds the oldest batch done writes, so the lock need not be held meanwhile.
 */
static void write_in_order(struct pool *pool, struct slot *slot)
{
    slot->done = true;
    if (slot->number != pool->written)
        return;
    for (; slot->done; slot = slot_of(pool, pool->written)) {
        pthread_mutex_unlock(&pool->lock);
        output_write(&slot->batch.output);
        pthread_mutex_lock(&pool->lock);
        slot->done = false;
        pool->written++;
        pthread_cond_broadcast(&pool->wrote);
    }
}

static void *work(void *context)
{
    struct pool_thread *thread = context;
    struct pool *pool = thread->pool;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        pool->idle++;
        while (pool->taken == pool->pushed && !pool->closed)
            pthread_cond_wait(&pool->more, &pool->lock);
        pool->idle--;
        if (pool->taken == pool->pushed)
            break;
        struct slot *slot = slot_of(pool, pool->taken++);
        pthread_mutex_unlock(&pool->lock);
        batch_run(&slot->batch, &thread->worker);
        pthread_mutex_lock(&pool->lock);
        write_in_order(pool, slot);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Starts one more thread; if that can't be done, those that there are do the work. */
static void start_thread(struct pool *pool)
{
    struct pool_thread *thread = &pool->threads[pool->started];
    thread->pool = pool;
    const bool ready =
        thread->worker.task || worker_init(&thread->worker, pool->task, NULL) == OFP_STATUS_OK;
    if (ready && pthread_create(&thread->thread, NULL, work, thread) == 0)
        pool->started++;
    else
        pool->startable = pool->started;
}

/* Answers the batch that was filled here and now. */
static void run_here(struct pool *pool)
{
    struct slot *slot = slot_of(pool, pool->pushed);
    slot->number = pool->pushed;
    batch_run(&slot->batch, &pool->threads[0].worker);
    output_write(&slot->batch.output);
    pool->taken = pool->written = ++pool->pushed;
}

/* Leaves the batch that was filled to the threads, and waits until there is another one to fill. */
static void push(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    slot_of(pool, pool->pushed)->number = pool->pushed;
    pool->pushed++;
    pthread_cond_signal(&pool->more);
    while (pool->pushed - pool->written == pool->ring_size)
        pthread_cond_wait(&pool->wrote, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

void pool_flush(struct pool *pool)
{
    if (!pool_has_records(pool))
        return;
    pthread_mutex_lock(&pool->lock);
    const bool busy = pool->idle == 0;
    pthread_mutex_unlock(&pool->lock);
    if (busy && pool->started < pool->startable)
        start_thread(pool);
    if (pool->started)
        push(pool);
    else
        run_here(pool);
}

/* Whoever sends records faster than they are answered sends many. */
static void prepare_for_many(struct pool *pool)
{
    if (!pool->prepared)
        ofp_policy_prepare(pool->task->policy, NULL);
    pool->prepared = true; /* or there is no memory for it: that changes no answer */
}

void pool_add(struct pool *pool, const struct record *record)
{
    if (batch_is_full(filling(pool), record)) {
        prepare_for_many(pool);
        pool_flush(pool);
    }
    batch_add(filling(pool), record);
}

bool pool_has_records(const struct pool *pool)
{
    return filling(pool)->count > 0;
}

struct pool_result pool_finish(struct pool *pool)
{
    /* No thread is worth starting for the last batch. */
    pool->startable = pool->started;
    pool_flush(pool);
    pthread_mutex_lock(&pool->lock);
    pool->closed = true;
    pthread_cond_broadcast(&pool->more);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->started; i++)
        pthread_join(pool->threads[i].thread, NULL);
    pool->started = 0;
    struct pool_result result = {0};
    for (size_t i = 0; i < pool->thread_count; i++) {
        struct worker *worker = &pool->threads[i].worker;
        /* What could not be logged before may be possible now. */
        worker_pause(worker);
        result.bad += worker->bad_count;
        result.unlogged += worker->look.waiting;
    }
    return result;
}
