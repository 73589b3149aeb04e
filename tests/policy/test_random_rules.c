/* SPDX-License-Identifier: MIT */
/* The compiled bit sets against the conditions tried one by one, on random rules and facts. */
#include <stdlib.h>

#include "cases.h"
#include "conditions.h"
#include "expect.h"
#include "random.h"
#include "rules.h"

static random_source source;
static ofp_arena arena;

static void start(void)
{
    arena = (ofp_arena){0};
}

static void stop(void)
{
    ofp_arena_free(&arena);
}

/* Few values, so that conditions often hold; tags have more. */
static uint32_t value_range(uint32_t attribute)
{
    return attribute == OFP_ATTRIBUTE_TAG || attribute == OFP_ATTRIBUTE_ORG_TAG ? 30 : 4;
}

static int32_t *random_values(uint32_t attribute, size_t count)
{
    int32_t *values = ofp_arena_alloc(&arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (int32_t)random_below(&source, value_range(attribute));
    return values;
}

static ofp_condition random_condition(int depth);

static ofp_condition random_group(ofp_condition_kind kind, size_t count, int depth)
{
    ofp_condition *children = ofp_arena_alloc(&arena, count, sizeof *children);
    for (size_t i = 0; i < count; i++)
        children[i] = random_condition(depth - 1);
    return (ofp_condition){.kind = kind, .children = children, .child_count = count};
}

static ofp_condition random_test(void)
{
    const uint32_t attribute = random_below(&source, ATTRIBUTE_COUNT);
    const size_t most = random_below(&source, 20) ? 3 : 30;
    const size_t count = 1 + random_below(&source, (uint32_t)most);
    return (ofp_condition){.kind = OFP_CONDITION_VALUES,
                           .attribute = attribute,
                           .negated = random_below(&source, 3) == 0,
                           .values = random_values(attribute, count),
                           .value_count = count};
}

static ofp_condition random_condition(int depth)
{
    const uint32_t kind = depth > 0 ? random_below(&source, 8) : 7;
    switch (kind) {
    case 0:
        return random_group(OFP_CONDITION_ALL, random_below(&source, 4), depth);
    case 1:
        return random_group(OFP_CONDITION_ANY, random_below(&source, 4), depth);
    case 2:
        return random_group(OFP_CONDITION_NOT, 1, depth);
    default:
        return random_test();
    }
}

/* Is the attribute tested by one of the first `count` parts? */
static bool is_tested(const ofp_condition *parts, size_t count, uint32_t attribute)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].kind == OFP_CONDITION_VALUES && parts[i].attribute == attribute)
            return true;
    return false;
}

/* A whole `when`: no key twice, and sometimes no key or no condition at all. */
static const ofp_condition *random_when(void)
{
    if (random_below(&source, 50) == 0)
        return NULL;
    const size_t count = random_below(&source, 30) ? 1 + random_below(&source, 5) : 0;
    ofp_condition *parts = ofp_arena_alloc(&arena, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        do
            parts[i] = random_condition(3);
        while (parts[i].kind == OFP_CONDITION_VALUES && is_tested(parts, i, parts[i].attribute));
    const ofp_condition when = {.kind = OFP_CONDITION_ALL, .children = parts, .child_count = count};
    return ofp_arena_copy_array(&arena, &when, 1, sizeof when);
}

static void random_facts(ofp_fact facts[ATTRIBUTE_COUNT])
{
    for (uint32_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const bool is_set = value_range(i) > 4;
        const size_t count = random_below(&source, is_set ? 12 : 2);
        facts[i] = (ofp_fact){random_values(i, count), count};
    }
}

static int32_t first_one_by_one(const ofp_condition *const *whens, size_t count,
                                const ofp_fact *facts)
{
    for (size_t i = 0; i < count; i++)
        if (!whens[i] || ofp_condition_holds(whens[i], facts))
            return (int32_t)i;
    return -1;
}

/* How often a rule behind the first word of bits was found. */
static size_t far_finds;

static void compare(const ofp_condition *const *whens, size_t count)
{
    const ofp_rules *rules = ofp_rules_compile(&arena, whens, count, ATTRIBUTE_COUNT);
    ck_assert_ptr_nonnull(rules);
    uint64_t *work = malloc(8 * ofp_rules_work_size(rules) + 1);
    for (int round = 0; round < 50; round++) {
        ofp_fact facts[ATTRIBUTE_COUNT];
        random_facts(facts);
        const int32_t expected = first_one_by_one(whens, count, facts);
        const int32_t found = ofp_rules_first(rules, facts, work);
        expect_each(found == expected, "%zu rules: %d, not %d", count, found, expected);
        far_finds += found >= 64;
        for (int32_t rule = 0; rule < (int32_t)count && rule <= found + 1; rule++) {
            const int part = ofp_rules_failed_part(rules, rule, facts);
            const bool holds = !whens[rule] || ofp_condition_holds(whens[rule], facts);
            expect_each((part == OFP_PART_NONE) == holds, "rule %d: part %d", rule, part);
        }
    }
    free(work);
}

static const size_t counts[] = {1, 2, 5, 30, 63, 64, 65, 127, 128, 129, 400, 1000};

/* A `when` that seldom holds: a value each of some attributes. */
static const ofp_condition *rare_when(void)
{
    static const uint32_t attributes[] = {OFP_ATTRIBUTE_LEVEL, OFP_ATTRIBUTE_TAG, FIELD_FORM};
    enum { COUNT = 3 };
    ofp_condition parts[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        parts[i] = (ofp_condition){.kind = OFP_CONDITION_VALUES,
                                   .attribute = attributes[i],
                                   .negated = random_below(&source, 20) == 0,
                                   .values = random_values(attributes[i], 1),
                                   .value_count = 1};
    const ofp_condition when = {.kind = OFP_CONDITION_ALL,
                                .children =
                                    ofp_arena_copy_array(&arena, parts, COUNT, sizeof *parts),
                                .child_count = COUNT};
    return ofp_arena_copy_array(&arena, &when, 1, sizeof when);
}

static void compare_lists(const ofp_condition *(*make_when)(void))
{
    for (size_t list = 0; list < 20 * COUNT_OF(counts); list++) {
        const ofp_condition *whens[1000];
        const size_t count = counts[list % COUNT_OF(counts)];
        for (size_t i = 0; i < count; i++)
            whens[i] = make_when();
        compare(whens, count);
        ofp_arena_reset(&arena);
    }
}

START_TEST(agree_with_conditions_tried_one_by_one)
{
    source = random_start("random rules");
    compare_lists(random_when);
}
END_TEST

START_TEST(agree_where_the_first_stands_far_behind)
{
    source = random_start("rare rules");
    far_finds = 0;
    compare_lists(rare_when);
    ck_assert_uint_gt(far_finds, 1000);
}
END_TEST

TCase *random_rules_case(void)
{
    TCase *tests = tcase_create("random rules");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, agree_with_conditions_tried_one_by_one);
    tcase_add_test(tests, agree_where_the_first_stands_far_behind);
    return tests;
}
