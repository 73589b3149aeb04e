/* SPDX-License-Identifier: MIT */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "allocations.h"

/* No machine has so much; refused here, because sanitizers end a program that asks for it. */
static const size_t absurd_size = SIZE_MAX / 1024;

/* Threads allocate at once. */
static atomic_size_t allowed = SIZE_MAX;
static atomic_size_t asked;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void allocations_fail_after(size_t count)
{
    allowed = count;
    asked = 0;
}

void allocations_allow(void)
{
    allocations_fail_after(SIZE_MAX);
}

size_t allocations_count(void)
{
    return asked;
}

static bool may_allocate(size_t size)
{
    return asked++ < allowed && size < absurd_size;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate(size) ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    const bool overflows = size && count > absurd_size / size;
    return may_allocate(overflows ? SIZE_MAX : count * size) ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *memory, size_t size)
{
    return may_allocate(size) ? __real_realloc(memory, size) : NULL;
}
