/* SPDX-License-Identifier: MIT */
#include "steps.h"

/* So many tags are compared one by one. */
enum { FEW_TAGS = 16 };

/* Tags as bits: with many of them, conditions are held against these. */
static uint64_t *mark_tags(ofp_scratch *scratch, const int32_t *tags, size_t count)
{
    const size_t words = (scratch->decision.policy->tag_names.count + 63) / 64;
    uint64_t *bits = ofp_arena_alloc(&scratch->arena, words, sizeof *bits);
    for (size_t i = 0; bits && i < count; i++)
        bits[tags[i] / 64] |= UINT64_C(1) << (tags[i] % 64);
    return bits;
}

/* The policy's numbers of those tags that it knows. */
static bool find_tags(ofp_scratch *scratch, const ofp_text *tags, size_t count, ofp_fact *ret)
{
    const ofp_names *known = &scratch->decision.policy->tag_names;
    int32_t *found = ofp_arena_take(&scratch->arena, count, sizeof *found);
    if (!found)
        return false;
    size_t found_count = 0;
    for (size_t i = 0; i < count; i++) {
        found[found_count] = ofp_names_find(known, tags[i]);
        found_count += found[found_count] >= 0;
    }
    *ret = (ofp_fact){.values = found, .count = found_count};
    if (found_count > FEW_TAGS)
        ret->bits = mark_tags(scratch, found, found_count);
    return found_count <= FEW_TAGS || ret->bits;
}

bool ofp_decide_facts(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    const ofp_request *request = decision->request;
    const size_t attribute_count = ofp_policy_attribute_count(decision->policy);
    ofp_fact *facts = ofp_arena_alloc(&scratch->arena, attribute_count, sizeof *facts);
    if (!facts || !find_tags(scratch, request->tags, request->tag_count, &facts[OFP_ATTRIBUTE_TAG]))
        return false;
    if (!find_tags(scratch, request->org_tags, request->has_org ? request->org_tag_count : 0,
                   &facts[OFP_ATTRIBUTE_ORG_TAG]))
        return false;
    for (size_t i = 0; i < request->field_count; i++)
        facts[OFP_ATTRIBUTE_FIELD + request->fields[i].field] =
            (ofp_fact){&request->fields[i].value, 1};
    decision->first_priority =
        request->priority != OFP_NONE ? request->priority : decision->policy->default_priority;
    facts[OFP_ATTRIBUTE_PRIORITY] = (ofp_fact){&decision->first_priority, 1};
    decision->first_facts = facts;
    const ofp_fact *tags = &facts[OFP_ATTRIBUTE_TAG];
    scratch->tag_bits = mark_tags(scratch, tags->values, tags->count);
    return scratch->tag_bits;
}
