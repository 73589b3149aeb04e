/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Times and dates of Ruby. All functions may run code of the program and raise.
 */
#ifndef OFP_RUBY_MOMENTS_H
#define OFP_RUBY_MOMENTS_H

#include <ruby.h>
#include <stdint.h>

/** Makes everything here ready; call it once. */
void ruby_moments_init(void);

/** What a value is, as far as moments go. */
typedef enum ruby_moment {
    RUBY_NO_MOMENT, /**< something else */
    RUBY_TIME,      /**< a Time, a DateTime, or what acts like a Time, as Rails has it */
    RUBY_DATE,      /**< a Date, which has no time */
} ruby_moment;

ruby_moment ruby_moment_kind(VALUE value);

/** The instant of a RUBY_TIME; fractions of a second are cut off. */
int64_t ruby_time_instant(VALUE value);

/** The days of a RUBY_DATE since 1970-01-01; raises RangeError for one that is too far away. */
int32_t ruby_date_days(VALUE value);

/** An instant as a frozen Time in UTC; nil for OFP_INSTANT_NONE. */
VALUE ruby_from_instant(int64_t instant);

#endif
