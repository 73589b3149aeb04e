/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Regular expressions (PCRE2, caseless, UTF and UCP, with JIT where the machine has it): compiled
 * once, matched with limits. A pattern is immutable; a matcher belongs to one thread at a time.
 */
#ifndef OFP_PATTERN_H
#define OFP_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include <offerpolicy/error.h>
#include <offerpolicy/text.h>

#include "literals.h"

typedef struct ofp_pattern ofp_pattern;
typedef struct ofp_matcher ofp_matcher;

/** Why a pattern does not compile. */
typedef struct ofp_pattern_problem {
    ofp_code code;     /* OFP_CODE_NO_MEMORY, OFP_CODE_BAD_PATTERN or OFP_CODE_REFUSED_PATTERN */
    size_t offset;     /* bytes into the pattern */
    char message[256]; /* PCRE2's or our own; no full stop */
} ofp_pattern_problem;

/**
 * Compiles a pattern.
 * @param jit to machine code too, where PCRE2 can
 * @return what the caller frees; NULL: `*retproblem` tells why
 */
ofp_pattern *ofp_pattern_compile(ofp_text pattern, bool jit, ofp_pattern_problem *retproblem);

/** A size in bytes: shorter texts can't match. 0 for a pattern that matches an empty text. */
size_t ofp_pattern_least_size(const ofp_pattern *pattern);

/** Steps that it may take for each byte of a text, if that has not too many. */
size_t ofp_pattern_byte_steps(const ofp_pattern *pattern);

/** Words of which one is in every text that it matches; borrowed. */
const ofp_literals *ofp_pattern_literals(const ofp_pattern *pattern);

/** Frees a pattern; takes NULL. @return NULL */
ofp_pattern *ofp_pattern_free(ofp_pattern *pattern);

/** Makes working memory for matching. @return NULL: out of memory */
ofp_matcher *ofp_matcher_new(void);

/** Frees a matcher; takes NULL. @return NULL */
ofp_matcher *ofp_matcher_free(ofp_matcher *matcher);

/**
 * Starts to count anew. All matches since the last time together may take so many steps, that is
 * some tenths of a second; what would take more gives up.
 */
void ofp_matcher_renew(ofp_matcher *matcher);

/**
 * Can it pay for patterns on texts of so many bytes, whatever they find?
 * @param byte_steps the sum of ofp_pattern_byte_steps()
 */
bool ofp_matcher_affords(const ofp_matcher *matcher, size_t byte_steps, size_t size);

/** For tests: with JIT or without. */
void ofp_matcher_use_jit(ofp_matcher *matcher, bool use);

typedef enum ofp_match {
    OFP_MATCH_NO,
    OFP_MATCH_YES,
    OFP_MATCH_GAVE_UP, /* a limit was reached: nobody can say */
    OFP_MATCH_NO_MEMORY,
} ofp_match;

/**
 * Does the pattern match anywhere in the text? Where ofp_literals_find() can tell that it does not,
 * it never gives up.
 * @param text valid UTF-8, which is not checked again; at most OFP_TEXT_LIMIT bytes
 * @param start as ofp_literals_find() tells it, or 0; it saves time and changes no answer
 */
ofp_match ofp_pattern_match(const ofp_pattern *pattern, ofp_matcher *matcher, ofp_text text,
                            size_t start);

/**
 * Pays for a match that ofp_literals_find() rules out as if it had been tried, so that what is left
 * for others does not depend on who has ruled it out.
 */
void ofp_pattern_pass(const ofp_pattern *pattern, ofp_matcher *matcher, ofp_text text);

#endif
