/* SPDX-License-Identifier: MIT */
#include "tzif.h"

#include <stdbool.h>
#include <string.h>

enum { HEADER_SIZE = 44, TYPE_SIZE = 6 };

typedef struct header {
    unsigned char version; /* 0, or the digit '2' or a later one */
    uint32_t ut_count, standard_count, leap_count, time_count, type_count, character_count;
} header;

/* Takes bytes off the front. Sizes come from the file, so they are 64 bits wide and can't wrap. */
static const unsigned char *take(ofp_text *bytes, uint64_t size)
{
    if (size > bytes->size)
        return NULL;
    const unsigned char *taken = (const unsigned char *)bytes->data;
    bytes->data += size;
    bytes->size -= (size_t)size;
    return taken;
}

static uint32_t read32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Two's complement, without leaning on how the compiler converts. */
static int32_t read_signed32(const unsigned char *bytes)
{
    const uint32_t value = read32(bytes);
    return value <= INT32_MAX ? (int32_t)value : -(int32_t)~value - 1;
}

static int64_t read_signed64(const unsigned char *bytes)
{
    const uint64_t value = (uint64_t)read32(bytes) << 32 | read32(bytes + 4);
    return value <= INT64_MAX ? (int64_t)value : -(int64_t)~value - 1;
}

int64_t ofp_tzif_time(const ofp_tzif *tzif, uint32_t index)
{
    const unsigned char *bytes = tzif->times + (size_t)index * tzif->time_size;
    return tzif->time_size == 4 ? read_signed32(bytes) : read_signed64(bytes);
}

ofp_tzif_type ofp_tzif_type_at(const ofp_tzif *tzif, uint32_t index)
{
    const unsigned char *bytes = tzif->types + (size_t)index * TYPE_SIZE;
    return (ofp_tzif_type){read_signed32(bytes), bytes[5]};
}

static const char *read_header(ofp_text *bytes, header *ret)
{
    const unsigned char *at = take(bytes, HEADER_SIZE);
    if (!at)
        return "it ends inside a header";
    if (memcmp(at, "TZif", 4) != 0)
        return "it does not start with \"TZif\" where it should";
    *ret = (header){
        .version = at[4],
        .ut_count = read32(at + 20),
        .standard_count = read32(at + 24),
        .leap_count = read32(at + 28),
        .time_count = read32(at + 32),
        .type_count = read32(at + 36),
        .character_count = read32(at + 40),
    };
    /* Versions that are yet to come keep the form of those before and add behind. */
    if (ret->version != 0 && (ret->version < '2' || ret->version > '9'))
        return "its version is not known";
    return NULL;
}

static const char *check_counts(const header *h)
{
    if (h->type_count == 0 || h->character_count == 0)
        return "it has no local time type";
    if ((h->ut_count != 0 && h->ut_count != h->type_count) ||
        (h->standard_count != 0 && h->standard_count != h->type_count))
        return "its counts do not fit together";
    if (h->leap_count != 0)
        return "it counts leap seconds, which instants do not have: use the zone without "
               "\"right/\"";
    return NULL;
}

static const char *check_times(const ofp_tzif *tzif)
{
    for (uint32_t i = 0; i < tzif->time_count; i++) {
        if (i && ofp_tzif_time(tzif, i) <= ofp_tzif_time(tzif, i - 1))
            return "its transitions are not in order";
        if (tzif->indexes[i] >= tzif->type_count)
            return "a transition leads to a local time type that is not there";
    }
    return NULL;
}

static bool is_abbreviation(const char *text, size_t most)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
    const size_t size = strnlen(text, most);
    return size > 0 && size < most && strspn(text, allowed) == size;
}

static const char *check_types(const ofp_tzif *tzif)
{
    for (uint32_t i = 0; i < tzif->type_count; i++) {
        const ofp_tzif_type type = ofp_tzif_type_at(tzif, i);
        if (type.offset < OFP_OFFSET_MIN || type.offset > OFP_OFFSET_MAX)
            return "an offset from UTC is out of range";
        if (tzif->types[(size_t)i * TYPE_SIZE + 4] > 1)
            return "a local time type is neither standard time nor summer time";
        if (type.abbreviation >= tzif->character_count ||
            !is_abbreviation(tzif->characters + type.abbreviation,
                             tzif->character_count - type.abbreviation))
            return "an abbreviation is missing, or has other characters than letters, digits, "
                   "+ and -";
    }
    return NULL;
}

/* How many bytes follow the characters: leap seconds and two kinds of marks, not used here. */
static uint64_t rest_size(const header *h, unsigned time_size)
{
    return (uint64_t)h->leap_count * (time_size + 4) + h->standard_count + h->ut_count;
}

static const char *read_block(ofp_text *bytes, const header *h, unsigned time_size, ofp_tzif *ret)
{
    const char *problem = check_counts(h);
    if (problem)
        return problem;
    *ret = (ofp_tzif){
        .time_size = time_size,
        .time_count = h->time_count,
        .type_count = h->type_count,
        .character_count = h->character_count,
    };
    ret->times = take(bytes, (uint64_t)h->time_count * time_size);
    ret->indexes = ret->times ? take(bytes, h->time_count) : NULL;
    ret->types = ret->indexes ? take(bytes, (uint64_t)h->type_count * TYPE_SIZE) : NULL;
    ret->characters = ret->types ? (const char *)take(bytes, h->character_count) : NULL;
    if (!ret->characters || !take(bytes, rest_size(h, time_size)))
        return "it ends too early";
    problem = check_times(ret);
    return problem ? problem : check_types(ret);
}

static const char *skip_block(ofp_text *bytes, const header *h)
{
    const unsigned time_size = 4;
    const uint64_t size = (uint64_t)h->time_count * (time_size + 1) +
                          (uint64_t)h->type_count * TYPE_SIZE + h->character_count +
                          rest_size(h, time_size);
    return take(bytes, size) ? NULL : "it ends inside its first part";
}

static const char *read_footer(ofp_text bytes, ofp_text *ret)
{
    if (bytes.size == 0 || *bytes.data != '\n')
        return "its footer does not start with a line end";
    const char *footer = bytes.data + 1;
    const char *end = memchr(footer, '\n', bytes.size - 1);
    if (!end)
        return "its footer does not end with a line end";
    *ret = (ofp_text){footer, (size_t)(end - footer)};
    return NULL;
}

const char *ofp_tzif_read(ofp_text bytes, ofp_tzif *ret)
{
    header first, second;
    const char *problem = read_header(&bytes, &first);
    if (problem)
        return problem;
    if (first.version == 0)
        return read_block(&bytes, &first, 4, ret);
    problem = skip_block(&bytes, &first);
    if (!problem)
        problem = read_header(&bytes, &second);
    if (!problem && second.version != first.version)
        problem = "its two headers name different versions";
    if (!problem)
        problem = read_block(&bytes, &second, 8, ret);
    return problem ? problem : read_footer(bytes, &ret->footer);
}
