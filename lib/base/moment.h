/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading instants and dates without making an error yet: policies, requests and programs each
 * say in their own way where the mistake is.
 */
#ifndef OFP_MOMENT_H
#define OFP_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/instant.h>

/**
 * Reads an RFC 3339 instant.
 * @return OFP_CODE_NONE; or OFP_CODE_INVALID_INSTANT, _MISSING_OFFSET, _LEAP_SECOND,
 *         _INSTANT_RANGE
 */
ofp_code ofp_instant_scan(ofp_text text, int64_t *ret);

/**
 * Reads a date.
 * @return OFP_CODE_NONE; or OFP_CODE_INVALID_REQUEST_DATE, OFP_CODE_INSTANT_RANGE
 */
ofp_code ofp_date_scan(ofp_text text, int32_t *ret);

/** What is wrong with it, for a code of the two above: the end of a message, "…". */
const char *ofp_moment_problem(ofp_code code);

/** Is it an instant that the library works with? */
static inline bool ofp_instant_is_supported(int64_t instant)
{
    return instant >= OFP_INSTANT_MIN && instant < OFP_INSTANT_END;
}

#endif
