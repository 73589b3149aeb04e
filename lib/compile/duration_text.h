/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Durations as policies write them: 90s, 30m, 4h, 1h30m; and days of the calendar: 14d.
 */
#ifndef OFP_DURATION_TEXT_H
#define OFP_DURATION_TEXT_H

#include <stdint.h>

#include <offerpolicy/text.h>

/**
 * Reads a duration: hours, minutes and seconds in this order, each at most once and at least one;
 * more than 0 and at most OFP_CALENDAR_HORIZON.
 * @param ret seconds
 * @return NULL on success, else what is wrong, as it goes on after the text
 */
const char *ofp_duration_scan(ofp_text text, int64_t *ret);

/** The most days of the calendar that a policy may name. */
enum { OFP_MOST_DAYS = 3650 };

/**
 * Reads a number of days, 1 to OFP_MOST_DAYS, with its unit: where days of the calendar are meant.
 * @return NULL on success, else what is wrong, as it goes on after the text
 */
const char *ofp_days_scan(ofp_text text, int32_t *ret);

#endif
