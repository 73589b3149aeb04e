/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What can be done with spans of text: comparing, checking, and finding a name that was meant.
 */
#ifndef OFP_SPAN_H
#define OFP_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <offerpolicy/text.h>

/** A literal as a span. */
#define OFP_LITERAL(string) ((ofp_text){("" string), sizeof(string) - 1})

/*
 * Are these words of the same bytes? Names and keys are short, and compared all the time: two
 * words that overlap cover 4 to 16 bytes, without a call.
 */
static inline bool ofp_bytes_equal(const char *a, const char *b, size_t size)
{
    uint64_t first[2], last[2];
    uint32_t short_first[2], short_last[2];
    if (size > 2 * sizeof *first || size < sizeof *short_first)
        return size == 0 || memcmp(a, b, size) == 0;
    if (size >= sizeof *first) {
        memcpy(&first[0], a, sizeof *first);
        memcpy(&first[1], b, sizeof *first);
        memcpy(&last[0], a + size - sizeof *last, sizeof *last);
        memcpy(&last[1], b + size - sizeof *last, sizeof *last);
        return first[0] == first[1] && last[0] == last[1];
    }
    memcpy(&short_first[0], a, sizeof *short_first);
    memcpy(&short_first[1], b, sizeof *short_first);
    memcpy(&short_last[0], a + size - sizeof *short_last, sizeof *short_last);
    memcpy(&short_last[1], b + size - sizeof *short_last, sizeof *short_last);
    return short_first[0] == short_first[1] && short_last[0] == short_last[1];
}

/** Are they the same bytes? */
static inline bool ofp_span_equal(ofp_text a, ofp_text b)
{
    return a.size == b.size && ofp_bytes_equal(a.data, b.data, a.size);
}

/** Order of bytes, a shorter one before a longer one that it begins: like strcmp(). */
int ofp_span_compare(ofp_text a, ofp_text b);

/** Is it valid UTF-8 (no overlong forms, no surrogates)? */
bool ofp_span_is_utf8(ofp_text text);

/**
 * Reads the character at the start of valid or invalid UTF-8.
 * @param text not empty
 * @param retsize how many bytes it takes, 1 to 4
 * @return the character; U+FFFD and one byte for what is no UTF-8
 */
uint32_t ofp_span_character(ofp_text text, size_t *retsize);

/** Does the character do something instead of showing something: control, bidi or line control? */
bool ofp_character_is_control(uint32_t character);

/** Does the text have a control character (see ofp_character_is_control())? */
bool ofp_span_has_control(ofp_text text);

/**
 * The candidate that was probably meant: few letters wrong, missing or swapped.
 * @return its index, or -1 if none is near
 */
int ofp_span_nearest(ofp_text word, const ofp_text *candidates, size_t count);

#endif
