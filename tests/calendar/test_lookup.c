/* SPDX-License-Identifier: MIT */
#include <check.h>

#include "allocations.h"
#include "cases.h"
#include "lookup.h"
#include "random.h"

static size_t find_slowly(const ofp_lookup *lookup, size_t count, int64_t key)
{
    size_t at = count - 1;
    while (lookup->values[at] > key)
        at--;
    return at;
}

static void expect_same(const ofp_lookup *lookup, size_t count, int64_t key)
{
    if (key < lookup->values[0] || key >= lookup->values[count])
        return;
    const size_t found = ofp_lookup_find(lookup, key);
    ck_assert_msg(found == find_slowly(lookup, count, key), "%lld: %zu of %zu", (long long)key,
                  found, count);
}

static void check_all(ofp_lookup *lookup, size_t count)
{
    ck_assert(ofp_lookup_index(lookup, count));
    for (size_t i = 0; i <= count; i++)
        for (int64_t near = -1; near <= 1; near++)
            expect_same(lookup, count, lookup->values[i] + near);
    ofp_lookup_release(lookup);
}

START_TEST(finds_what_a_slow_search_finds)
{
    static const uint32_t steps[] = {1, 2, 3, 1000, 1u << 31};
    random_source random = random_start("lookup");
    for (size_t round = 0; round < 500; round++) {
        ofp_lookup lookup = {0};
        const size_t count = 1 + random_below(&random, 200);
        const uint32_t step = steps[round % 5];
        ck_assert(ofp_lookup_reserve(&lookup, count));
        int64_t value = (int64_t)random_below(&random, 2000) - 1000;
        for (size_t i = 0; i <= count; i++) {
            lookup.values[i] = value;
            value += random_below(&random, step);
        }
        check_all(&lookup, count);
    }
}
END_TEST

START_TEST(finds_among_crowded_values)
{
    ofp_lookup lookup = {0};
    ck_assert(ofp_lookup_reserve(&lookup, 1001));
    lookup.values[0] = -5000000000;
    for (int i = 1; i <= 1000; i++)
        lookup.values[i] = 77 + i;
    lookup.values[1001] = 9000000000;
    check_all(&lookup, 1001);
}
END_TEST

START_TEST(passes_over_equal_values)
{
    ofp_lookup lookup = {0};
    static const int64_t values[] = {0, 0, 0, 5, 5, 9, 9};
    ck_assert(ofp_lookup_reserve(&lookup, 6));
    for (int i = 0; i < 7; i++)
        lookup.values[i] = values[i];
    ck_assert(ofp_lookup_index(&lookup, 6));
    ck_assert_uint_eq(ofp_lookup_find(&lookup, 0), 2);
    ck_assert_uint_eq(ofp_lookup_find(&lookup, 4), 2);
    ck_assert_uint_eq(ofp_lookup_find(&lookup, 5), 4);
    ck_assert_uint_eq(ofp_lookup_find(&lookup, 8), 4);
    ofp_lookup_release(&lookup);
}
END_TEST

START_TEST(reports_want_of_memory)
{
    ofp_lookup lookup = {0};
    allocations_fail_after(0);
    const bool reserved = ofp_lookup_reserve(&lookup, 3);
    allocations_allow();
    ck_assert(!reserved);
    ck_assert(ofp_lookup_reserve(&lookup, 1));
    lookup.values[0] = 0;
    lookup.values[1] = 10;
    allocations_fail_after(0);
    const bool indexed = ofp_lookup_index(&lookup, 1);
    allocations_allow();
    ck_assert(!indexed);
    ofp_lookup_release(&lookup);
}
END_TEST

TCase *lookup_case(void)
{
    TCase *tests = tcase_create("lookup");
    tcase_add_test(tests, finds_what_a_slow_search_finds);
    tcase_add_test(tests, finds_among_crowded_values);
    tcase_add_test(tests, passes_over_equal_values);
    tcase_add_test(tests, reports_want_of_memory);
    return tests;
}
