/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* An odd number, so that one round is the median. */
enum { ROUND_COUNT = 15 };

/* What each side works for in a round, in seconds. */
static const double slice = 0.04;

/* Here all answers end, so that the compiler can't leave out the work for them. */
static volatile uint64_t sink;

bench_options bench_start(int argc, char **argv, int wanted, const char *usage)
{
    const bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    const bench_options started = {smoke, argc - 1 - smoke, argv + 1 + smoke};
    if (started.count != wanted) {
        fprintf(stderr, "usage: %s [--smoke] %s\n", argv[0], usage);
        exit(2);
    }
    return started;
}

static double read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bench_cpu_time(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

double bench_wall_time(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* Lets a side make some passes. @return the seconds that they took */
static double time_passes(const bench_side *side, size_t passes, bool wall)
{
    const clockid_t clock = wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    const double start = read_clock(clock);
    uint64_t sum = 0;
    for (size_t i = 0; i < passes; i++)
        sum += side->pass(side->context);
    sink += sum;
    return read_clock(clock) - start;
}

/* How many passes fill a slice; this also warms caches, and makes what is made at first use. */
static size_t count_passes(const bench_side *side, bool wall)
{
    size_t passes = 1;
    time_passes(side, 1, wall);
    while (time_passes(side, passes, wall) < slice)
        passes *= 2;
    return passes;
}

static int compare_numbers(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static bench_result run_rounds(const bench_figure *figure)
{
    const bench_side *a = &figure->yardstick, *b = &figure->subject;
    const size_t a_passes = count_passes(a, figure->wall);
    const size_t b_passes = count_passes(b, figure->wall);
    const double operations = (double)figure->operations;
    bench_result result = {1e9, 1e9, 0};
    double ratios[ROUND_COUNT];
    for (int i = 0; i < ROUND_COUNT; i++) {
        const double yardstick =
            time_passes(a, a_passes, figure->wall) / (double)a_passes / operations;
        const double subject =
            time_passes(b, b_passes, figure->wall) / (double)b_passes / operations;
        ratios[i] = subject / yardstick;
        result.yardstick = lesser(result.yardstick, yardstick);
        result.subject = lesser(result.subject, subject);
    }
    qsort(ratios, ROUND_COUNT, sizeof *ratios, compare_numbers);
    result.ratio = ratios[ROUND_COUNT / 2];
    return result;
}

static void print_goal(double value, double goal)
{
    if (goal > 0)
        printf("   goal <= %.1f  %s", goal, value <= goal ? "met" : "MISSED");
    printf("\n");
    fflush(stdout);
}

bench_result bench_measure(const bench_options *bench, const bench_figure *figure)
{
    if (bench->smoke) {
        time_passes(&figure->yardstick, 1, false);
        time_passes(&figure->subject, 1, false);
        return (bench_result){0, 0, 0};
    }
    const bench_result result = run_rounds(figure);
    printf("%-44s yardstick %10.1f ns   library %10.1f ns   ratio %6.2f", figure->name,
           result.yardstick * 1e9, result.subject * 1e9, result.ratio);
    print_goal(result.ratio, figure->goal);
    return result;
}

void bench_tell(const bench_options *bench, const char *name, double value, const char *unit,
                double goal)
{
    if (bench->smoke)
        return;
    printf("%-44s %.2f %s", name, value, unit);
    print_goal(value, goal);
}

void bench_require(bool condition, const char *format, ...)
{
    if (condition)
        return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}
