/* SPDX-License-Identifier: MIT */
#include "condition.h"

static bool has_bit(const ofp_condition *condition, const uint64_t *bits)
{
    for (size_t i = 0; i < condition->value_count; i++) {
        const uint32_t value = (uint32_t)condition->values[i];
        if (bits[value / 64] >> (value % 64) & 1)
            return true;
    }
    return false;
}

static bool has_value(const ofp_condition *condition, ofp_fact fact)
{
    if (fact.bits)
        return has_bit(condition, fact.bits);
    for (size_t i = 0; i < fact.count; i++) {
        for (size_t j = 0; j < condition->value_count; j++) {
            if (fact.values[i] == condition->values[j])
                return true;
        }
    }
    return false;
}

/* Is there a child that holds (or, for false, one that does not)? */
static bool any_child(const ofp_condition *condition, const ofp_fact *facts, bool outcome)
{
    for (size_t i = 0; i < condition->child_count; i++) {
        if (ofp_condition_holds(&condition->children[i], facts) == outcome)
            return true;
    }
    return false;
}

/* The depth of a policy file bounds the recursion. */
bool ofp_condition_holds(const ofp_condition *condition, const ofp_fact *facts)
{
    switch (condition->kind) {
    case OFP_CONDITION_VALUES:
        return has_value(condition, facts[condition->attribute]) != condition->negated;
    case OFP_CONDITION_ALL:
        return !any_child(condition, facts, false);
    case OFP_CONDITION_ANY:
        return any_child(condition, facts, true);
    case OFP_CONDITION_NOT:
        break;
    }
    return !any_child(condition, facts, true);
}

/* The depth of a policy file bounds the recursion. */
size_t ofp_condition_size(const ofp_condition *condition)
{
    if (!condition)
        return 0;
    size_t size = 1 + condition->value_count;
    for (size_t i = 0; i < condition->child_count; i++)
        size += ofp_condition_size(&condition->children[i]);
    return size;
}

static int part_of(const ofp_condition *condition)
{
    switch (condition->kind) {
    case OFP_CONDITION_VALUES:
        return (int)condition->attribute;
    case OFP_CONDITION_ALL:
        return OFP_PART_ALL;
    case OFP_CONDITION_ANY:
        return OFP_PART_ANY;
    case OFP_CONDITION_NOT:
        break;
    }
    return OFP_PART_NOT;
}

int ofp_condition_failed_part(const ofp_condition *when, const ofp_fact *facts)
{
    for (size_t i = 0; i < when->child_count; i++) {
        if (!ofp_condition_holds(&when->children[i], facts))
            return part_of(&when->children[i]);
    }
    return OFP_PART_NONE;
}
