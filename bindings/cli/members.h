/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Walks through JSON as the library writes it. Whatever else stands there gives some members.
 */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stdbool.h>

#include <offerpolicy/text.h>

/** A walk. */
struct members {
    const char *at, *end;
};

/** One member. */
struct member {
    ofp_text key;   /* as it is written, without the quotes; empty for the items of a list */
    ofp_text value; /* as it is written */
};

/** Starts at the first member of an object or item of a list; there is none in anything else. */
struct members members_of(ofp_text document);

/** The next one. @return false: there is none left */
bool members_next(struct members *members, struct member *ret);

/** The value of the member with a key; a text that is not there if there is none. */
ofp_text member_value(ofp_text document, const char *key);

/** A value as people read it: a text without its quotes, else as it is. */
ofp_text member_plain(ofp_text value);

#endif
