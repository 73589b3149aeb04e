/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Single values of Ruby as arguments. A value's type is never guessed: what does not fit raises
 * TypeError, RangeError or ArgumentError with the argument's name. So these are called only while
 * nothing is held that would have to be freed.
 */
#ifndef OFP_FROM_RUBY_H
#define OFP_FROM_RUBY_H

#include <ruby.h>
#include <stdbool.h>

#include <offerpolicy/offerpolicy.h>

#include "members.h"

/**
 * A string in UTF-8: itself, or converted.
 * @return nil if it is binary, or has characters that UTF-8 has not
 */
VALUE ruby_utf8(VALUE string);

/**
 * A String or Symbol; nil: no data.
 * @return a frozen string: the text lives as long as that is held, whatever is done to `value`
 */
VALUE ruby_to_text(VALUE value, const char *name, ofp_text *ret);

/** A String, or what has a path, without zero characters; nil: NULL. As ruby_to_text(). */
VALUE ruby_to_string(VALUE value, const char *name, const char **ret);

/** The same; not nil. */
VALUE ruby_to_path(VALUE value, const char *name, const char **ret);

/** A Time, or what can be one. */
int64_t ruby_to_instant(VALUE value, const char *name);

/** A Date without a time. */
int32_t ruby_to_date(VALUE value, const char *name);

/** A whole number of seconds, or what converts itself to an Integer, as Rails' durations do. */
int64_t ruby_to_seconds(VALUE value, const char *name);

/** A whole number. */
int64_t ruby_to_int64(VALUE value, const char *name);
/** A whole number. */
int32_t ruby_to_int32(VALUE value, const char *name);
/** A whole number, 0 or more. */
size_t ruby_to_size(VALUE value, const char *name);
/** true or false. */
bool ruby_to_flag(VALUE value, const char *name);

/**
 * A Hash with members of a struct by their names, as Symbols. What is missing or nil stays as the
 * struct starts.
 * @param ret the struct
 * @return an object: texts and objects live as long as that is held
 */
VALUE ruby_to_struct(VALUE hash, const ofp_members *members, void *ret);

#endif
