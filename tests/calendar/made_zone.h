/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Zone files made for a test: right ones, and such as no zone compiler writes.
 */
#ifndef OFP_TEST_MADE_ZONE_H
#define OFP_TEST_MADE_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "zone_segments.h"

/** What a file says. Counts of 0 that a real file does not have become 1 type, "LMT", 0. */
typedef struct made_zone {
    char version; /* 0, or a digit */
    const int64_t *times;
    const uint8_t *indexes; /* by transition: which offset follows */
    uint32_t time_count;
    const int32_t *offsets; /* of the local time types */
    uint32_t offset_count;
    const char *footer; /* without its line ends */
} made_zone;

/** A file's bytes. */
typedef struct made_file {
    unsigned char bytes[8192];
    size_t size;
} made_file;

/** Where in the header counts stand. */
enum {
    UT_COUNT = 20,
    STANDARD_COUNT = 24,
    LEAP_COUNT = 28,
    TIME_COUNT = 32,
    TYPE_COUNT = 36,
    CHARACTER_COUNT = 40,
    HEADER_SIZE = 44
};

/** Writes a zone's file. A file of version 2 or later has an empty first part. */
made_file make_file(const made_zone *zone);

/** Writes four bytes into a file, the most significant first. */
void put32(unsigned char *at, uint32_t value);

/** Reads a file; what is wrong with it fails the test. */
ofp_zone *parse_made(const made_file *file);

/** A zone with nothing but a rule. */
ofp_zone *zone_of_rule(const char *footer);

/** A zone with these changes of the offset, from this offset on. @param offset_count one more */
ofp_zone *zone_of_changes(const int64_t *times, const int32_t *offsets, uint32_t offset_count);

#endif
