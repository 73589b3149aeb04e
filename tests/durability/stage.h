/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A store in the middle of its life, which can be had again and again, and all that a program can
 * do with it: what the tests of failures let fail.
 */
#ifndef OFP_TEST_STAGE_H
#define OFP_TEST_STAGE_H

#include "load.h"
#include "rig.h"

/** A store's export. No data: there is no store. */
typedef struct stage_text {
    char *data;
    size_t size;
} stage_text;

/** Where acts take place. */
typedef struct stage {
    char folder[RIG_PATH];           /* of the store */
    char kept[RIG_PATH];             /* folder of the store's files before each act */
    char path[RIG_PATH];             /* of the store that the act is about */
    stage_text start;                /* what is in the store before each act */
    uint64_t seeds[LOAD_TURN_COUNT]; /* with which each turn has something to do */
    int64_t at;                      /* the clock before each act */
    ofp_facts *facts;
    load load;
} stage;

/** Something that a program does. */
typedef struct act {
    const char *name;
    ofp_status (*run)(stage *self, ofp_error **reterr); /* NULL: take the turn */
    load_turn turn;
    bool makes;         /* does it begin without a store? */
    const char *copies; /* the file that it leaves beside the store, with the same in it; or NULL */
} act;

/** All acts. */
extern const act stage_acts[];
extern const int stage_act_count;

/** Makes a store to begin with, whose newest changes are in its write-ahead log only. */
void stage_start(stage *self);

/** Ends all. */
void stage_end(stage *self);

/** Puts the files back as they were. */
void stage_set(stage *self, const act *what);

/** Opens the store, if the act needs one. */
ofp_status stage_open(stage *self, const act *what, ofp_error **reterr);

/** Does it. */
ofp_status stage_run(stage *self, const act *what, ofp_error **reterr);

/** Closes the store. */
void stage_close(stage *self);

/** What is in a store now. It must pass its own check. */
stage_text stage_look(const char *path);

/** Is it the same, or are there both times no stores? */
bool stage_same(stage_text a, stage_text b);

#endif
