/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "allocations.h"
#include "cases.h"
#include "conditions.h"
#include "rules.h"

static ofp_arena arena;

static void start(void)
{
    arena = (ofp_arena){0};
}

static void stop(void)
{
    allocations_allow();
    ofp_arena_free(&arena);
}

static int32_t first(const ofp_condition *const *whens, size_t count, const ofp_fact *facts)
{
    const ofp_rules *rules = ofp_rules_compile(&arena, whens, count, ATTRIBUTE_COUNT);
    ck_assert_ptr_nonnull(rules);
    uint64_t *work = malloc(8 * ofp_rules_work_size(rules) + 1);
    const int32_t found = ofp_rules_first(rules, facts, work);
    free(work);
    return found;
}

START_TEST(an_empty_list_has_no_rule_that_holds)
{
    const ofp_fact facts[ATTRIBUTE_COUNT] = {0};
    ck_assert_int_eq(first(NULL, 0, facts), -1);
}
END_TEST

START_TEST(the_first_that_holds_counts)
{
    const ofp_condition high = ALL(HAS(OFP_ATTRIBUTE_LEVEL, 2, 3), HAS(FIELD_FORM, 1));
    const ofp_condition middle = ALL(HAS(OFP_ATTRIBUTE_LEVEL, 2));
    const ofp_condition tagged = ALL(HAS(OFP_ATTRIBUTE_TAG, 5, 900));
    const ofp_condition *const whens[] = {&high, &middle, &tagged};
    ofp_fact facts[ATTRIBUTE_COUNT] = {[OFP_ATTRIBUTE_LEVEL] = FACT(2)};
    ck_assert_int_eq(first(whens, 3, facts), 1);
    facts[FIELD_FORM] = FACT(1);
    ck_assert_int_eq(first(whens, 3, facts), 0);
    facts[OFP_ATTRIBUTE_LEVEL] = FACT(1);
    ck_assert_int_eq(first(whens, 3, facts), -1);
    facts[OFP_ATTRIBUTE_TAG] = FACT(1, 900, 4);
    ck_assert_int_eq(first(whens, 3, facts), 2);
}
END_TEST

START_TEST(a_rule_without_a_condition_always_holds)
{
    const ofp_condition never = ALL(NEVER), always = ALWAYS;
    const ofp_condition *const whens[] = {&never, NULL, &always};
    const ofp_fact facts[ATTRIBUTE_COUNT] = {0};
    ck_assert_int_eq(first(whens, 3, facts), 1);
    ck_assert_int_eq(first(whens, 1, facts), -1);
    ck_assert_int_eq(first(whens + 2, 1, facts), 0);
}
END_TEST

/* Lists as long as a word of bits, and a little shorter and longer: each rule is found. */
START_TEST(every_rule_of_a_long_list_is_found)
{
    static const size_t counts[] = {1, 2, 63, 64, 65, 127, 128, 129, 500};
    ofp_condition conditions[500], lasts[500];
    const ofp_condition *whens[500];
    int32_t values[500];
    for (size_t i = 0; i < 500; i++) {
        values[i] = (int32_t)i;
        lasts[i] = (ofp_condition){.kind = OFP_CONDITION_VALUES,
                                   .attribute = OFP_ATTRIBUTE_TAG,
                                   .values = &values[i],
                                   .value_count = 1};
        conditions[i] =
            (ofp_condition){.kind = OFP_CONDITION_ALL, .children = &lasts[i], .child_count = 1};
        whens[i] = &conditions[i];
    }
    for (size_t n = 0; n < COUNT_OF(counts); n++)
        for (size_t i = 0; i <= counts[n]; i++) {
            const int32_t tag = (int32_t)i;
            const ofp_fact facts[ATTRIBUTE_COUNT] = {[OFP_ATTRIBUTE_TAG] = {&tag, 1}};
            const int32_t wanted = i < counts[n] ? tag : -1;
            const int32_t found = first(whens, counts[n], facts);
            ck_assert_msg(found == wanted, "%zu rules, rule %zu: %d", counts[n], i, found);
        }
}
END_TEST

/* Values that no condition names, and more of them than any does. */
START_TEST(values_without_a_condition_change_nothing)
{
    const ofp_condition one = ALL(HAS(OFP_ATTRIBUTE_TAG, 3)),
                        not_one = ALL(HAS_NOT(OFP_ATTRIBUTE_TAG, 3));
    const ofp_condition *const whens[] = {&one, &not_one};
    ofp_fact facts[ATTRIBUTE_COUNT] = {[OFP_ATTRIBUTE_TAG] = FACT(0, 4, 1000000, INT32_MAX)};
    ck_assert_int_eq(first(whens, 2, facts), 1);
    facts[OFP_ATTRIBUTE_TAG] = FACT(1000000, 3, INT32_MAX);
    ck_assert_int_eq(first(whens, 2, facts), 0);
    facts[OFP_ATTRIBUTE_TAG] = FACT(3, 3, 3);
    ck_assert_int_eq(first(whens, 2, facts), 0);
}
END_TEST

START_TEST(tells_which_part_failed)
{
    const ofp_condition high = ALL(HAS(OFP_ATTRIBUTE_LEVEL, 2), HAS(FIELD_FORM, 1));
    const ofp_condition *const whens[] = {NULL, &high};
    const ofp_rules *rules = ofp_rules_compile(&arena, whens, 2, ATTRIBUTE_COUNT);
    ofp_fact facts[ATTRIBUTE_COUNT] = {0};
    ck_assert_int_eq(ofp_rules_failed_part(rules, 0, facts), OFP_PART_NONE);
    ck_assert_int_eq(ofp_rules_failed_part(rules, 1, facts), OFP_ATTRIBUTE_LEVEL);
    facts[OFP_ATTRIBUTE_LEVEL] = FACT(2);
    ck_assert_int_eq(ofp_rules_failed_part(rules, 1, facts), FIELD_FORM);
}
END_TEST

/* Memory runs out at each allocation in turn, in lists so long that each piece needs its own. */
START_TEST(says_when_memory_is_out)
{
    const ofp_condition wanted = ALL(HAS(OFP_ATTRIBUTE_LEVEL, 2), NOT(ANY(HAS(FIELD_FORM, 1))));
    const ofp_condition rare = ALL(HAS(OFP_ATTRIBUTE_TAG, 30000));
    const ofp_condition unwanted = ALL(HAS_NOT(FIELD_FORM, 2));
    static const ofp_condition *whens[50000];
    const ofp_rules *rules = NULL;
    size_t allowed = 0;
    for (size_t i = 0; i < COUNT_OF(whens); i++)
        whens[i] = i % 1000 == 0 ? &rare : i % 2 ? &wanted : &unwanted;
    for (; !rules; allowed++) {
        ofp_arena_free(&arena);
        allocations_fail_after(allowed);
        rules = ofp_rules_compile(&arena, whens, COUNT_OF(whens), ATTRIBUTE_COUNT);
        const size_t asked = allocations_count();
        allocations_allow();
        ck_assert_int_eq(rules != NULL, asked <= allowed);
    }
    ck_assert_uint_gt(allowed, 5);
}
END_TEST

TCase *rules_case(void)
{
    TCase *tests = tcase_create("rules");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, an_empty_list_has_no_rule_that_holds);
    tcase_add_test(tests, the_first_that_holds_counts);
    tcase_add_test(tests, a_rule_without_a_condition_always_holds);
    tcase_add_test(tests, every_rule_of_a_long_list_is_found);
    tcase_add_test(tests, values_without_a_condition_change_nothing);
    tcase_add_test(tests, tells_which_part_failed);
    tcase_add_test(tests, says_when_memory_is_out);
    return tests;
}
