/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Which patterns match a ticket's subject or description. With a prefilter (ofp_policy_prepare())
 * only few have to be tried; what comes out is the same.
 */
#ifndef OFP_TEXT_SCAN_H
#define OFP_TEXT_SCAN_H

#include "decision_state.h"

typedef struct ofp_text_scan {
    const ofp_policy *policy;
    const ofp_request *request;
    ofp_matcher *matcher;
    ofp_candidates subject, description;
    bool counts; /* there may not be steps enough for all patterns */
} ofp_text_scan;

/** Starts to match the patterns of the decision's policy. @return false: out of memory */
bool ofp_text_scan_start(ofp_scratch *scratch, ofp_text_scan *ret);

/** The first pattern from `pattern` on that may match; the count of the patterns: none does. */
size_t ofp_text_scan_next(const ofp_text_scan *scan, size_t pattern);

/**
 * Matches one pattern on both texts. What it gives up on counts as unknown even if the other text
 * would match: a text that is made to exhaust a pattern must not be able to steer the decision.
 * @param retin_description the answer comes from there, not from the subject
 */
ofp_match ofp_text_scan_match(const ofp_text_scan *scan, size_t pattern, bool *retin_description);

#endif
