/* SPDX-License-Identifier: MIT */
#include "fuzz_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char folder[] = "/dev/shm/offerpolicy-fuzz-XXXXXX";

void fuzz_require(bool holds)
{
    if (!holds)
        abort();
}

static void remove_files(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[128];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s/%s%s", folder, name, ends[i]);
        unlink(path);
    }
}

static void remove_folder(void)
{
    rmdir(folder);
}

const char *fuzz_path(const char *name)
{
    static char path[128];
    static bool made;
    if (!made) {
        fuzz_require(mkdtemp(folder) != NULL);
        atexit(remove_folder);
        made = true;
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_all(int file, const uint8_t *data, size_t size)
{
    fuzz_require(file >= 0 && write(file, data, size) == (ssize_t)size);
}

void fuzz_write_file(const char *name, const uint8_t *data, size_t size)
{
    const char *path = fuzz_path(name);
    remove_files(name);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    write_all(file, data, size);
    close(file);
}

ofp_store *fuzz_new_store(const char *name)
{
    const ofp_store_options options = {.size = sizeof options, .mode = OFP_STORE_CREATE};
    ofp_store *store = NULL;
    fuzz_require(!ofp_store_open(fuzz_path(name), &options, &store, NULL));
    return store;
}

void fuzz_remove_store(ofp_store *store, const char *name)
{
    ofp_store_close(store);
    remove_files(name);
}

int fuzz_memory_file(const uint8_t *data, size_t size)
{
    const int file = memfd_create("fuzz", 0);
    write_all(file, data, size);
    lseek(file, 0, SEEK_SET);
    return file;
}

static bool read_at(int file, off_t at, char *data, size_t size)
{
    return pread(file, data, size, at) == (ssize_t)size;
}

bool fuzz_same_bytes(int first, int second)
{
    const off_t size = lseek(first, 0, SEEK_END);
    char a[4096], b[sizeof a];
    if (lseek(second, 0, SEEK_END) != size)
        return false;
    for (off_t at = 0; at < size; at += (off_t)sizeof a) {
        const size_t piece = size - at < (off_t)sizeof a ? (size_t)(size - at) : sizeof a;
        if (!read_at(first, at, a, piece) || !read_at(second, at, b, piece) ||
            memcmp(a, b, piece) != 0)
            return false;
    }
    return true;
}
