/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Hours and days of the week as policies write them: 09:00-17:30, 22:00-06:00; mon, mon-thu.
 */
#ifndef OFP_HOURS_TEXT_H
#define OFP_HOURS_TEXT_H

#include <stdint.h>

#include "hours.h"

/**
 * Reads HH:MM-HH:MM, each time also with seconds. 24:00 is an end only; an end before its start
 * is on the next date.
 * @param retproblem on failure: what is wrong, as it goes on after the text
 * @return OFP_CODE_NONE; or OFP_CODE_INVALID_HOURS, OFP_CODE_EMPTY_INTERVAL
 */
ofp_code ofp_shift_scan(ofp_text text, ofp_shift *ret, const char **retproblem);

/**
 * Reads a day of the week, or a range of them, which may go round the end of the week.
 * @param retdays bit 0 for Monday to bit 6 for Sunday
 * @return NULL on success, else what is wrong, as it goes on after the text
 */
const char *ofp_weekdays_scan(ofp_text text, unsigned *retdays);

/** A day of the week as policies write it. @param day 0 for Monday to 6 for Sunday */
const char *ofp_weekday_name(int day);

#endif
