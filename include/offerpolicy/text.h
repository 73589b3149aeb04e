/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Text as it goes into the library: a pointer and a length in bytes, UTF-8, not necessarily
 * terminated. A span owns nothing; who made it says how long its bytes live.
 */
#ifndef OFFERPOLICY_TEXT_H
#define OFFERPOLICY_TEXT_H

#include <stddef.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A span of UTF-8 text. `data` may be NULL when `size` is 0: a text that is not there. */
typedef struct ofp_text {
    const char *data; /**< first byte */
    size_t size;      /**< length in bytes */
} ofp_text;

/** The span of a terminated string; of NULL, the text that is not there. */
static inline ofp_text ofp_text_of(const char *string)
{
    ofp_text text = {string, string ? strlen(string) : 0};
    return text;
}

#ifdef __cplusplus
}
#endif

#endif
