/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

enum { LATENCY_PASSES = 3, PADDING = 64, COMMAND_SIZE = 4200 };

/* Here all answers end, so that the compiler can't leave out the work for them. */
static volatile uint64_t sink;

static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void answer(const peer *p, void *self, bool json, size_t input)
{
    sink += json ? p->answer_json(self, input).size : p->answer(self, input);
}

static void run_round(const peer *p, void *self, bool json, long passes)
{
    const double start = bench_cpu_time();
    for (long pass = 0; pass < passes; pass++) {
        for (size_t i = 0; i < p->count; i++)
            answer(p, self, json, i);
    }
    printf("%.9f\n", bench_cpu_time() - start);
}

static void write_answers(const peer *p, void *self, bool json, const char *path)
{
    FILE *file = fopen(path, "w");
    fixture_text text = {0};
    bench_require(file != NULL, "%s can't be written", path);
    for (size_t i = 0; i < p->count; i++) {
        text.size = 0;
        ofp_text shown = {0};
        if (json) {
            shown = p->answer_json(self, i);
        } else {
            p->answer(self, i);
            p->show(self, &text);
            shown = fixture_written(&text);
        }
        fprintf(file, "%.*s\n", (int)shown.size, shown.data);
    }
    free(text.data);
    fclose(file);
    printf("done\n");
}

/* What reading the clock twice takes by itself. */
static int64_t clock_cost(void)
{
    int64_t least = 1000000;
    for (int i = 0; i < 1000; i++) {
        const int64_t start = nanoseconds(), taken = nanoseconds() - start;
        least = taken < least ? taken : least;
    }
    return least;
}

static void print_latencies(const peer *p, void *self, bool json)
{
    const int64_t cost = clock_cost();
    int64_t *least = fixture_alloc(p->count, sizeof *least);
    for (int pass = 0; pass < LATENCY_PASSES; pass++) {
        for (size_t i = 0; i < p->count; i++) {
            const int64_t start = nanoseconds();
            answer(p, self, json, i);
            const int64_t taken = nanoseconds() - start - cost;
            least[i] = pass == 0 || taken < least[i] ? taken : least[i];
        }
    }
    for (size_t i = 0; i < p->count; i++)
        printf("%lld ", (long long)least[i]);
    printf("\n");
    free(least);
}

int peer_serve(const peer *p, void *self)
{
    char line[COMMAND_SIZE], verb[16], mode[16], rest[4096];
    printf("{\"name\": \"%s\", \"version\": \"%s\", \"modes\": [%s%s]}\n", p->name, p->version,
           p->answer ? "\"native\"" : "",
           !p->answer_json ? ""
           : p->answer     ? ", \"json\""
                           : "\"json\"");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        *rest = '\0';
        bench_require(sscanf(line, "%15s %15s %4095s", verb, mode, rest) >= 2, "bad command");
        const bool json = strcmp(mode, "json") == 0;
        if (strcmp(verb, "round") == 0)
            run_round(p, self, json, atol(rest));
        else if (strcmp(verb, "latency") == 0)
            print_latencies(p, self, json);
        else
            write_answers(p, self, json, rest);
        fflush(stdout);
    }
    return 0;
}

static char *read_file(const char *path, size_t *retsize)
{
    FILE *file = fopen(path, "rb");
    bench_require(file && fseek(file, 0, SEEK_END) == 0, "%s can't be read", path);
    *retsize = (size_t)ftell(file);
    char *data = fixture_alloc(*retsize + PADDING, 1);
    rewind(file);
    bench_require(fread(data, 1, *retsize, file) == *retsize, "%s can't be read", path);
    fclose(file);
    return data;
}

lines lines_read(const char *path)
{
    size_t size;
    lines read = {.data = read_file(path, &size)};
    for (size_t i = 0; i < size; i++)
        read.count += read.data[i] == '\n';
    read.lines = fixture_alloc(read.count + 1, sizeof *read.lines);
    const char *start = read.data;
    for (size_t i = 0; i < read.count; i++) {
        const char *end = strchr(start, '\n');
        read.lines[i] = (ofp_text){start, (size_t)(end - start)};
        start = end + 1;
    }
    return read;
}

void lines_free(lines *read)
{
    free(read->data);
    free(read->lines);
}
