/* SPDX-License-Identifier: MIT */
#include "pattern_cost.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "span.h"

enum {
    PLAIN_COST = 64, /* bytes of a class, or repetitions, that cost no more than a step */
    LAST_CHARACTER = 0x10FFFF,
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The highest number in braces: how often an item may be wanted. */
static size_t highest_count(ofp_text pattern)
{
    size_t highest = 0, number = 0;
    bool counts = false;
    for (size_t i = 0; i < pattern.size; i++) {
        const char byte = pattern.data[i];
        const bool digit = counts && is_digit(byte) && number <= UINT16_MAX;
        number = digit ? number * 10 + (size_t)(byte - '0') : 0;
        highest = number > highest ? number : highest;
        counts = byte == '{' || (counts && (digit || byte == ','));
    }
    return highest;
}

/* Where a class ends, after its first bracket. One with brackets of its own goes to the end. */
static const char *end_of_class(const char *at, const char *end)
{
    if (at < end && *at == '^')
        at++;
    for (bool first = true; at < end && (first || *at != ']'); at++, first = false) {
        if (*at == '[' || (*at == '\\' && at + 1 < end && at[1] == 'Q'))
            return end;
        at += *at == '\\';
    }
    return at < end ? at : end;
}

static size_t longest_class(ofp_text pattern)
{
    size_t longest = 0;
    const char *const end = pattern.data + pattern.size;
    for (const char *at = pattern.data; at < end; at++) {
        if (*at == '[') {
            const char *start = at;
            at = end_of_class(at + 1, end);
            longest = (size_t)(at - start) > longest ? (size_t)(at - start) : longest;
        } else if (*at == '\\') {
            at++;
        }
    }
    return longest;
}

size_t ofp_pattern_item_cost(ofp_text pattern)
{
    return (1 + longest_class(pattern) / PLAIN_COST) * (1 + highest_count(pattern) / PLAIN_COST);
}

/* The character that a range ends with. @param rest what follows the hyphen, not empty */
static uint32_t last_of_range(ofp_text rest)
{
    size_t size;
    uint32_t number = 0;
    if (*rest.data != '\\')
        return ofp_span_character(rest, &size);
    if (rest.size < 4 || memcmp(rest.data, "\\x{", 3) != 0)
        return rest.size > 1 && strchr("]-[^\\/.+*?!#&~", rest.data[1]) ? 0x7F : LAST_CHARACTER;
    for (size_t i = 3; i < rest.size && number <= LAST_CHARACTER; i++) {
        const char digit = (char)(rest.data[i] | 0x20);
        if (is_digit(rest.data[i]))
            number = number * 16 + (uint32_t)(rest.data[i] - '0');
        else if (digit >= 'a' && digit <= 'f')
            number = number * 16 + (uint32_t)(digit - 'a') + 10;
        else
            return rest.data[i] == '}' ? number : LAST_CHARACTER;
    }
    return LAST_CHARACTER;
}

size_t ofp_pattern_range_size(ofp_text pattern)
{
    size_t size = 0;
    const char *const end = pattern.data + pattern.size;
    if (!memchr(pattern.data, '[', pattern.size))
        return 0;
    for (const char *at = pattern.data; at + 1 < end; at++) {
        if (*at == '-')
            size += last_of_range((ofp_text){at + 1, (size_t)(end - at - 1)});
    }
    return size;
}
