/* SPDX-License-Identifier: MIT */
/* Writing conditions and facts as C, for the tests of this room. */
#ifndef OFP_TEST_CONDITIONS_H
#define OFP_TEST_CONDITIONS_H

#include "condition.h"

/* The attributes of these tests: the built-in ones and two fields. */
enum { FIELD_FORM = OFP_ATTRIBUTE_FIELD, FIELD_REGION, ATTRIBUTE_COUNT };

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/** The attribute has one of these values. */
#define HAS(which, ...) \
    (ofp_condition) \
    { \
        .kind = OFP_CONDITION_VALUES, .attribute = (which), \
        .values = (const int32_t[]){__VA_ARGS__}, \
        .value_count = COUNT_OF(((const int32_t[]){__VA_ARGS__})) \
    }

/** The attribute has none of these values. */
#define HAS_NOT(which, ...) \
    (ofp_condition) \
    { \
        .kind = OFP_CONDITION_VALUES, .attribute = (which), .negated = true, \
        .values = (const int32_t[]){__VA_ARGS__}, \
        .value_count = COUNT_OF(((const int32_t[]){__VA_ARGS__})) \
    }

#define GROUP_OF(which, ...) \
    (ofp_condition) \
    { \
        .kind = (which), .children = (const ofp_condition[]){__VA_ARGS__}, \
        .child_count = COUNT_OF(((const ofp_condition[]){__VA_ARGS__})) \
    }

#define ALL(...) GROUP_OF(OFP_CONDITION_ALL, __VA_ARGS__)
#define ANY(...) GROUP_OF(OFP_CONDITION_ANY, __VA_ARGS__)
#define NOT(child) GROUP_OF(OFP_CONDITION_NOT, child)

/** Conditions without children. */
#define ALWAYS ((ofp_condition){.kind = OFP_CONDITION_ALL})
#define NEVER ((ofp_condition){.kind = OFP_CONDITION_ANY})

/** A fact with these values. */
#define FACT(...) \
    (ofp_fact) \
    { \
        (const int32_t[]){__VA_ARGS__}, COUNT_OF(((const int32_t[]){__VA_ARGS__})) \
    }

#endif
