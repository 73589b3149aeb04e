/* SPDX-License-Identifier: MIT */
#include "shim.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

static sqlite3_vfs *real; /* the layer below */
static sqlite3_vfs layer;
static shim_observer *observe;
static void *observer_context;

/* The real file follows it in memory. */
typedef struct shim_file {
    sqlite3_file base;
    const char *path;
    sqlite3_file *below;
} shim_file;

static sqlite3_file *below(sqlite3_file *file)
{
    return ((shim_file *)file)->below;
}

static int tell(const shim_call *call)
{
    return observe ? observe(observer_context, call) : SQLITE_OK;
}

static int tell_of(sqlite3_file *file, shim_kind kind)
{
    return tell(&(shim_call){.kind = kind, .path = ((shim_file *)file)->path});
}

static int close_file(sqlite3_file *file)
{
    return below(file)->pMethods->xClose(below(file));
}

static int read_file(sqlite3_file *file, void *into, int size, sqlite3_int64 offset)
{
    const int result = tell_of(file, SHIM_READ);
    return result ? result : below(file)->pMethods->xRead(below(file), into, size, offset);
}

static int write_file(sqlite3_file *file, const void *from, int size, sqlite3_int64 offset)
{
    const shim_call call = {
        .kind = SHIM_WRITE,
        .path = ((shim_file *)file)->path,
        .data = from,
        .size = size,
        .offset = offset,
    };
    const int result = tell(&call);
    const int written = result ? size / 2 : size;
    const int real_result = below(file)->pMethods->xWrite(below(file), from, written, offset);
    return result ? result : real_result;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    const shim_call call = {
        .kind = SHIM_TRUNCATE,
        .path = ((shim_file *)file)->path,
        .size = size,
    };
    const int result = tell(&call);
    return result ? result : below(file)->pMethods->xTruncate(below(file), size);
}

static int sync_file(sqlite3_file *file, int flags)
{
    const int result = tell_of(file, SHIM_SYNC);
    return result ? result : below(file)->pMethods->xSync(below(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret)
{
    const int result = tell_of(file, SHIM_SIZE);
    return result ? result : below(file)->pMethods->xFileSize(below(file), ret);
}

static int lock_file(sqlite3_file *file, int level)
{
    const int result = tell_of(file, SHIM_LOCK);
    return result ? result : below(file)->pMethods->xLock(below(file), level);
}

static int unlock_file(sqlite3_file *file, int level)
{
    return below(file)->pMethods->xUnlock(below(file), level);
}

static int check_reserved_lock(sqlite3_file *file, int *ret)
{
    return below(file)->pMethods->xCheckReservedLock(below(file), ret);
}

static int control_file(sqlite3_file *file, int what, void *argument)
{
    return below(file)->pMethods->xFileControl(below(file), what, argument);
}

static int sector_size(sqlite3_file *file)
{
    return below(file)->pMethods->xSectorSize(below(file));
}

static int device_characteristics(sqlite3_file *file)
{
    return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

static int map_shared(sqlite3_file *file, int region, int size, int extend, void volatile **ret)
{
    const int result = tell_of(file, SHIM_MAP);
    return result ? result : below(file)->pMethods->xShmMap(below(file), region, size, extend, ret);
}

static int lock_shared(sqlite3_file *file, int offset, int count, int flags)
{
    const int result = flags & SQLITE_SHM_LOCK ? tell_of(file, SHIM_LOCK) : SQLITE_OK;
    return result ? result : below(file)->pMethods->xShmLock(below(file), offset, count, flags);
}

static void order_shared(sqlite3_file *file)
{
    below(file)->pMethods->xShmBarrier(below(file));
}

static int unmap_shared(sqlite3_file *file, int delete)
{
    return below(file)->pMethods->xShmUnmap(below(file), delete);
}

/* Version 2: without mapping the database itself, so that every read is seen. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = order_shared,
    .xShmUnmap = unmap_shared,
};

static int open_file(sqlite3_vfs *self, const char *path, sqlite3_file *file, int flags,
                     int *retflags)
{
    (void)self;
    shim_file *opened = (shim_file *)file;
    *opened = (shim_file){.path = path, .below = (sqlite3_file *)(opened + 1)};
    int result = tell(&(shim_call){.kind = SHIM_OPEN, .path = path, .flags = flags});
    if (!result)
        result = real->xOpen(real, path, opened->below, flags, retflags);
    if (!result)
        opened->base.pMethods = &methods;
    return result;
}

static int delete_file(sqlite3_vfs *self, const char *path, int sync_folder)
{
    (void)self;
    const int result = tell(&(shim_call){.kind = SHIM_DELETE, .path = path, .flags = sync_folder});
    return result ? result : real->xDelete(real, path, sync_folder);
}

static int access_file(sqlite3_vfs *self, const char *path, int flags, int *ret)
{
    (void)self;
    const int result = tell(&(shim_call){.kind = SHIM_ACCESS, .path = path, .flags = flags});
    return result ? result : real->xAccess(real, path, flags, ret);
}

void shim_install(shim_observer *observer, void *context)
{
    if (!real) {
        real = sqlite3_vfs_find(NULL);
        /* All that is not replaced works on the layer below without knowing it. */
        layer = *real;
        layer.zName = "shim";
        layer.pNext = NULL;
        layer.szOsFile = (int)sizeof(shim_file) + real->szOsFile;
        layer.xOpen = open_file;
        layer.xDelete = delete_file;
        layer.xAccess = access_file;
    }
    observe = observer;
    observer_context = context;
    if (sqlite3_vfs_register(&layer, 1))
        abort();
}

void shim_remove(void)
{
    observe = NULL;
    if (real && sqlite3_vfs_register(real, 1))
        abort();
}

const char *shim_kind_name(shim_kind kind)
{
    static const char *const names[SHIM_KIND_COUNT] = {
        [SHIM_OPEN] = "open",         [SHIM_READ] = "read", [SHIM_WRITE] = "write",
        [SHIM_TRUNCATE] = "truncate", [SHIM_SYNC] = "sync", [SHIM_SIZE] = "size",
        [SHIM_LOCK] = "lock",         [SHIM_MAP] = "map",   [SHIM_ACCESS] = "access",
        [SHIM_DELETE] = "delete",
    };
    return names[kind];
}
