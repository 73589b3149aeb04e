/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "allocations.h"
#include "arena.h"
#include "cases.h"
#include "expect.h"

static bool is_zeroed(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

/* Takes one piece of each size from 0 to `most` bytes, and fills it. */
static void take_and_fill(ofp_arena *arena, size_t most)
{
    for (size_t size = 0; size <= most; size++) {
        unsigned char *piece = ofp_arena_alloc(arena, size, 1);
        expect_each(piece && (uintptr_t)piece % alignof(max_align_t) == 0, "%zu bytes at %p", size,
                    (void *)piece);
        expect_each(is_zeroed(piece, size), "%zu bytes are not zeroed", size);
        memset(piece, 0xAA, size);
    }
}

START_TEST(gives_zeroed_and_aligned_memory)
{
    ofp_arena arena = {0};
    take_and_fill(&arena, 300);
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(pieces_do_not_overlap)
{
    enum { COUNT = 2000 };
    static unsigned char *pieces[COUNT];
    ofp_arena arena = {0};
    for (size_t i = 0; i < COUNT; i++) {
        pieces[i] = ofp_arena_alloc(&arena, 1 + i % 97, 3);
        memset(pieces[i], (int)(i % 251), 3 * (1 + i % 97));
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t byte = 0; byte < 3 * (1 + i % 97); byte++)
            expect_each(pieces[i][byte] == i % 251, "piece %zu, byte %zu", i, byte);
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(gives_pieces_larger_than_any_chunk)
{
    ofp_arena arena = {0};
    const size_t sizes[] = {1, 100000, 1, (size_t)5 << 20, 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *piece = ofp_arena_alloc(&arena, sizes[i], 1);
        ck_assert_ptr_nonnull(piece);
        ck_assert(is_zeroed(piece, sizes[i]));
        memset(piece, 1, sizes[i]);
    }
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(refuses_sizes_that_overflow)
{
    const struct {
        size_t count, size;
    } cases[] = {
        {SIZE_MAX, 2},       {SIZE_MAX / 2 + 1, 2}, {2, SIZE_MAX / 2 + 1}, {SIZE_MAX, SIZE_MAX},
        {1, SIZE_MAX},       {SIZE_MAX, 1},         {1, SIZE_MAX - 7},     {1, SIZE_MAX - 15},
        {1, SIZE_MAX - 16},  {1, SIZE_MAX - 31},    {1, SIZE_MAX - 64},    {SIZE_MAX / 8 - 1, 8},
        {SIZE_MAX / 16, 16},
    };
    ofp_arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(!ofp_arena_alloc(&arena, cases[i].count, cases[i].size), "%zu * %zu",
                      cases[i].count, cases[i].size);
    take_and_fill(&arena, 10); /* and still works */
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(copies_texts_with_an_end)
{
    ofp_arena arena = {0};
    char source[] = "northwind";
    char *copy = ofp_arena_copy(&arena, (ofp_text){source, 5});
    source[0] = 'x';
    ck_assert_str_eq(copy, "north");
    ck_assert_str_eq(ofp_arena_copy(&arena, (ofp_text){0}), "");
    ck_assert_str_eq(ofp_arena_copy(&arena, ofp_text_of("")), "");
    ck_assert_mem_eq(ofp_arena_copy(&arena, OFP_LITERAL("a\0b")), "a\0b", 4);
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(copies_arrays)
{
    const int32_t numbers[] = {3, 1, 2};
    ofp_arena arena = {0};
    int32_t *copy = ofp_arena_copy_array(&arena, numbers, 3, sizeof *numbers);
    ck_assert_ptr_ne(copy, numbers);
    ck_assert_mem_eq(copy, numbers, sizeof numbers);
    ck_assert_ptr_nonnull(ofp_arena_copy_array(&arena, NULL, 0, sizeof *numbers));
    ck_assert_ptr_null(ofp_arena_copy_array(&arena, numbers, SIZE_MAX / 2, sizeof *numbers));
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(reuses_its_memory_after_a_reset)
{
    ofp_arena arena = {0};
    /* Twice, so that the largest chunk has room for all. */
    for (int warm_up = 0; warm_up < 8; warm_up++) {
        take_and_fill(&arena, 300);
        ofp_arena_reset(&arena);
    }
    allocations_allow();
    take_and_fill(&arena, 300);
    ofp_arena_reset(&arena);
    ck_assert_uint_eq(allocations_count(), 0);
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(reset_and_free_take_an_empty_arena)
{
    ofp_arena arena = {0};
    ofp_arena_reset(&arena);
    ofp_arena_free(&arena);
    ofp_arena_free(&arena);
    take_and_fill(&arena, 3);
    ofp_arena_free(&arena);
    take_and_fill(&arena, 3);
    ofp_arena_free(&arena);
}
END_TEST

START_TEST(says_when_memory_is_out)
{
    ofp_arena arena = {0};
    allocations_fail_after(0);
    void *piece = ofp_arena_alloc(&arena, 1, 1);
    char *text = ofp_arena_copy(&arena, ofp_text_of("text"));
    void *array = ofp_arena_copy_array(&arena, "text", 4, 1);
    allocations_allow();
    ck_assert_ptr_null(piece);
    ck_assert_ptr_null(text);
    ck_assert_ptr_null(array);
    take_and_fill(&arena, 3);
    ofp_arena_free(&arena);
}
END_TEST

TCase *arena_case(void)
{
    TCase *tests = tcase_create("arena");
    tcase_add_test(tests, gives_zeroed_and_aligned_memory);
    tcase_add_test(tests, pieces_do_not_overlap);
    tcase_add_test(tests, gives_pieces_larger_than_any_chunk);
    tcase_add_test(tests, refuses_sizes_that_overflow);
    tcase_add_test(tests, copies_texts_with_an_end);
    tcase_add_test(tests, copies_arrays);
    tcase_add_test(tests, reuses_its_memory_after_a_reset);
    tcase_add_test(tests, reset_and_free_take_an_empty_arena);
    tcase_add_test(tests, says_when_memory_is_out);
    return tests;
}
