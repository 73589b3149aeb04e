/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Making errors. A function that fails ends with `return ofp_fail(reterr, OFP_CODE_…, "…")`, one
 * that succeeds with `return ofp_succeed(reterr)`.
 */
#ifndef OFP_FAILURE_H
#define OFP_FAILURE_H

#include <offerpolicy/error.h>
#include <offerpolicy/text.h>

/** Sets `*reterr` to NULL, if given. @return OFP_STATUS_OK */
static inline ofp_status ofp_succeed(ofp_error **reterr)
{
    if (reterr)
        *reterr = NULL;
    return OFP_STATUS_OK;
}

/** Where a mistake is. All texts are copied; what is not known is NULL or 0. */
typedef struct ofp_place {
    const char *source;
    uint32_t line, column;
    const char *pointer;
} ofp_place;

/** Fails for want of memory, with the static error. */
ofp_status ofp_fail_no_memory(ofp_error **reterr);

/** Fails with a code and a message like printf()'s; the status is the code's. */
ofp_status ofp_fail(ofp_error **reterr, ofp_code code, const char *format, ...) OFP_PRINTF(3, 4);

/** Fails at a place. */
ofp_status ofp_fail_at(ofp_error **reterr, ofp_place place, ofp_code code, const char *format, ...)
    OFP_PRINTF(4, 5);

/** The status of a code. */
ofp_status ofp_code_status(ofp_code code);

/** The severity of a code. */
ofp_severity ofp_code_severity(ofp_code code);

/** How a text from outside looks in a message: harmless, at most so many bytes, and terminated. */
typedef struct ofp_quoted {
    char text[96];
} ofp_quoted;

/** A text as it can stand in a message, cut off with "…" if it is long. */
ofp_quoted ofp_quote(ofp_text text);

#endif
