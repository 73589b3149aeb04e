/* SPDX-License-Identifier: MIT */
/*
 * Due times: the same cost however long the duration, and how that compares with one binary search
 * (without branches) in the sorted array of all openings of all supported years.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "fixture.h"
#include "heap.h"
#include "open_table.h"
#include "random.h"

enum { START_COUNT = 4096, DURATION_COUNT = 5, LOAD_COUNT = 50 };

static const int hours[DURATION_COUNT] = {1, 8, 40, 200, 2000};

/* Starts lie in 2020 to 2035. */
static const int64_t first_start = 1577836800, last_start = 2082758399;

static const char office_policy[] = "policy: office\n"
                                    "levels: [free, paid]\n"
                                    "unpaid: [free]\n"
                                    "priorities: [normal]\n"
                                    "default_priority: normal\n"
                                    "offerings: {product: {}}\n"
                                    "calendars:\n"
                                    "  office:\n"
                                    "    time_zone: Europe/Amsterdam\n"
                                    "    hours: {mon-fri: [\"09:00-17:00\"]}\n";

typedef struct due_question {
    const ofp_calendar *calendar;
    const int64_t *starts;
    int64_t seconds;
} due_question;

typedef struct search_question {
    const int64_t *values;
    size_t count;
    const int64_t *keys;
} search_question;

static uint64_t pass_due(void *context)
{
    const due_question *question = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < START_COUNT; i++) {
        int64_t due = 0;
        ofp_calendar_due(question->calendar, question->starts[i], question->seconds, &due, NULL);
        sum += (uint64_t)due;
    }
    return sum;
}

/*
 * The index of the last value that is not greater than the key. Compilers make a conditional move
 * of the choice, so that no branch can be foretold wrongly.
 */
static size_t find(const int64_t *values, size_t count, int64_t key)
{
    const int64_t *base = values;
    while (count > 1) {
        const int64_t *middle = base + count / 2;
        count -= count / 2;
        base = *middle <= key ? middle : base;
    }
    return (size_t)(base - values);
}

static uint64_t pass_search(void *context)
{
    const search_question *question = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < START_COUNT; i++)
        sum += find(question->values, question->count, question->keys[i]);
    return sum;
}

static int64_t ask_due(const ofp_calendar *calendar, int64_t start, int64_t seconds)
{
    int64_t due;
    ofp_error *error;
    const ofp_status status = ofp_calendar_due(calendar, start, seconds, &due, &error);
    fixture_require(status, error, "ofp_calendar_due()");
    return due;
}

static void compare_answers(const ofp_calendar *calendar, const open_table *table,
                            const int64_t *starts)
{
    for (size_t i = 0; i < START_COUNT; i++) {
        for (size_t j = 0; j < DURATION_COUNT; j++) {
            const int64_t seconds = hours[j] * INT64_C(3600);
            const int64_t got = ask_due(calendar, starts[i], seconds);
            const int64_t wanted = open_table_due(table, starts[i], seconds);
            bench_require(got == wanted,
                          "%s: %d h from %" PRId64 " are due at %" PRId64 ", not %" PRId64,
                          ofp_calendar_name(calendar), hours[j], starts[i], got, wanted);
        }
    }
}

static int64_t *random_starts(void)
{
    random_source random = {2020};
    int64_t *starts = fixture_alloc(START_COUNT, sizeof *starts);
    for (size_t i = 0; i < START_COUNT; i++)
        starts[i] = first_start +
                    (int64_t)(random_next(&random) % (uint64_t)(last_start - first_start + 1));
    return starts;
}

/* An array of sorted instants, as large as wanted, over all supported years. */
static int64_t *spread_instants(size_t count)
{
    int64_t *values = fixture_alloc(count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (int64_t)((OFP_INSTANT_END / (double)count) * (double)i);
    return values;
}

static int64_t *openings(const open_table *table)
{
    int64_t *values = fixture_alloc(table->count, sizeof *values);
    for (size_t i = 0; i < table->count; i++)
        values[i] = table->periods[i].from;
    return values;
}

static void measure_durations(const bench_options *bench, const ofp_calendar *calendar,
                              const int64_t *starts)
{
    for (size_t i = 1; i < DURATION_COUNT; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s: due of %d h, against 1 h", ofp_calendar_name(calendar),
                 hours[i]);
        due_question short_one = {calendar, starts, hours[0] * INT64_C(3600)};
        due_question long_one = {calendar, starts, hours[i] * INT64_C(3600)};
        const bench_figure figure = {
            name, {pass_due, &short_one}, {pass_due, &long_one}, START_COUNT, 1.5};
        bench_measure(bench, &figure);
    }
}

static void measure_search(const bench_options *bench, const ofp_calendar *calendar,
                           const int64_t *starts, const int64_t *values, size_t count,
                           const char *what, double goal)
{
    char name[64];
    snprintf(name, sizeof name, "%s: 40 h, search %zu %s", ofp_calendar_name(calendar), count,
             what);
    due_question question = {calendar, starts, 40 * INT64_C(3600)};
    search_question yardstick = {values, count, starts};
    const bench_figure figure = {
        name, {pass_search, &yardstick}, {pass_due, &question}, START_COUNT, goal};
    bench_measure(bench, &figure);
}

/* The policy is loaded anew each time, as timelines are made at the first question. */
static size_t measure_making(const bench_options *bench, const char *path,
                             const char *calendar_name)
{
    double least = 1e9;
    size_t size = 0;
    for (int i = 0; i < (bench->smoke ? 1 : LOAD_COUNT); i++) {
        ofp_policy *policy = path ? fixture_load(path) : fixture_parse(ofp_text_of(office_policy));
        const ofp_calendar *calendar = ofp_policy_calendar(
            policy, ofp_policy_find_calendar(policy, ofp_text_of(calendar_name)));
        const size_t before = heap_bytes();
        const double start = bench_cpu_time();
        ask_due(calendar, first_start, 3600);
        const double taken = bench_cpu_time() - start;
        size = heap_bytes() - before;
        least = taken < least ? taken : least;
        ofp_policy_unref(policy);
    }
    char name[64];
    snprintf(name, sizeof name, "%s: making the timeline", calendar_name);
    bench_tell(bench, name, least * 1e6, "us", 0);
    snprintf(name, sizeof name, "%s: memory of the timeline", calendar_name);
    bench_tell(bench, name, (double)size / 1024, "KiB", 0);
    return size;
}

static void measure_calendar(const bench_options *bench, const char *path,
                             const char *calendar_name, const int64_t *starts)
{
    ofp_policy *policy = path ? fixture_load(path) : fixture_parse(ofp_text_of(office_policy));
    const ofp_calendar *calendar =
        ofp_policy_calendar(policy, ofp_policy_find_calendar(policy, ofp_text_of(calendar_name)));
    open_table table = open_table_make(calendar);
    compare_answers(calendar, &table, starts);
    const size_t timeline_count = measure_making(bench, path, calendar_name) / sizeof(int64_t) + 1;
    measure_durations(bench, calendar, starts);
    int64_t *all = openings(&table), *as_timeline = spread_instants(timeline_count);
    measure_search(bench, calendar, starts, all, table.count, "openings", 3.0);
    measure_search(bench, calendar, starts, as_timeline, timeline_count, "numbers (its size)", 0);
    free(all);
    free(as_timeline);
    open_table_release(&table);
    ofp_policy_unref(policy);
}

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 1, "POLICY");
    int64_t *starts = random_starts();
    measure_calendar(&bench, bench.arguments[0], "business", starts);
    measure_calendar(&bench, bench.arguments[0], "emea", starts);
    measure_calendar(&bench, NULL, "office", starts);
    free(starts);
    return 0;
}
