/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A decision's reasons as JSON.
 */
#ifndef OFP_REASON_JSON_H
#define OFP_REASON_JSON_H

#include <offerpolicy/decision.h>

#include "json_writer.h"

/**
 * Writes the member `reasons`: a list of objects with the reason's `code`, `decides` (true, or not
 * there), the index of what it is about (`entitlement`, `migration` or `rule`) and its facts.
 *
 * Of rules that failed one after the other the first 16 are listed; a last object
 * {"code": …, "more": N} then stands for N further ones of the same code.
 */
void ofp_put_reasons(ofp_json_writer *json, const ofp_decision *decision);

#endif
