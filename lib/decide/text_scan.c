/* SPDX-License-Identifier: MIT */
#include "text_scan.h"

#include <string.h>

/* Where the prefilter can't say, every pattern may match, anywhere. */
static void admit_all(ofp_candidates *candidates, size_t count)
{
    memset(candidates->bits, 0xFF, ofp_candidates_words(count) * sizeof *candidates->bits);
    memset(candidates->starts, 0, count * sizeof *candidates->starts);
}

/* Tells the candidates of one text. @return false: out of memory */
static bool find_candidates(ofp_scratch *scratch, ofp_text text, ofp_candidates *ret)
{
    const ofp_policy *policy = scratch->decision.policy;
    const size_t count = policy->pattern_count;
    ofp_prefilter *prefilter = ofp_policy_prefilter(policy);
    ret->bits = ofp_arena_alloc(&scratch->arena, ofp_candidates_words(count), sizeof *ret->bits);
    ret->starts = ofp_arena_alloc(&scratch->arena, count, sizeof *ret->starts);
    if (!ret->bits || !ret->starts)
        return false;
    if (prefilter && !scratch->scanner)
        scratch->scanner = ofp_scanner_new();
    if (!prefilter || !scratch->scanner ||
        !ofp_prefilter_scan(prefilter, scratch->scanner, text, ret))
        admit_all(ret, count);
    return true;
}

bool ofp_text_scan_start(ofp_scratch *scratch, ofp_text_scan *ret)
{
    const ofp_request *request = scratch->decision.request;
    const ofp_policy *policy = scratch->decision.policy;
    *ret = (ofp_text_scan){.policy = policy, .request = request};
    if (policy->pattern_count == 0)
        return true;
    if (!scratch->matcher)
        scratch->matcher = ofp_matcher_new();
    if (!scratch->matcher)
        return false;
    ofp_matcher_renew(scratch->matcher);
    ret->matcher = scratch->matcher;
    ret->counts = !ofp_matcher_affords(ret->matcher, policy->pattern_steps,
                                       request->subject.size + request->description.size);
    return find_candidates(scratch, request->subject, &ret->subject) &&
           find_candidates(scratch, request->description, &ret->description);
}

/* What is ruled out by the prefilter costs what it would have cost without. */
static void pay(const ofp_text_scan *scan, size_t number, ofp_text text)
{
    const ofp_classify_pattern *pattern = &scan->policy->patterns[number];
    if (scan->counts && text.size >= pattern->least_size)
        ofp_pattern_pass(pattern->pattern, scan->matcher, text);
}

static size_t find_candidate(const ofp_text_scan *scan, size_t pattern)
{
    const size_t count = scan->policy->pattern_count;
    while (pattern < count) {
        const size_t word = pattern / 64;
        const uint64_t both = scan->subject.bits[word] | scan->description.bits[word];
        const uint64_t left = both >> pattern % 64;
        if (left) {
            pattern += (size_t)__builtin_ctzll(left);
            return pattern < count ? pattern : count;
        }
        pattern = (word + 1) * 64;
    }
    return count;
}

size_t ofp_text_scan_next(const ofp_text_scan *scan, size_t pattern)
{
    const size_t next = find_candidate(scan, pattern);
    for (; scan->counts && pattern < next; pattern++) {
        pay(scan, pattern, scan->request->subject);
        pay(scan, pattern, scan->request->description);
    }
    return next;
}

static ofp_match match_text(const ofp_text_scan *scan, size_t number, ofp_text text,
                            const ofp_candidates *candidates)
{
    const ofp_classify_pattern *pattern = &scan->policy->patterns[number];
    const bool may_match = candidates->bits[number / 64] >> number % 64 & 1;
    if (!may_match) {
        pay(scan, number, text);
        return OFP_MATCH_NO;
    }
    if (text.size < pattern->least_size)
        return OFP_MATCH_NO;
    return ofp_pattern_match(pattern->pattern, scan->matcher, text, candidates->starts[number]);
}

ofp_match ofp_text_scan_match(const ofp_text_scan *scan, size_t pattern, bool *retin_description)
{
    const ofp_request *request = scan->request;
    *retin_description = false;
    ofp_match match = match_text(scan, pattern, request->subject, &scan->subject);
    if (match == OFP_MATCH_NO) {
        *retin_description = true;
        match = match_text(scan, pattern, request->description, &scan->description);
    }
    return match;
}
