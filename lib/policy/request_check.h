/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What must be true of a request whoever made it: a C program, or a reader from a document.
 */
#ifndef OFP_REQUEST_CHECK_H
#define OFP_REQUEST_CHECK_H

#include <offerpolicy/request.h>

/**
 * Checks a request against a policy.
 * @return the first mistake, with the JSON pointer that it would have in a request document
 */
ofp_status ofp_request_check(const ofp_policy *policy, const ofp_request *request,
                             ofp_error **reterr);

/** As ofp_request_check(), for a request that is read for what its org has: it must have one. */
ofp_status ofp_request_check_facts(const ofp_policy *policy, const ofp_request *request,
                                   ofp_error **reterr);

#endif
