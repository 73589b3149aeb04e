/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads the text of a regular expression piece by piece, for those who want to know something
 * about it that PCRE2 does not tell. Only what is common is understood; the rest says so.
 */
#ifndef OFP_PATTERN_TOKENS_H
#define OFP_PATTERN_TOKENS_H

#include <stdint.h>

#include "cursor.h"

enum {
    OFP_TOKEN_NO_END = UINT16_MAX + 1, /* more than PCRE2 takes as a count */
    OFP_TOKEN_MOST_GROUPS = 32, /* inside each other that anybody looks into, and the whole */
};

typedef enum ofp_token_kind {
    OFP_TOKEN_END,       /* of the pattern */
    OFP_TOKEN_UNKNOWN,   /* not understood; nothing that comes behind it can be either */
    OFP_TOKEN_BYTE,      /* stands for itself; of a character of several bytes each is one */
    OFP_TOKEN_CLASS,     /* one character, of several that would do: "[a-z]", "\w", "." */
    OFP_TOKEN_PLACE,     /* takes no character: "^", "$", "\b" */
    OFP_TOKEN_OPEN,      /* "(", "(?:" */
    OFP_TOKEN_OPEN_LOOK, /* "(?=", "(?!": what is inside takes no character */
    OFP_TOKEN_CLOSE,     /* ")" */
    OFP_TOKEN_OR,        /* "|" */
} ofp_token_kind;

typedef struct ofp_token {
    ofp_token_kind kind;
    unsigned char byte;
    /* How often it, or the group that it closes, comes: once each, without a quantifier. */
    uint32_t least, most; /* or OFP_TOKEN_NO_END */
} ofp_token;

/**
 * Reads the next token.
 * @param cursor in a pattern that PCRE2 compiles (in another one the tokens may mean nothing)
 */
ofp_token ofp_token_next(ofp_cursor *cursor);

#endif
