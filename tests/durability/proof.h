/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Proves that a store has all that was acknowledged, and nothing by half.
 */
#ifndef OFP_TEST_PROOF_H
#define OFP_TEST_PROOF_H

#include <stdbool.h>
#include <stddef.h>

#include <offerpolicy/desk.h>
#include <offerpolicy/migration.h>
#include <offerpolicy/offerpolicy.h>
#include <offerpolicy/store.h>

#include "load.h"

/** Receipts in the order in which they were given. */
typedef struct receipts {
    receipt *items;
    size_t count, capacity;
} receipts;

/** Keeps a receipt: a load_sink whose context is a `receipts`. */
void receipts_add(void *self, const receipt *receipt);

void receipts_free(receipts *self);

/**
 * Proves that
 * - the store passes its own check,
 * - the audit log verifies, and every event of a receipt is in it, with its hash,
 * - every migration is as its last event says, with one event for each of its revisions,
 * - every event has exactly the actions that belong to it,
 * - every action is acknowledged, or noted as failed, that a receipt says so of.
 * @param count how many of the receipts count
 * @param problem gets what is wrong
 * @return does all that hold?
 */
bool proof_holds(ofp_store *store, const receipts *receipts, size_t count, char *problem,
                 size_t size);

/** How much a store has of what receipts are given for. */
typedef struct proof_totals {
    size_t events;    /* without that of its creation */
    size_t failures;  /* of actions */
    size_t decisions; /* in the log */
} proof_totals;

/** As proof_holds(), and counts. */
bool proof_counts(ofp_store *store, const receipts *receipts, size_t count, proof_totals *ret,
                  char *problem, size_t size);

/** Proves the same of one migration only. */
bool proof_holds_for(ofp_store *store, ofp_text id, char *problem, size_t size);

#endif
