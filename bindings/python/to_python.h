/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Results and failures for Python. Functions that return an object return a new reference, or NULL
 * with an exception set.
 */
#ifndef OFP_TO_PYTHON_H
#define OFP_TO_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <offerpolicy/offerpolicy.h>

#include "members.h"

/**
 * Adds what a function gives to what it has given so far: the second makes a pair of both.
 * @param result None: nothing so far; taken over
 * @param item NULL: it could not be made; taken over
 */
PyObject *python_add_result(PyObject *result, PyObject *item);

/** A str; None for a text that is not there. */
PyObject *python_from_text(ofp_text text);

/** What a buffer holds, as a str. */
PyObject *python_from_buffer(const ofp_buffer *buffer);

/** The tag actions, as a list of (kind, index of the tag); documents have the others. */
PyObject *python_from_actions(const ofp_action *actions, size_t count);

/** A list of (metric, kind, index of the calendar, seconds, when it is due or None). */
PyObject *python_from_targets(const ofp_target *targets, size_t count);

/** A list of (from, to). */
PyObject *python_from_periods(const ofp_period *periods, size_t count);

/** (severity, code, message, source, line, column, pointer, excerpt, caret); None for NULL. */
PyObject *python_from_diagnostic(const ofp_diagnostic *diagnostic);

/** A dict of a struct's members. */
PyObject *python_from_struct(const void *structure, const ofp_members *members);

/**
 * Raises the exception that stands for an error.
 * @param error is freed. NULL: an exception has been raised already
 */
void python_raise(ofp_error *error);

#endif
