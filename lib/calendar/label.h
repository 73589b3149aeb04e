/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the other rooms need of time zones beside the public header: turning wall-clock labels into
 * instants, and the version of the zone data.
 */
#ifndef OFP_LABEL_H
#define OFP_LABEL_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/zone.h>

/**
 * The instant of a wall-clock label. A label that clocks show more than once is its first
 * occurrence; one that they skip, and never show, moves forward by the length of the gap.
 * @param label seconds from 1970-01-01 00:00 as clocks in the zone would show it; its date must
 *        fit into an int32_t
 */
int64_t ofp_zone_instant(const ofp_zone *zone, int64_t label);

enum { OFP_TZDATA_SIZE = 32 };

/** The version of the zone data in a directory, such as "2026f"; "unknown" if it does not say. */
void ofp_zone_data_version(const char *directory, char ret[OFP_TZDATA_SIZE]);

#endif
