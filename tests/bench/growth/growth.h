/* SPDX-License-Identifier: MIT */
/**
 * @file
 * How costs grow: the same work on inputs of several sizes, by turns in one process, so that
 * whatever else the machine does is the same for all of them.
 */
#ifndef OFP_BENCH_GROWTH_H
#define OFP_BENCH_GROWTH_H

#include "bench.h"
#include "fixture.h"

/** The same work on an input of some size. */
typedef struct growth_point {
    const char *series;
    size_t size;
    bench_side work;
    size_t operations; /**< that a pass does */
} growth_point;

/** A curve that is being measured. */
typedef struct growth {
    const char *name;
    size_t most; /**< the largest size wanted */
    bool smoke;  /**< measure nothing, only see that everything works */
    growth_point *points;
    size_t count, capacity;
} growth;

/** Adds a point. @param context must live until growth_run() is over */
void growth_add(growth *self, const char *series, size_t size, bench_pass *pass, void *context,
                size_t operations);

/** The next size of 1, 3, 10, 30, …; 0: the last one was reached. @param last 0: the first */
size_t growth_next(const growth *self, size_t last);

/** Measures all points that were added; prints a line for each, see plot.py. */
void growth_run(growth *self);

/* The curves, by what grows. */
typedef void growth_curve(growth *self);
growth_curve growth_rules, growth_patterns, growth_calendars; /* the policy */
growth_curve growth_lists, growth_duration;                   /* the question */
growth_curve growth_store;                                    /* the migrations in a store */

#endif
