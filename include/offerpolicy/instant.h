/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Instants and dates. An instant is an int64_t: seconds since 1970-01-01T00:00:00Z, without leap
 * seconds. A date is an int32_t: days since 1970-01-01 in the calendar of ISO 8601, without a
 * time zone.
 *
 * The library works with instants from 1970-01-01T00:00:00Z up to, not including,
 * 2201-01-01T00:00:00Z.
 */
#ifndef OFFERPOLICY_INSTANT_H
#define OFFERPOLICY_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OFP_INSTANT_MIN INT64_C(0)          /**< 1970-01-01T00:00:00Z, the first one supported */
#define OFP_INSTANT_END INT64_C(7289654400) /**< 2201-01-01T00:00:00Z, the first one after */
#define OFP_INSTANT_NONE INT64_MIN          /**< no instant: unbounded, not found or not known */
#define OFP_INSTANT_SIZE 21                 /**< bytes of "2026-11-20T18:00:00Z" and its zero */
#define OFP_DATE_NONE INT32_MIN             /**< no date */
#define OFP_DATE_SIZE 11                    /**< bytes of "2026-11-20" and its zero */

/**
 * Reads an RFC 3339 instant with an offset, such as "2026-11-20T10:00:00-08:00". Fractions of a
 * second are cut off.
 * @param ret seconds since the epoch
 * @return OFP_STATUS_BAD_REQUEST with a code that says what is wrong: no instant at all, no
 *         offset, a leap second, or a year that is not supported
 */
OFP_API ofp_status ofp_instant_parse(ofp_text text, int64_t *ret, ofp_error **reterr);

/**
 * Writes an instant as UTC, "2026-11-20T18:00:00Z".
 * @param instant 0000-01-01 to 9999-12-31; others are written as the nearest of these
 */
OFP_API void ofp_instant_format(int64_t instant, char ret[OFP_INSTANT_SIZE]);

/** Reads a date of the form "2026-11-20". @param ret days since the epoch */
OFP_API ofp_status ofp_date_parse(ofp_text text, int32_t *ret, ofp_error **reterr);

/** Writes a date as "2026-11-20". @param date as for ofp_instant_format() */
OFP_API void ofp_date_format(int32_t date, char ret[OFP_DATE_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
