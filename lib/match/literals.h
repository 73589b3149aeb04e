/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Words that must stand in a text for a pattern to match it, told from the pattern alone: in
 * whatever `/etc/shop/\S+|\bshopctl\b` matches there is "/etc/shop/" or "shopctl". Where none of
 * them is, nobody need try the pattern; and no match begins long before the first of them.
 *
 * Words are ASCII, without regard to case. Two letters outside of ASCII match ASCII ones, the long
 * s and the Kelvin sign: in a text that has them words prove nothing.
 */
#ifndef OFP_LITERALS_H
#define OFP_LITERALS_H

#include <stdbool.h>
#include <stddef.h>

#include <offerpolicy/text.h>

enum {
    OFP_LITERALS_MOST = 16,     /* of one pattern */
    OFP_LITERAL_LEAST_SIZE = 2, /* shorter ones stand in every text */
    OFP_LITERAL_MOST_SIZE = 16, /* of a longer one this much is kept */
    OFP_LONG_S_SIZE = 2,
    OFP_KELVIN_SIZE = 3,
};

#define OFP_LONG_S "\xC5\xBF"
#define OFP_KELVIN "\xE2\x84\xAA"

typedef struct ofp_literal {
    unsigned char size;
    char bytes[OFP_LITERAL_MOST_SIZE]; /* in lower case */
} ofp_literal;

typedef struct ofp_literals {
    size_t count; /* 0: nothing can be told */
    size_t reach; /* so many bytes of a match, at most, come before the literal; SIZE_MAX: any */
    ofp_literal items[OFP_LITERALS_MOST];
} ofp_literals;

/**
 * Tells the literals of a pattern, one of which is in every match.
 * @param pattern a regular expression that compiles, matched without regard to case
 */
void ofp_literals_of(ofp_text pattern, ofp_literals *ret);

/**
 * May the pattern match this text?
 * @param text valid UTF-8
 * @param retstart if so, where in the text a match begins at the earliest, or before it
 */
bool ofp_literals_find(const ofp_literals *literals, ofp_text text, size_t *retstart);

#endif
