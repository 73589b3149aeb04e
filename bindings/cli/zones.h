/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The last few time zones that orgs named, so that each is loaded once.
 */
#ifndef ZONES_H
#define ZONES_H

#include <stddef.h>

#include <offerpolicy/zone.h>

enum { ZONES_KEPT = 16 };

/** Start with all zeroes but the directory; belongs to one thread. */
struct zones {
    const char *directory; /* where zone files are; NULL: the library's */
    struct {
        char *name;
        ofp_zone *zone; /* NULL: there is none of this name */
    } kept[ZONES_KEPT];
    size_t next; /* the place whose zone is replaced next */
};

/**
 * The zone with a name.
 * @return NULL if there is none; that is told on standard error, once as long as it is kept
 */
const ofp_zone *zones_find(struct zones *zones, ofp_text name);

void zones_release(struct zones *zones);

#endif
