/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Walks Ruby's values and tells a reader what it meets.
 */
#ifndef OFP_RUBY_WALK_H
#define OFP_RUBY_WALK_H

#include <ruby.h>
#include <stdbool.h>

#include <offerpolicy/reader.h>

#include "texts.h"

/** A walk under way. */
typedef struct ruby_walk {
    ofp_reader *reader; /**< who is told */
    ruby_texts texts;   /**< which the reader has borrowed */
} ruby_walk;

/**
 * Tells of a value and all that is in it. It may run code of the program (`to_hash`, `to_str` and
 * the like), which may raise: so it is called under rb_protect().
 * @return false: the walk is over, since the reader has failed
 */
bool ruby_walk_value(ruby_walk *walk, VALUE value);

/** Tells of a key and its value; else as ruby_walk_value(). @param key static */
bool ruby_walk_member(ruby_walk *walk, const char *key, VALUE value);

#endif
