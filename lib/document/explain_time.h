/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Instants, dates and durations as people read them: "Fri 20 Nov 2026 14:00 PST", "4 h".
 */
#ifndef OFP_EXPLAIN_TIME_H
#define OFP_EXPLAIN_TIME_H

#include <stdint.h>

#include <offerpolicy/zone.h>

#include "buffer.h"

/** No offset goes without saying. */
#define OFP_OFFSET_NONE INT32_MIN

/** How instants are shown. */
typedef struct ofp_clock {
    const ofp_zone *zone; /* in this zone's local time */
    int32_t offset;       /* seconds east of UTC: instants with this one do not repeat it; or
                             OFP_OFFSET_NONE */
    const char *space;    /* what stands between the words of a date, a time or a duration */
} ofp_clock;

/** Writes an instant: "Fri 20 Nov 2026 14:00 PST (UTC-8)". */
void ofp_clock_put_instant(const ofp_clock *clock, int64_t instant, ofp_buffer *buffer);

/** Writes when something starts: as a date alone, if it does so at midnight. */
void ofp_clock_put_start(const ofp_clock *clock, int64_t start, ofp_buffer *buffer);

/**
 * Writes until when something lasts: "through Thu 31 Dec 2026" if it ends at midnight, else
 * "until …".
 * @param end the first instant after it; OFP_INSTANT_NONE: "without an end"
 */
void ofp_clock_put_end(const ofp_clock *clock, int64_t end, ofp_buffer *buffer);

/** Writes when something ended: "at the end of Thu 31 Dec 2026", or "on …". */
void ofp_clock_put_past_end(const ofp_clock *clock, int64_t end, ofp_buffer *buffer);

/**
 * The last date of something that ends at midnight.
 * @return OFP_DATE_NONE: it ends at another time of the day
 */
int32_t ofp_clock_last_date(const ofp_clock *clock, int64_t end);

/** Writes a date: "Thu 31 Dec 2026". */
void ofp_clock_put_date(const ofp_clock *clock, int32_t date, ofp_buffer *buffer);

/** Writes an exact amount of open time, never in days: "36 h", "1 h 30 min". @param seconds > 0 */
void ofp_clock_put_budget(const ofp_clock *clock, int64_t seconds, ofp_buffer *buffer);

/** Writes how far two instants are apart, the two largest units: "41 d 14 h". @param seconds > 0 */
void ofp_clock_put_span(const ofp_clock *clock, int64_t seconds, ofp_buffer *buffer);

#endif
