/* SPDX-License-Identifier: MIT */
/* Waiting for other connections: longer each time, and never as long as the others wait. */
#include <time.h>

#include "connection.h"

/* A commit takes a few milliseconds. */
enum { LONGEST_MS = 16 };

/* Marsaglia's xorshift: good enough to get out of step with others. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* How long to wait after having waited so long: about as long again, half of it by chance. */
static uint32_t next_wait(ofp_store *store)
{
    const uint32_t most = store->waited_ms < LONGEST_MS ? store->waited_ms + 2 : LONGEST_MS;
    const uint32_t wait = most / 2 + next_random(&store->jitter) % (most / 2 + 1);
    const uint32_t left = store->busy_ms - store->waited_ms;
    return wait < left ? wait : left;
}

bool ofp_store_wait(ofp_store *store)
{
    if (store->waited_ms >= store->busy_ms)
        return false;
    const uint32_t wait = next_wait(store);
    const struct timespec time = {.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000L};
    nanosleep(&time, NULL);
    store->waited_ms += wait;
    return true;
}

static int wait_for_others(void *store, int count)
{
    (void)count;
    return ofp_store_wait(store);
}

void ofp_store_set_waiting(ofp_store *store)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    store->jitter = ((uint32_t)now.tv_nsec ^ (uint32_t)store->opener.process << 16) | 1;
    sqlite3_busy_handler(store->db, wait_for_others, store);
}
