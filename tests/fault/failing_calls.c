/* SPDX-License-Identifier: MIT */
#include "failing_calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdlib.h>

/* The build hides symbols unless told otherwise; hidden ones would stand before nothing. */
#define VISIBLE __attribute__((visibility("default")))

/* glibc's own names of what is replaced here. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static bool armed;
static failing_kind armed_kind;
static long calls_left; /* until the one that fails */
static bool happened;
static long live_blocks;

void failing_arm(failing_kind kind, long number)
{
    armed_kind = kind;
    calls_left = number;
    happened = false;
    armed = number > 0;
}

bool failing_disarm(void)
{
    armed = false;
    return happened;
}

long failing_live_blocks(void)
{
    return live_blocks;
}

static bool must_fail(failing_kind kind)
{
    if (!armed || kind != armed_kind || --calls_left)
        return false;
    armed = false;
    happened = true;
    return true;
}

static void *count(void *block)
{
    live_blocks += block != NULL;
    return block;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

VISIBLE void *malloc(size_t size)
{
    return must_fail(FAILING_MEMORY) ? no_memory() : count(__libc_malloc(size));
}

VISIBLE void *calloc(size_t number, size_t size)
{
    return must_fail(FAILING_MEMORY) ? no_memory() : count(__libc_calloc(number, size));
}

VISIBLE void *realloc(void *block, size_t size)
{
    if (must_fail(FAILING_MEMORY))
        return no_memory();
    void *grown = __libc_realloc(block, size);
    if (!block)
        count(grown);
    return grown;
}

VISIBLE void *aligned_alloc(size_t alignment, size_t size)
{
    return must_fail(FAILING_MEMORY) ? no_memory() : count(__libc_memalign(alignment, size));
}

VISIBLE int posix_memalign(void **ret, size_t alignment, size_t size)
{
    if (must_fail(FAILING_MEMORY))
        return ENOMEM;
    *ret = count(__libc_memalign(alignment, size));
    return *ret ? 0 : ENOMEM;
}

VISIBLE void free(void *block)
{
    live_blocks -= block != NULL;
    __libc_free(block);
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

VISIBLE int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const int mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
    va_end(arguments);
    if (must_fail(FAILING_FILES)) {
        errno = EMFILE;
        return -1;
    }
    return ((int (*)(const char *, int, ...))next("open"))(path, flags, mode);
}

VISIBLE ssize_t read(int file, void *buffer, size_t size)
{
    if (must_fail(FAILING_FILES)) {
        errno = EIO;
        return -1;
    }
    return ((ssize_t(*)(int, void *, size_t))next("read"))(file, buffer, size);
}

VISIBLE int fstat(int file, struct stat *ret)
{
    if (must_fail(FAILING_FILES)) {
        errno = EIO;
        return -1;
    }
    return ((int (*)(int, struct stat *))next("fstat"))(file, ret);
}
