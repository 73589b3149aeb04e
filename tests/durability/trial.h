/* SPDX-License-Identifier: MIT */
/**
 * @file
 * An act (stage.h) is done again and again while the first, second, third … of some kind of calls
 * fails, until all went well. Each time it must say that it failed, or be done. The store is then
 * as it was before or as it is after, and if it failed it can be done with the same connection.
 */
#ifndef OFP_TEST_TRIAL_H
#define OFP_TEST_TRIAL_H

#include "stage.h"

/** What fails, and how. */
typedef struct trial_failure {
    const char *name;
    ofp_status status;         /* that says so */
    bool lasts;                /* until it is disarmed? */
    void (*arm)(long number);  /* from now on call `number` fails (from 1) */
    bool (*disarm)(void);      /* no call fails any more. Did one? */
    const char *(*call)(void); /* which call failed first, for messages */
    long (*live_blocks)(void); /* of memory; NULL: not known */
} trial_failure;

/**
 * Tries an act with calls failing. Fails the test if something is not as it must be.
 * @param cold also opening the store is part of the act, and closing it
 * @param stride 1: with each call failing; else with every so many, from any of the first on
 */
void trial_run(stage *where, const act *what, const trial_failure *failure, bool cold, long stride);

#endif
