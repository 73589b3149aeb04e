/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Questions about what an org has bought.
 */
#ifndef OFP_FACTS_H
#define OFP_FACTS_H

#include <stdbool.h>

#include <offerpolicy/migration.h>

#include "tables.h"

/** What is known of one org. */
typedef struct ofp_org_facts {
    char *name;                    /* NULL: it has none */
    ofp_entitlement *entitlements; /* NULL: none at all */
    size_t count;
} ofp_org_facts;

/** What is known of an org. @param facts may be NULL @return NULL: nothing; borrowed from `facts`
 */
const ofp_org_facts *ofp_facts_find(const ofp_facts *facts, ofp_text org);

/**
 * Were facts made with this policy (or one of the same text), so that their indexes are its own?
 * @param facts may be NULL
 */
ofp_status ofp_facts_check(const ofp_facts *facts, const ofp_policy *policy, ofp_error **reterr);

/** The highest level at which an org is entitled to an offering: an active paid one; OFP_NONE. */
int32_t ofp_org_facts_active_level(const ofp_org_facts *org, const ofp_policy *policy,
                                   int32_t offering, int64_t at);

/** Has an org an active paid entitlement for an offering at just this level? */
bool ofp_org_facts_entitle(const ofp_org_facts *org, const ofp_policy *policy, int32_t offering,
                           int32_t level, int64_t at);

/**
 * Has an org an active paid entitlement that a tag stands for?
 * @param but entitlements for this level of this offering don't count; OFP_NONE: all count
 */
bool ofp_org_facts_give_tag(const ofp_org_facts *org, const ofp_policy *policy, ofp_text tag,
                            ofp_tag_use but, int64_t at);

/** What an org has of an offering, now or later. */
typedef struct ofp_holding {
    int32_t level; /* the highest; OFP_NONE: it has nothing */
    int64_t ends;  /* when the last of it ends; OFP_INSTANT_NONE: some of it never does */
} ofp_holding;

/** What an org has bought of an offering and what has not ended at an instant, on hold or not. */
ofp_holding ofp_org_facts_holding(const ofp_org_facts *org, const ofp_policy *policy,
                                  int32_t offering, int64_t at);

#endif
