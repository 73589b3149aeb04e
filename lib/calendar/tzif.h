/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading compiled zone files (TZif, RFC 9636), of which nothing is trusted: what ofp_tzif_read()
 * lets through can be used without another check.
 */
#ifndef OFP_TZIF_H
#define OFP_TZIF_H

#include <stdint.h>

#include <offerpolicy/text.h>

/** A zone file's data; all of it is a part of the file's bytes. */
typedef struct ofp_tzif {
    unsigned time_size; /* bytes of a transition time: 4 or 8 */
    uint32_t time_count, type_count, character_count;
    const unsigned char *times;   /* transitions, in ascending order */
    const unsigned char *indexes; /* by transition: the local time type from then on */
    const unsigned char *types;
    const char *characters; /* abbreviations, each terminated */
    ofp_text footer;        /* the rule for what comes after the last transition; may be empty */
} ofp_tzif;

/** A local time type. */
typedef struct ofp_tzif_type {
    int32_t offset;        /* seconds east of UTC */
    uint32_t abbreviation; /* where in `characters` it starts */
} ofp_tzif_type;

/** Offsets are more than -25 hours and less than 26 hours. */
enum { OFP_OFFSET_MIN = -25 * 3600 + 1, OFP_OFFSET_MAX = 26 * 3600 - 1 };

/**
 * Reads a file's bytes: of a file with two parts (version 2 and later) the second one.
 * @return NULL; or what is wrong with it, as the end of a sentence
 */
const char *ofp_tzif_read(ofp_text bytes, ofp_tzif *ret);

/** The instant of a transition. @param index below `time_count` */
int64_t ofp_tzif_time(const ofp_tzif *tzif, uint32_t index);

/** A local time type. @param index below `type_count` */
ofp_tzif_type ofp_tzif_type_at(const ofp_tzif *tzif, uint32_t index);

/** The local time type from a transition on. @param index below `time_count` */
static inline ofp_tzif_type ofp_tzif_type_after(const ofp_tzif *tzif, uint32_t index)
{
    return ofp_tzif_type_at(tzif, tzif->indexes[index]);
}

#endif
