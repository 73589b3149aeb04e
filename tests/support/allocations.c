/* SPDX-License-Identifier: MIT */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "allocations.h"

/* No machine has so much; refused here, because sanitizers end a program that asks for it. */
static const size_t absurd_size = SIZE_MAX / 1024;

/* Threads allocate at once. */
static atomic_size_t asked;
static atomic_size_t first_failing = SIZE_MAX, failing_end = SIZE_MAX;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static void fail_between(size_t first, size_t end)
{
    first_failing = first;
    failing_end = end;
    asked = 0;
}

void allocations_fail_after(size_t count)
{
    fail_between(count, SIZE_MAX);
}

void allocations_fail_at(size_t count)
{
    fail_between(count, count + 1);
}

void allocations_allow(void)
{
    fail_between(SIZE_MAX, SIZE_MAX);
}

size_t allocations_count(void)
{
    return asked;
}

static bool may_allocate(size_t size)
{
    const size_t number = asked++;
    return (number < first_failing || number >= failing_end) && size < absurd_size;
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
