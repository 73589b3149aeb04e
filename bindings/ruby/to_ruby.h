/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Results and failures for Ruby.
 */
#ifndef OFP_TO_RUBY_H
#define OFP_TO_RUBY_H

#include <ruby.h>

#include <offerpolicy/offerpolicy.h>

#include "members.h"

/** A frozen String; nil for a text that is not there. */
VALUE ruby_from_text(ofp_text text);

/** A frozen String; nil for NULL. */
VALUE ruby_from_string(const char *string);

/** What a buffer holds, as a String. */
VALUE ruby_from_buffer(const ofp_buffer *buffer);

/**
 * The tag actions, which come first: an Array of Integers, each twice the index of a tag plus the
 * kind, which is 0 or 1.
 */
VALUE ruby_from_tag_actions(const ofp_action *actions, size_t count);

/** An Array of [from, to]. */
VALUE ruby_from_periods(const ofp_period *periods, size_t count);

/** [severity, code, message, source, line, column, pointer, excerpt, caret]; nil for NULL. */
VALUE ruby_from_diagnostic(const ofp_diagnostic *diagnostic);

/** A Hash of a struct's members, by their names as Symbols. */
VALUE ruby_from_struct(const void *structure, const ofp_members *members);

/** Raises the exception that stands for an error. @param error is freed */
NORETURN(void ruby_raise(ofp_error *error));

#endif
