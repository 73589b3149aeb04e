/* SPDX-License-Identifier: MIT */
/*
 * Loaded before everything else: lets one allocation of the process fail, whoever asks for it; but
 * one who does not survive that can be spared.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

#pragma GCC visibility push(default)
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void fail_after(long count);
int fail_stop(void);
void fail_spare(const void *address);
#pragma GCC visibility pop

/* How many allocations still work; negative: all. */
static long left = -1;

/* As many allocations work, and the next one fails. */
void fail_after(long count)
{
    left = count;
}

/* All work again. Returns whether one has failed. */
int fail_stop(void)
{
    const int failed = left < 0;
    left = -1;
    return failed;
}

/* The object whose own allocations always work. */
static const void *spared;

/* Where the object begins that an address is in. */
static const void *object_of(const void *address)
{
    Dl_info info;
    return dladdr(address, &info) ? info.dli_fbase : NULL;
}

/* The object that has this address is spared. */
void fail_spare(const void *address)
{
    spared = object_of(address);
}

static int fails(const void *caller)
{
    if (left < 0 || (spared && object_of(caller) == spared) || left-- > 0)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(block, size);
}
