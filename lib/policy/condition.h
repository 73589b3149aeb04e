/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Conditions (`when`) as trees, and the facts about one ticket that they are held against.
 *
 * Every fact is a set of small numbers: an attribute such as the level has at most one, tags have
 * any number. "Missing" is the empty set, which equals no value.
 */
#ifndef OFP_CONDITION_H
#define OFP_CONDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What can be tested. Declared fields follow: field number i is OFP_ATTRIBUTE_FIELD + i. */
enum {
    OFP_ATTRIBUTE_LEVEL,
    OFP_ATTRIBUTE_OFFERING,
    OFP_ATTRIBUTE_PRIORITY,
    OFP_ATTRIBUTE_VERDICT,
    OFP_ATTRIBUTE_TAG,
    OFP_ATTRIBUTE_ORG_TAG,
    OFP_ATTRIBUTE_FIELD,
};

/** The values of one attribute, by their indexes in the policy. */
typedef struct ofp_fact {
    const int32_t *values;
    size_t count;
    const uint64_t *bits; /* one for each value that conditions name; NULL: ask `values` */
} ofp_fact;

typedef enum ofp_condition_kind {
    OFP_CONDITION_VALUES, /* the attribute has (or, negated, has not) one of these values */
    OFP_CONDITION_ALL,    /* every child holds; without children it always does */
    OFP_CONDITION_ANY,    /* at least one child holds */
    OFP_CONDITION_NOT,    /* the only child does not hold */
} ofp_condition_kind;

typedef struct ofp_condition ofp_condition;
struct ofp_condition {
    ofp_condition_kind kind;
    uint32_t attribute; /* OFP_CONDITION_VALUES: which */
    bool negated;       /* OFP_CONDITION_VALUES: {not: […]} */
    const int32_t *values;
    size_t value_count;
    const ofp_condition *children; /* of the other kinds */
    size_t child_count;
};

/**
 * Does the condition hold?
 * @param facts by attribute; all attributes that the policy knows
 */
bool ofp_condition_holds(const ofp_condition *condition, const ofp_fact *facts);

/** How many conditions and values a tree has: what asking it costs at worst. @param condition or
 * NULL */
size_t ofp_condition_size(const ofp_condition *condition);

/** What a failed part of a `when` is called: an attribute's number, or one of these. */
enum { OFP_PART_NONE = -1, OFP_PART_ALL = -2, OFP_PART_ANY = -3, OFP_PART_NOT = -4 };

/**
 * The first part of a `when` that does not hold, in the order written; OFP_PART_NONE: it holds.
 * @param when a whole `when`: of kind OFP_CONDITION_ALL, one child a key
 */
int ofp_condition_failed_part(const ofp_condition *when, const ofp_fact *facts);

#endif
