/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Requests from Ruby's own values: hashes with strings or symbols as keys, arrays, strings,
 * symbols, integers, booleans, nil; times and dates stand for their texts, and what converts
 * itself to one of these (`to_hash`, `to_ary`, `to_str`) is taken.
 *
 * A value may run code of the program, which may change what is being read, decide something else
 * meanwhile, or raise. So texts are copied, each reading has a reader of its own, and an exception
 * goes on only when everything has been put in order.
 */
#ifndef OFP_READ_RUBY_H
#define OFP_READ_RUBY_H

#include <ruby.h>

#include <offerpolicy/offerpolicy.h>

#include "compound.h"

/**
 * Decides.
 * @param request a whole request, or nil
 * @param ticket,org,entitlements,migrations parts of one, or nil; without a whole one
 * @param now of the parts; with a whole request the instant if it names none; or nil
 * @param ret a copy
 */
ofp_status ofp_policy_decide_from(const ofp_policy *policy, VALUE request, VALUE ticket, VALUE org,
                                  VALUE entitlements, VALUE migrations, VALUE now,
                                  ofp_decision **ret, ofp_error **reterr);

/** Reads a request to be decided on later; else as ofp_policy_decide_from(). */
ofp_status ofp_policy_read_request(const ofp_policy *policy, VALUE request, VALUE ticket, VALUE org,
                                   VALUE entitlements, VALUE migrations, VALUE now,
                                   ofp_reading **ret, ofp_error **reterr);

/** Reads what an org has bought. */
ofp_status ofp_policy_read_facts(const ofp_policy *policy, VALUE document, ofp_reading **ret,
                                 ofp_error **reterr);

#endif
