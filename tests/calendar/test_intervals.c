/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>

#include "allocations.h"
#include "cases.h"
#include "intervals.h"

static ofp_intervals list_of(const ofp_period *periods, size_t count)
{
    ofp_intervals list = {0};
    for (size_t i = 0; i < count; i++)
        ck_assert(ofp_intervals_add(&list, periods[i].from, periods[i].to));
    return list;
}

static void expect_list(const ofp_intervals *list, const ofp_period *wanted, size_t count)
{
    ck_assert_uint_eq(list->count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(list->items[i].from, wanted[i].from);
        ck_assert_int_eq(list->items[i].to, wanted[i].to);
    }
}

START_TEST(drops_what_is_empty)
{
    static const ofp_period given[] = {{5, 5}, {7, 6}, {1, 2}};
    ofp_intervals list = list_of(given, 3);
    expect_list(&list, &given[2], 1);
    free(list.items);
}
END_TEST

START_TEST(unites_overlapping_and_touching_ones)
{
    static const ofp_period given[] = {{30, 40}, {1, 5},   {5, 7},   {3, 4},
                                       {32, 33}, {39, 45}, {47, 48}, {-9, -8}};
    static const ofp_period wanted[] = {{-9, -8}, {1, 7}, {30, 45}, {47, 48}};
    ofp_intervals list = list_of(given, 8);
    ofp_intervals_unite(&list);
    expect_list(&list, wanted, 4);
    ck_assert_int_eq(ofp_intervals_length(&list), 1 + 6 + 15 + 1);
    ofp_intervals_unite(&list);
    expect_list(&list, wanted, 4);
    free(list.items);
}
END_TEST

START_TEST(clips_at_both_ends)
{
    static const ofp_period given[] = {{0, 5}, {8, 12}, {15, 30}, {40, 50}};
    static const ofp_period wanted[] = {{4, 5}, {8, 12}, {15, 20}};
    ofp_intervals list = list_of(given, 4);
    ofp_intervals_clip(&list, 4, 20);
    expect_list(&list, wanted, 3);
    ofp_intervals_clip(&list, 5, 8);
    expect_list(&list, NULL, 0);
    ck_assert_int_eq(ofp_intervals_length(&list), 0);
    free(list.items);
}
END_TEST

START_TEST(does_nothing_to_an_empty_list)
{
    ofp_intervals list = {0};
    ofp_intervals_unite(&list);
    ofp_intervals_clip(&list, 0, 1);
    expect_list(&list, NULL, 0);
}
END_TEST

START_TEST(reports_want_of_memory)
{
    ofp_intervals list = {0};
    allocations_fail_after(0);
    const bool empty_added = ofp_intervals_add(&list, 3, 3);
    const bool added = ofp_intervals_add(&list, 3, 4);
    allocations_allow();
    ck_assert(empty_added && !added);
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

TCase *intervals_case(void)
{
    TCase *tests = tcase_create("intervals");
    tcase_add_test(tests, drops_what_is_empty);
    tcase_add_test(tests, unites_overlapping_and_touching_ones);
    tcase_add_test(tests, clips_at_both_ends);
    tcase_add_test(tests, does_nothing_to_an_empty_list);
    tcase_add_test(tests, reports_want_of_memory);
    return tests;
}
