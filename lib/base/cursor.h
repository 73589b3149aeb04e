/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading small languages (dates, hours, durations, zone rules) from a span, one piece at a time.
 * A piece that is not there leaves the cursor where it is.
 */
#ifndef OFP_CURSOR_H
#define OFP_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/text.h>

typedef struct ofp_cursor {
    const char *at, *end;
} ofp_cursor;

static inline ofp_cursor ofp_cursor_of(ofp_text text)
{
    /* Nothing may be added to NULL, not even 0. */
    return (ofp_cursor){text.data, text.size ? text.data + text.size : text.data};
}

static inline bool ofp_cursor_at_end(const ofp_cursor *cursor)
{
    return cursor->at == cursor->end;
}

/** The next byte, or 0 at the end (and for a zero byte: no language here has one). */
static inline char ofp_cursor_peek(const ofp_cursor *cursor)
{
    return cursor->at < cursor->end ? *cursor->at : '\0';
}

/** Takes this byte, if it comes next. */
bool ofp_cursor_take(ofp_cursor *cursor, char byte);

/** Takes these letters without regard to case (ASCII), if they come next. @param word lower case */
bool ofp_cursor_take_word(ofp_cursor *cursor, const char *word);

/**
 * Takes a number of `least` to `most` digits.
 * @param most at most 18
 */
bool ofp_cursor_take_number(ofp_cursor *cursor, int least, int most, int64_t *ret);

/** Takes digits and passes over them. @return how many */
int ofp_cursor_skip_digits(ofp_cursor *cursor);

#endif
