/* SPDX-License-Identifier: MIT */
/* Loaded before everything else: lets one allocation of the process fail, whoever asks for it. */
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

static int fails(void)
{
    if (left < 0 || left-- > 0)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails() ? NULL : __libc_realloc(block, size);
}
