/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Single values of Python as arguments. All functions return 0, or -1 with an exception set that
 * names the argument; a value's type is never guessed.
 */
#ifndef OFP_FROM_PYTHON_H
#define OFP_FROM_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>

#include <offerpolicy/offerpolicy.h>

#include "members.h"

/** A str, whose bytes live as long as it does; None: no data. */
int python_to_text(PyObject *value, const char *name, ofp_text *ret);

/** A str, or bytes for a path, without zero characters; None: NULL. Lives as long as the value. */
int python_to_string(PyObject *value, const char *name, const char **ret);

/** An aware datetime. */
int python_to_instant(PyObject *value, const char *name, int64_t *ret);

/** A date without a time. */
int python_to_date(PyObject *value, const char *name, int32_t *ret);

/** A whole number of seconds, or a timedelta; what is beyond the second is cut off. */
int python_to_seconds(PyObject *value, const char *name, int64_t *ret);

/** A whole number. */
int python_to_int64(PyObject *value, const char *name, int64_t *ret);
/** A whole number. */
int python_to_int32(PyObject *value, const char *name, int32_t *ret);
/** A whole number, 0 or more. */
int python_to_size(PyObject *value, const char *name, size_t *ret);
/** True or False. */
int python_to_flag(PyObject *value, const char *name, bool *ret);

/**
 * The C object in one of SWIG's: its types are known to the wrapper only, which has this function.
 * @param type OFP_MEMBER_FACTS or OFP_MEMBER_ZONE
 * @param ret a pointer to it, which lives as long as the value
 */
int python_to_object(PyObject *value, ofp_member_type type, const char *name, void *ret);

/**
 * A dict with members of a struct by their names. What is missing or None stays as the struct
 * starts. Texts live as long as the dict is not changed.
 * @param ret the struct
 */
int python_to_struct(PyObject *dict, const ofp_members *members, void *ret);

#endif
