/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A load of steps as people, hosts and cron would take them, in random order, and the receipts for
 * all that the library said was done.
 */
#ifndef OFP_TEST_LOAD_H
#define OFP_TEST_LOAD_H

#include <offerpolicy/desk.h>
#include <offerpolicy/migration.h>
#include <offerpolicy/offerpolicy.h>
#include <offerpolicy/store.h>

#include "random.h"

/** What was done, as proof.h finds it again. Fits into a pipe at once. */
typedef struct receipt {
    enum {
        RECEIPT_EVENT,   /* with this seq and hash */
        RECEIPT_ACK,     /* of the action with this key */
        RECEIPT_FAILURE, /* of the action with this key */
        RECEIPT_LOGGED,  /* of one more decision */
    } kind;
    int64_t seq; /* of an event */
    int64_t at;  /* the clock */
    char text[OFP_HASH_SIZE];
} receipt;

/** Gets each receipt at once. */
typedef void load_sink(void *context, const receipt *receipt);

/** Where a load comes from and goes to. */
typedef struct load {
    ofp_store *store;
    random_source random;
    int64_t at;  /* the clock, which goes on with each turn, */
    bool frozen; /* or stands still */
    ofp_facts *facts;
    ofp_desk *desk;
    const char *name; /* of keys: no two loads have the same */
    int64_t keys;
    load_sink *sink;
    void *context;
} load;

/** What a load does in one turn. */
typedef enum load_turn {
    LOAD_REQUEST,
    LOAD_APPROVE,
    LOAD_REFUSE,
    LOAD_CANCEL,
    LOAD_EXTEND,
    LOAD_END,
    LOAD_COMPLETE,
    LOAD_SWEEP,
    LOAD_ACK,
    LOAD_FAIL,
    LOAD_DECIDE,
    LOAD_TURN_COUNT,
} load_turn;

/** Frees the load's facts and desk, which it makes when it needs them. The store stays open. */
void load_end(load *self);

/** Some turn. */
load_turn load_draw(load *self);

/**
 * Takes a turn, and lets the clock go on.
 * @param reterr not NULL
 * @return OFP_STATUS_OK also if there was nothing to do
 */
ofp_status load_take(load *self, load_turn turn, ofp_error **reterr);

/** "request", …, for messages. */
const char *load_turn_name(load_turn turn);

#endif
