/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Business time: when is a calendar open, and when has so much open time passed? Calendars are
 * parts of a policy (ofp_policy_calendar()) and live as long as it does; doc/calendars.md tells
 * their rules.
 *
 * Open time is a set of half-open intervals [from, to); those that overlap or touch are one.
 * Searches look 4,392 days ahead of (or back from) the start; what is not found there is
 * OFP_INSTANT_NONE, and that is no failure.
 *
 * A calendar is immutable as far as a program can see: all threads may use it at once. Its
 * timeline is computed at the first question, so that any question may fail with
 * OFP_STATUS_NO_MEMORY. Every start and end must be a supported instant (instant.h), otherwise the
 * status is OFP_STATUS_BAD_REQUEST.
 */
#ifndef OFFERPOLICY_CALENDAR_H
#define OFFERPOLICY_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How far searches look: 4,392 days, in seconds. */
#define OFP_CALENDAR_HORIZON (INT64_C(4392) * 86400)

typedef struct ofp_calendar ofp_calendar;

/** An open interval. */
typedef struct ofp_period {
    int64_t from; /**< first open instant */
    int64_t to;   /**< first closed instant after; OFP_INSTANT_NONE: beyond the search */
} ofp_period;

/** The calendar's name in its policy. */
OFP_API const char *ofp_calendar_name(const ofp_calendar *calendar);

/**
 * The earliest instant by which `seconds` of open time have passed since `start`: a budget that is
 * used up exactly at closing time is due at closing time; with 0 seconds it is `start` itself.
 * @param seconds 0 or more
 */
OFP_API ofp_status ofp_calendar_due(const ofp_calendar *calendar, int64_t start, int64_t seconds,
                                    int64_t *ret, ofp_error **reterr);

/** The mirror of ofp_calendar_due(): the latest instant with `seconds` of open time up to `start`.
 */
OFP_API ofp_status ofp_calendar_due_back(const ofp_calendar *calendar, int64_t start,
                                         int64_t seconds, int64_t *ret, ofp_error **reterr);

/** The open seconds from `start` to `end`, without a limit; 0 if `end` is not after `start`. */
OFP_API ofp_status ofp_calendar_elapsed(const ofp_calendar *calendar, int64_t start, int64_t end,
                                        int64_t *ret, ofp_error **reterr);

/** Is it open at `instant`? */
OFP_API ofp_status ofp_calendar_is_open(const ofp_calendar *calendar, int64_t instant, bool *ret,
                                        ofp_error **reterr);

/** The first open instant at or after `start`. */
OFP_API ofp_status ofp_calendar_next_open(const ofp_calendar *calendar, int64_t start, int64_t *ret,
                                          ofp_error **reterr);

/** `start` itself if there is open time right before it, else the latest closing before it. */
OFP_API ofp_status ofp_calendar_prev_open(const ofp_calendar *calendar, int64_t start, int64_t *ret,
                                          ofp_error **reterr);

/**
 * The first open intervals that contain or follow `start`, the first one cut off at `start`.
 * @param capacity how many are wanted; `ret` has room for as many
 * @param retcount how many there are, at most `capacity`
 */
OFP_API ofp_status ofp_calendar_periods(const ofp_calendar *calendar, int64_t start,
                                        size_t capacity, ofp_period *ret, size_t *retcount,
                                        ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
