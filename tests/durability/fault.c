/* SPDX-License-Identifier: MIT */
#include "fault.h"

#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

static fault_mode armed_mode;
static bool armed;
static long calls_left; /* until the first one that fails */
static bool happened;
static char first[300];

/* What SQLite's own layer returns if the system refuses a call. */
static const int errors[SHIM_KIND_COUNT] = {
    [SHIM_OPEN] = SQLITE_CANTOPEN,       [SHIM_READ] = SQLITE_IOERR_READ,
    [SHIM_WRITE] = SQLITE_IOERR_WRITE,   [SHIM_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
    [SHIM_SYNC] = SQLITE_IOERR_FSYNC,    [SHIM_SIZE] = SQLITE_IOERR_FSTAT,
    [SHIM_LOCK] = SQLITE_IOERR_LOCK,     [SHIM_MAP] = SQLITE_IOERR_SHMMAP,
    [SHIM_ACCESS] = SQLITE_IOERR_ACCESS, [SHIM_DELETE] = SQLITE_IOERR_DELETE,
};

static int observe(void *context, const shim_call *call)
{
    (void)context;
    if (!armed || (armed_mode == FAULT_FULL && call->kind != SHIM_WRITE))
        return SQLITE_OK;
    if (calls_left > 1) {
        calls_left--;
        return SQLITE_OK;
    }
    if (happened && armed_mode == FAULT_ONCE)
        return SQLITE_OK;
    if (!happened)
        snprintf(first, sizeof first, "%s %s", shim_kind_name(call->kind),
                 call->path ? strrchr(call->path, '/') + 1 : "a temporary file");
    happened = true;
    return armed_mode == FAULT_FULL ? SQLITE_FULL : errors[call->kind];
}

void fault_arm(fault_mode mode, long number)
{
    armed = number > 0;
    armed_mode = mode;
    calls_left = number;
    happened = false;
    first[0] = 0;
    shim_install(observe, NULL);
}

bool fault_disarm(void)
{
    shim_remove();
    return happened;
}

const char *fault_name(void)
{
    return first;
}
