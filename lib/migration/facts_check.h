/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What must be true of a request that says what an org has bought.
 */
#ifndef OFP_FACTS_CHECK_H
#define OFP_FACTS_CHECK_H

#include <offerpolicy/policy.h>
#include <offerpolicy/request.h>

/**
 * Checks a request's org and its entitlements; nothing else in it counts.
 * @return the first mistake, with the JSON pointer that it would have in a request document
 */
ofp_status ofp_facts_check_request(const ofp_policy *policy, const ofp_request *request,
                                   ofp_error **reterr);

#endif
