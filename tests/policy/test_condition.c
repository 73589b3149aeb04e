/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "conditions.h"

/* Level 2, offering 0, priority 1, tags 3, 7 and 40, form 1; no verdict, org tags or region. */
static const int32_t tags[] = {3, 7, 40};
static const int32_t zero = 0, one = 1, two = 2;
static const ofp_fact facts[ATTRIBUTE_COUNT] = {
    [OFP_ATTRIBUTE_LEVEL] = {&two, 1},
    [OFP_ATTRIBUTE_OFFERING] = {&zero, 1},
    [OFP_ATTRIBUTE_PRIORITY] = {&one, 1},
    [OFP_ATTRIBUTE_TAG] = {tags, 3},
    [FIELD_FORM] = {&one, 1},
};

static bool holds(ofp_condition condition)
{
    return ofp_condition_holds(&condition, facts);
}

START_TEST(compares_single_values)
{
    ck_assert(holds(HAS(OFP_ATTRIBUTE_LEVEL, 2)));
    ck_assert(!holds(HAS(OFP_ATTRIBUTE_LEVEL, 1)));
    ck_assert(holds(HAS(OFP_ATTRIBUTE_LEVEL, 1, 2, 3)));
    ck_assert(holds(HAS(OFP_ATTRIBUTE_LEVEL, 3, 2)));
    ck_assert(!holds(HAS(OFP_ATTRIBUTE_LEVEL, 0, 1, 3)));
    ck_assert(!holds(HAS_NOT(OFP_ATTRIBUTE_LEVEL, 2)));
    ck_assert(!holds(HAS_NOT(OFP_ATTRIBUTE_LEVEL, 0, 2)));
    ck_assert(holds(HAS_NOT(OFP_ATTRIBUTE_LEVEL, 0, 1)));
    ck_assert(holds(HAS(OFP_ATTRIBUTE_OFFERING, 0)));
    ck_assert(holds(HAS(FIELD_FORM, 1)));
}
END_TEST

START_TEST(compares_sets_of_values)
{
    ck_assert(holds(HAS(OFP_ATTRIBUTE_TAG, 7)));
    ck_assert(holds(HAS(OFP_ATTRIBUTE_TAG, 9, 40)));
    ck_assert(!holds(HAS(OFP_ATTRIBUTE_TAG, 9, 10)));
    ck_assert(!holds(HAS_NOT(OFP_ATTRIBUTE_TAG, 9, 40)));
    ck_assert(holds(HAS_NOT(OFP_ATTRIBUTE_TAG, 9, 10)));
}
END_TEST

/* Many tags come as bits too, which then count. */
START_TEST(compares_bits)
{
    const uint64_t bits[] = {UINT64_C(1) << 63, 1};
    const ofp_fact many[ATTRIBUTE_COUNT] = {[OFP_ATTRIBUTE_TAG] = {tags, 3, bits}};
    static const struct {
        int32_t value;
        bool holds;
    } cases[] = {{3, false}, {62, false}, {63, true}, {64, true}, {65, false}, {127, false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const ofp_condition has = HAS(OFP_ATTRIBUTE_TAG, cases[i].value);
        const ofp_condition has_not = HAS_NOT(OFP_ATTRIBUTE_TAG, 1, cases[i].value);
        ck_assert_msg(ofp_condition_holds(&has, many) == cases[i].holds, "%d", cases[i].value);
        ck_assert_msg(ofp_condition_holds(&has_not, many) != cases[i].holds, "%d", cases[i].value);
    }
}
END_TEST

START_TEST(has_a_size)
{
    const ofp_condition condition = ALL(HAS(OFP_ATTRIBUTE_TAG, 1, 2), NOT(HAS(FIELD_FORM, 1)));
    ck_assert_uint_eq(ofp_condition_size(&condition), 1 + 3 + 1 + 2);
    ck_assert_uint_eq(ofp_condition_size(NULL), 0);
}
END_TEST

START_TEST(what_is_missing_equals_nothing)
{
    const uint32_t missing[] = {OFP_ATTRIBUTE_VERDICT, OFP_ATTRIBUTE_ORG_TAG, FIELD_REGION};
    for (size_t i = 0; i < COUNT_OF(missing); i++) {
        ck_assert(!holds(HAS(missing[i], 0)));
        ck_assert(!holds(HAS(missing[i], 0, 1, 2)));
        ck_assert(holds(HAS_NOT(missing[i], 0)));
        ck_assert(holds(NOT(HAS(missing[i], 0))));
        ck_assert(!holds(NOT(HAS_NOT(missing[i], 0))));
    }
}
END_TEST

START_TEST(combines)
{
    const ofp_condition yes = HAS(OFP_ATTRIBUTE_LEVEL, 2), no = HAS(OFP_ATTRIBUTE_LEVEL, 1);
    ck_assert(holds(ALL(yes, yes)));
    ck_assert(!holds(ALL(yes, no)));
    ck_assert(!holds(ALL(no, yes)));
    ck_assert(!holds(ALL(no)));
    ck_assert(holds(ANY(no, yes)));
    ck_assert(holds(ANY(yes, no)));
    ck_assert(!holds(ANY(no, no)));
    ck_assert(holds(NOT(no)));
    ck_assert(!holds(NOT(yes)));
    ck_assert(holds(ALWAYS));
    ck_assert(!holds(NEVER));
    ck_assert(!holds(NOT(ALWAYS)));
    ck_assert(holds(NOT(NEVER)));
}
END_TEST

START_TEST(nests)
{
    const ofp_condition yes = HAS(OFP_ATTRIBUTE_TAG, 40), no = HAS(OFP_ATTRIBUTE_TAG, 41);
    ck_assert(holds(ALL(ANY(no, ALL(yes, NOT(no))), NOT(ALL(yes, no)))));
    ck_assert(!holds(NOT(ANY(no, ALL(yes, NOT(no))))));
    ck_assert(holds(NOT(NOT(NOT(NOT(yes))))));
    ck_assert(!holds(ANY(NOT(ANY(yes)), ALL(no, yes))));
}
END_TEST

static int failed_part(ofp_condition when)
{
    return ofp_condition_failed_part(&when, facts);
}

START_TEST(names_the_first_part_that_fails)
{
    const ofp_condition yes = HAS(OFP_ATTRIBUTE_LEVEL, 2), no = HAS(FIELD_FORM, 0);
    ck_assert_int_eq(failed_part(ALWAYS), OFP_PART_NONE);
    ck_assert_int_eq(failed_part(ALL(yes, HAS(FIELD_FORM, 1))), OFP_PART_NONE);
    ck_assert_int_eq(failed_part(ALL(yes, no)), FIELD_FORM);
    ck_assert_int_eq(failed_part(ALL(no, HAS(OFP_ATTRIBUTE_TAG, 1))), FIELD_FORM);
    ck_assert_int_eq(failed_part(ALL(yes, HAS(OFP_ATTRIBUTE_TAG, 1), no)), OFP_ATTRIBUTE_TAG);
    ck_assert_int_eq(failed_part(ALL(HAS_NOT(OFP_ATTRIBUTE_LEVEL, 2))), OFP_ATTRIBUTE_LEVEL);
    ck_assert_int_eq(failed_part(ALL(HAS(FIELD_REGION, 0))), FIELD_REGION);
    ck_assert_int_eq(failed_part(ALL(yes, ALL(yes, no))), OFP_PART_ALL);
    ck_assert_int_eq(failed_part(ALL(yes, ANY(no, no))), OFP_PART_ANY);
    ck_assert_int_eq(failed_part(ALL(NOT(yes), no)), OFP_PART_NOT);
    ck_assert_int_eq(failed_part(ALL(NOT(no), ANY(no, yes), ALL(yes))), OFP_PART_NONE);
}
END_TEST

TCase *condition_case(void)
{
    TCase *tests = tcase_create("condition");
    tcase_add_test(tests, compares_single_values);
    tcase_add_test(tests, compares_sets_of_values);
    tcase_add_test(tests, compares_bits);
    tcase_add_test(tests, has_a_size);
    tcase_add_test(tests, what_is_missing_equals_nothing);
    tcase_add_test(tests, combines);
    tcase_add_test(tests, nests);
    tcase_add_test(tests, names_the_first_part_that_fails);
    return tests;
}
