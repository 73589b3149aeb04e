/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Walks Python's values and tells a reader what it meets.
 */
#ifndef OFP_WALK_H
#define OFP_WALK_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>

#include <offerpolicy/reader.h>

/** A walk under way. */
typedef struct python_walk {
    ofp_reader *reader; /**< who is told */
    PyObject **held;    /**< whose texts the reader has borrowed; references */
    size_t held_count, held_capacity;
} python_walk;

/**
 * Tells of a value and all that is in it.
 * @return false: the walk is over, since the reader has failed or an exception was raised
 */
bool python_walk_value(python_walk *walk, PyObject *value);

/** Tells of a key and its value. @param key static */
bool python_walk_member(python_walk *walk, const char *key, PyObject *value);

/** Lets go of everything that is held. */
void python_walk_release(python_walk *walk);

#endif
