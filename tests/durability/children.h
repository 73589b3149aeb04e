/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Child processes that put a load on a store, and send their receipts through a pipe.
 */
#ifndef OFP_TEST_CHILDREN_H
#define OFP_TEST_CHILDREN_H

#include <sys/types.h>

#include "proof.h"

/** What a child does, with a store of its own, after which it ends. It makes no other threads. */
typedef void child_work(load *steps, void *context);

/** Some children at once. */
typedef struct children {
    int pipe[2];
} children;

/** Opens the pipe. */
void children_start(children *self);

/**
 * Starts a child. It opens the store (and makes it, if there is none) and works.
 * @param like where its load begins: random numbers, clock, name
 * @return its process
 */
pid_t children_add(children *self, const char *path, const load *like, child_work *work,
                   void *context);

/** Reads all receipts until the last child has ended, and closes the pipe. */
void children_collect(children *self, receipts *ret);

#endif
