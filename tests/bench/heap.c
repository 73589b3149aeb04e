/* SPDX-License-Identifier: MIT */
#include "heap.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

static atomic_size_t allocations, bytes;

#ifndef SANITIZED
/* A program's own malloc() also serves its libraries; these are what glibc's are made of. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

static void *count_in(void *memory)
{
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&bytes, malloc_usable_size(memory), memory_order_relaxed);
    return memory;
}

static void count_out(void *memory)
{
    atomic_fetch_sub_explicit(&bytes, malloc_usable_size(memory), memory_order_relaxed);
}

__attribute__((visibility("default"))) void *malloc(size_t size)
{
    return count_in(__libc_malloc(size));
}

__attribute__((visibility("default"))) void *calloc(size_t count, size_t size)
{
    return count_in(__libc_calloc(count, size));
}

__attribute__((visibility("default"))) void *realloc(void *memory, size_t size)
{
    const size_t before = malloc_usable_size(memory);
    void *moved = __libc_realloc(memory, size);
    if (moved) {
        atomic_fetch_sub_explicit(&bytes, before, memory_order_relaxed);
        count_in(moved);
    }
    return moved;
}

__attribute__((visibility("default"))) void free(void *memory)
{
    count_out(memory);
    __libc_free(memory);
}
#endif

bool heap_is_counted(void)
{
#ifdef SANITIZED
    return false;
#else
    return true;
#endif
}

size_t heap_allocations(void)
{
    return atomic_load(&allocations);
}

size_t heap_bytes(void)
{
    return atomic_load(&bytes);
}
