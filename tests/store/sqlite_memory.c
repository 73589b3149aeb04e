/* SPDX-License-Identifier: MIT */
#include "sqlite_memory.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>

static sqlite3_mem_methods real;
static size_t left = SIZE_MAX;
static bool only_once, failed;

static bool may_allocate(void)
{
    if (left == SIZE_MAX)
        return true;
    if (left > 0) {
        left--;
        return true;
    }
    failed = true;
    if (only_once)
        left = SIZE_MAX;
    return false;
}

static void *allocate(int size)
{
    return may_allocate() ? real.xMalloc(size) : NULL;
}

static void *reallocate(void *memory, int size)
{
    return may_allocate() ? real.xRealloc(memory, size) : NULL;
}

void sqlite_memory_install(void)
{
    sqlite3_mem_methods mine;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real))
        abort();
    mine = real;
    mine.xMalloc = allocate;
    mine.xRealloc = reallocate;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &mine))
        abort();
}

void sqlite_memory_fail_after(size_t count, bool once)
{
    left = count;
    only_once = once;
    failed = false;
}

bool sqlite_memory_allow(void)
{
    const bool had = failed;
    left = SIZE_MAX;
    failed = false;
    return had;
}
