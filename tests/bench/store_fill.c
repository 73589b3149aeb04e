/* SPDX-License-Identifier: MIT */
#include "store_fill.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "fixture.h"

static ofp_store *open_store(const char *path, ofp_store_mode mode)
{
    const ofp_store_options options = {.size = sizeof options, .mode = mode};
    ofp_store *store;
    ofp_error *error;
    const ofp_status status = ofp_store_open(path, &options, &store, &error);
    fixture_require(status, error, path);
    return store;
}

ofp_store *store_fill_open(const char *path)
{
    return open_store(path, OFP_STORE_WRITE);
}

static pid_t start_process(void)
{
    fflush(NULL);
    const pid_t process = fork();
    bench_require(process >= 0, "no process");
    return process;
}

static pid_t start_writing(int ends[2], const store_lines *what)
{
    const pid_t process = start_process();
    if (process)
        return process;
    close(ends[0]);
    FILE *file = fdopen(ends[1], "w");
    bench_require(file != NULL, "no pipe");
    store_lines_write(what, file);
    _exit(fclose(file) ? 1 : 0);
}

static pid_t start_reading(int ends[2], const char *path)
{
    const pid_t process = start_process();
    if (process)
        return process;
    ofp_error *error;
    close(ends[1]);
    ofp_store *store = open_store(path, OFP_STORE_CREATE);
    const ofp_status status = ofp_store_import(store, ends[0], NULL, &error);
    fixture_require(status, error, "ofp_store_import()");
    ofp_store_close(store);
    _exit(0);
}

static void wait_for(pid_t process, struct rusage *ret)
{
    int status;
    bench_require(wait4(process, &status, 0, ret) == process && status == 0,
                  "a store could not be filled");
}

store_filling store_fill(const char *path, const store_lines *what)
{
    int ends[2];
    struct rusage used;
    struct stat about;
    const double start = bench_wall_time();
    bench_require(pipe(ends) == 0, "no pipe");
    const pid_t writer = start_writing(ends, what);
    const pid_t reader = start_reading(ends, path);
    close(ends[0]);
    close(ends[1]);
    wait_for(writer, &used);
    wait_for(reader, &used);
    bench_require(stat(path, &about) == 0, "%s is not there", path);
    return (store_filling){
        .seconds = bench_wall_time() - start,
        .peak_mib = (double)used.ru_maxrss / 1024,
        .file_mib = (double)about.st_size / (1 << 20),
    };
}

void store_fill_remove(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[512];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}
