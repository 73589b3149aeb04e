/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What programs ask lists for: filters, which may be those of an older or newer header.
 */
#ifndef OFP_STORE_FILTER_H
#define OFP_STORE_FILTER_H

#include "query.h"

/** Reads a filter, with a limit. @param known points to ours, with its defaults */
#define OFP_READ_FILTER(filter, known, reterr) \
    ofp_read_filter((filter), (known), sizeof *(known), &(known)->limit, (reterr))

ofp_status ofp_read_filter(const void *given, void *known, size_t known_size, size_t *limit,
                           ofp_error **reterr);

/**
 * Finds where a list by time starts, so that it passes over nothing older.
 * @param which gives the first number for two instants, `since` and `until`
 * @param until OFP_INSTANT_NONE if the statement does not ask for it
 * @param after the place after which to look; moves forward, if it is at the start
 */
ofp_status ofp_find_start(ofp_store *store, ofp_statement which, int64_t since, int64_t until,
                          int64_t *after, ofp_error **reterr);

#endif
