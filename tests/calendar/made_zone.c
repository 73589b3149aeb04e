/* SPDX-License-Identifier: MIT */
#include "made_zone.h"

#include <string.h>

#include "expect.h"

/* One abbreviation for all types, so that only offsets tell them apart. */
static const char characters[] = "LMT";

static void put(made_file *file, const void *bytes, size_t size)
{
    ck_assert_uint_le(file->size + size, sizeof file->bytes);
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

void put32(unsigned char *at, uint32_t value)
{
    for (int i = 3; i >= 0; i--, value >>= 8)
        at[i] = (unsigned char)value;
}

static void put_number(made_file *file, int64_t value, int size)
{
    for (int i = size - 1; i >= 0; i--) {
        const unsigned char byte = (unsigned char)((uint64_t)value >> (8 * i));
        put(file, &byte, 1);
    }
}

static void put_header(made_file *file, char version, const made_zone *zone)
{
    unsigned char header[HEADER_SIZE] = "TZif";
    header[4] = (unsigned char)version;
    put32(header + TIME_COUNT, zone->time_count);
    put32(header + TYPE_COUNT, zone->offset_count);
    put32(header + CHARACTER_COUNT, sizeof characters);
    put(file, header, sizeof header);
}

static void put_block(made_file *file, const made_zone *zone, int time_size)
{
    for (uint32_t i = 0; i < zone->time_count; i++)
        put_number(file, zone->times[i], time_size);
    put(file, zone->indexes, zone->time_count);
    for (uint32_t i = 0; i < zone->offset_count; i++) {
        put_number(file, zone->offsets[i], 4);
        put(file, "\0\0", 2);
    }
    put(file, characters, sizeof characters);
}

made_file make_file(const made_zone *given)
{
    static const int32_t zero = 0;
    const made_zone empty = {.offsets = &zero, .offset_count = 1, .indexes = (const uint8_t *)""};
    made_zone zone = *given;
    made_file file = {.size = 0};
    if (zone.offset_count == 0) {
        zone.offsets = &zero;
        zone.offset_count = 1;
    }
    if (!zone.indexes)
        zone.indexes = empty.indexes;
    put_header(&file, zone.version, zone.version ? &empty : &zone);
    put_block(&file, zone.version ? &empty : &zone, 4);
    if (zone.version) {
        put_header(&file, zone.version, &zone);
        put_block(&file, &zone, 8);
        put(&file, "\n", 1);
        put(&file, zone.footer ? zone.footer : "", zone.footer ? strlen(zone.footer) : 0);
        put(&file, "\n", 1);
    }
    return file;
}

ofp_zone *parse_made(const made_file *file)
{
    ofp_zone *zone = NULL;
    const ofp_text bytes = {(const char *)file->bytes, file->size};
    expect_ok(ofp_zone_parse(OFP_LITERAL("Made/Zone"), bytes, &zone, &error));
    return zone;
}

ofp_zone *zone_of_rule(const char *footer)
{
    const made_file file = make_file(&(made_zone){.version = '3', .footer = footer});
    return parse_made(&file);
}

ofp_zone *zone_of_changes(const int64_t *times, const int32_t *offsets, uint32_t offset_count)
{
    uint8_t indexes[256];
    for (uint32_t i = 0; i + 1 < offset_count; i++)
        indexes[i] = (uint8_t)(i + 1);
    const made_zone zone = {.version = '2',
                            .times = times,
                            .indexes = indexes,
                            .time_count = offset_count - 1,
                            .offsets = offsets,
                            .offset_count = offset_count};
    const made_file file = make_file(&zone);
    return parse_made(&file);
}
