/* SPDX-License-Identifier: MIT */
/**
 * @file
 * From the bytes of a policy file to the policy.
 */
#ifndef OFP_POLICY_COMPILE_H
#define OFP_POLICY_COMPILE_H

#include <offerpolicy/policy.h>

/**
 * Compiles a policy.
 * @param yaml its bytes, as they are in the file; only used during the call
 * @param options all of them, as this library knows them; the source's name is not NULL
 * @param ret the caller owns one reference
 */
ofp_status ofp_policy_compile(ofp_text yaml, const ofp_policy_options *options, ofp_policy **ret,
                              ofp_error **reterr);

#endif
