/* SPDX-License-Identifier: MIT */
#include "growth.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUND_COUNT = 9 };

/* What a point works for in a round, in seconds. */
static const double slice = 0.01;

/* Here all answers end, so that the compiler can't leave out the work for them. */
static volatile uint64_t sink;

void growth_add(growth *self, const char *series, size_t size, bench_pass *pass, void *context,
                size_t operations)
{
    if (self->count == self->capacity) {
        self->capacity = 2 * self->capacity + 16;
        self->points = realloc(self->points, self->capacity * sizeof *self->points);
        bench_require(self->points != NULL, "out of memory");
    }
    self->points[self->count++] = (growth_point){series, size, {pass, context}, operations};
}

size_t growth_next(const growth *self, size_t last)
{
    size_t next = 1;
    for (bool one = true; next <= last; one = !one)
        next = one ? next * 3 : next / 3 * 10;
    return next <= self->most ? next : 0;
}

static double time_passes(const bench_side *work, size_t passes)
{
    const double start = bench_cpu_time();
    uint64_t sum = 0;
    for (size_t i = 0; i < passes; i++)
        sum += work->pass(work->context);
    sink += sum;
    return bench_cpu_time() - start;
}

/* How many passes fill a slice; this also warms caches, and makes what is made at first use. */
static size_t count_passes(const bench_side *work)
{
    size_t passes = 1;
    time_passes(work, 1);
    while (time_passes(work, passes) < slice)
        passes *= 2;
    return passes;
}

static void print_point(const growth *self, const growth_point *point, double seconds)
{
    printf("%s\t%s\t%zu\t%.3e\n", self->name, point->series, point->size,
           seconds / (double)point->operations);
}

void growth_run(growth *self)
{
    size_t *passes = fixture_alloc(self->count, sizeof *passes);
    double *least = fixture_alloc(self->count, sizeof *least);
    for (size_t i = 0; i < self->count; i++) {
        passes[i] = self->smoke ? 1 : count_passes(&self->points[i].work);
        least[i] = 1e9;
    }
    for (int round = 0; round < (self->smoke ? 1 : ROUND_COUNT); round++) {
        for (size_t i = 0; i < self->count; i++) {
            const double taken = time_passes(&self->points[i].work, passes[i]) / (double)passes[i];
            least[i] = taken < least[i] ? taken : least[i];
        }
    }
    for (size_t i = 0; i < self->count && !self->smoke; i++)
        print_point(self, &self->points[i], least[i]);
    free(passes);
    free(least);
    free(self->points);
}

static const struct {
    const char *name;
    growth_curve *curve;
    size_t most, smoke_most;
} curves[] = {
    {"rules", growth_rules, 20000, 10},       {"patterns", growth_patterns, 1000, 10},
    {"calendars", growth_calendars, 3000, 3}, {"lists", growth_lists, 10000, 10},
    {"duration", growth_duration, 20000, 10}, {"store", growth_store, 300000, 10},
};

enum { CURVE_COUNT = sizeof curves / sizeof *curves };

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 1, "CURVE|all");
    const char *wanted = bench.arguments[0];
    bool found = false;
    for (size_t i = 0; i < CURVE_COUNT; i++) {
        if (strcmp(wanted, "all") != 0 && strcmp(wanted, curves[i].name) != 0)
            continue;
        growth measured = {.name = curves[i].name, .smoke = bench.smoke};
        measured.most = bench.smoke ? curves[i].smoke_most : curves[i].most;
        curves[i].curve(&measured);
        found = true;
    }
    bench_require(found, "there is no curve \"%s\"", wanted);
    return 0;
}
