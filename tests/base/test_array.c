/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "allocations.h"
#include "array.h"
#include "cases.h"
#include "expect.h"

typedef struct numbers {
    int64_t *items;
    size_t count, capacity;
} numbers;

static bool push(numbers *array, int64_t number)
{
    if (!OFP_ARRAY_GROW(array))
        return false;
    array->items[array->count++] = number;
    return true;
}

START_TEST(keeps_what_is_there_while_it_grows)
{
    numbers array = {0};
    for (int64_t i = 0; i < 5000; i++)
        expect_each(push(&array, i * i), "%zu", array.count);
    ck_assert_uint_ge(array.capacity, 5000);
    for (int64_t i = 0; i < 5000; i++)
        expect_each(array.items[i] == i * i, "%d", (int)i);
    free(array.items);
}
END_TEST

START_TEST(grows_in_few_steps)
{
    numbers array = {0};
    allocations_allow();
    for (int64_t i = 0; i < 100000; i++)
        push(&array, i);
    const size_t asked = allocations_count();
    ck_assert_uint_lt(asked, 40);
    free(array.items);
}
END_TEST

START_TEST(reserves_once_for_many)
{
    numbers array = {0};
    ck_assert(ofp_array_reserve(&array.items, &array.capacity, 1000, sizeof *array.items));
    ck_assert_uint_ge(array.capacity, 1000);
    allocations_allow();
    const bool reserved =
        ofp_array_reserve(&array.items, &array.capacity, 1000, sizeof *array.items);
    for (int64_t i = 0; i < 1000; i++)
        push(&array, i);
    const size_t asked = allocations_count();
    ck_assert(reserved);
    ck_assert_uint_eq(asked, 0);
    free(array.items);
}
END_TEST

START_TEST(stays_as_it_is_when_it_can_not_grow)
{
    numbers array = {0};
    ck_assert(push(&array, 7));
    const numbers before = array;
    const size_t too_many[] = {SIZE_MAX, SIZE_MAX / 8, SIZE_MAX / 8 + 1, SIZE_MAX / 16 + 1};
    for (size_t i = 0; i < sizeof too_many / sizeof *too_many; i++)
        ck_assert_msg(
            !ofp_array_reserve(&array.items, &array.capacity, too_many[i], sizeof *array.items),
            "%zu", too_many[i]);
    allocations_fail_after(0);
    const bool grown = ofp_array_reserve(&array.items, &array.capacity, 1000, sizeof *array.items);
    allocations_allow();
    ck_assert(!grown);
    ck_assert_mem_eq(&array, &before, sizeof array);
    ck_assert_int_eq(array.items[0], 7);
    free(array.items);
}
END_TEST

TCase *array_case(void)
{
    TCase *tests = tcase_create("array");
    tcase_add_test(tests, keeps_what_is_there_while_it_grows);
    tcase_add_test(tests, grows_in_few_steps);
    tcase_add_test(tests, reserves_once_for_many);
    tcase_add_test(tests, stays_as_it_is_when_it_can_not_grow);
    return tests;
}
