/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a zone is made of: a list of segments in each of which clocks keep the same offset. The
 * rule for the future is written out for the years that the library works with, so that nobody
 * has to evaluate it again.
 */
#ifndef OFP_ZONE_SEGMENTS_H
#define OFP_ZONE_SEGMENTS_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/zone.h>

/** A segment goes on until the next one starts. */
typedef struct ofp_segment {
    int64_t start;         /* an instant; of the first one INT64_MIN */
    int32_t offset;        /* seconds east of UTC */
    uint32_t abbreviation; /* where in `abbreviations` it starts */
} ofp_segment;

struct ofp_zone {
    char *name;
    char *abbreviations; /* each terminated */
    ofp_segment *items;  /* the segments, sorted */
    size_t count, capacity;
};

/**
 * Makes a zone from the bytes of a zone file.
 * @param name for messages and ofp_zone_name()
 * @param ret the caller frees it
 */
ofp_status ofp_zone_parse(ofp_text name, ofp_text bytes, ofp_zone **ret, ofp_error **reterr);

/** Makes a zone that is UTC for ever, which needs no file; else as ofp_zone_parse(). */
ofp_status ofp_zone_make_utc(ofp_text name, ofp_zone **ret, ofp_error **reterr);

/** The index of the segment that holds an instant. */
size_t ofp_zone_find(const ofp_zone *zone, int64_t instant);

/** When the segment ends; INT64_MAX for the last one. */
static inline int64_t ofp_zone_segment_end(const ofp_zone *zone, size_t index)
{
    return index + 1 < zone->count ? zone->items[index + 1].start : INT64_MAX;
}

#endif
