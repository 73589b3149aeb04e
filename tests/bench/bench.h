/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Measures the library against a yardstick: both do the same work by turns in one process, so that
 * whatever else the machine does slows both. CPU time counts, and of all rounds' ratios the median.
 *
 * A figure never makes a program fail; a wrong answer does (bench_require()).
 */
#ifndef OFP_BENCH_H
#define OFP_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Does the work on every input once. @return something that depends on every answer */
typedef uint64_t bench_pass(void *context);

/** One side of a comparison. */
typedef struct bench_side {
    bench_pass *pass;
    void *context;
} bench_side;

/** A comparison. */
typedef struct bench_figure {
    const char *name;
    bench_side yardstick;
    bench_side subject;
    size_t operations; /**< that a pass does */
    double goal;       /**< the highest ratio of subject to yardstick; 0: none is set */
    bool wall;         /**< count the time that passes, waiting included, not CPU time */
} bench_figure;

/** How a program was called. */
typedef struct bench_options {
    bool smoke; /**< --smoke: only see that the answers are right, measure nothing */
    int count;  /**< of the other arguments */
    char **arguments;
} bench_options;

/** What was measured, in seconds for an operation. */
typedef struct bench_result {
    double yardstick; /**< the least of all rounds */
    double subject;   /**< the least of all rounds */
    double ratio;     /**< the median of all rounds */
} bench_result;

/** Reads the command line; ends the program if there are not `wanted` arguments beside --smoke. */
bench_options bench_start(int argc, char **argv, int wanted, const char *usage);

/** Measures a figure and prints it. With --smoke each side makes one pass, and all is 0. */
bench_result bench_measure(const bench_options *bench, const bench_figure *figure);

/** Prints a number that was worked out from others, with its goal (0: none). */
void bench_tell(const bench_options *bench, const char *name, double value, const char *unit,
                double goal);

/** CPU time of this process so far, in seconds. */
double bench_cpu_time(void);

/** Time that has passed since some moment, in seconds. */
double bench_wall_time(void);

/** Ends the program with status 1 and a message, unless `condition` holds. */
void bench_require(bool condition, const char *format, ...) __attribute__((format(printf, 2, 3)));

#ifdef __cplusplus
}
#endif

#endif
