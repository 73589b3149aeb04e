/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Datetimes and dates of Python. They have a file of their own, since the datetime module's
 * functions are reached through a table that each file keeps for itself.
 */
#ifndef OFP_MOMENTS_H
#define OFP_MOMENTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

/** Makes everything here ready. @return 0, or -1 with an exception set */
int python_moments_init(void);

/** What a value is, as far as moments go. */
typedef enum python_moment {
    PYTHON_NO_MOMENT, /**< something else */
    PYTHON_DATETIME,  /**< a datetime, aware or naive */
    PYTHON_DATE,      /**< a date without a time */
    PYTHON_DURATION,  /**< a timedelta */
} python_moment;

python_moment python_moment_kind(PyObject *value);

/**
 * The instant of a datetime; fractions of a second are cut off.
 * @return 1; 0 if the datetime is naive; -1 with an exception set, for example one of its tzinfo
 */
int python_datetime_instant(PyObject *datetime, int64_t *ret);

/** The days of a date since 1970-01-01. */
int32_t python_date_days(PyObject *date);

/** The seconds of a timedelta; fractions are cut off, towards the past. */
int64_t python_duration_seconds(PyObject *duration);

/** An instant as a datetime in UTC; None for OFP_INSTANT_NONE. A new reference, or NULL. */
PyObject *python_from_instant(int64_t instant);

/** A date from days since 1970-01-01; None for OFP_DATE_NONE. A new reference, or NULL. */
PyObject *python_from_date(int32_t date);

#endif
