/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include <datetime.h>

#include <offerpolicy/instant.h>

enum { DAY = 86400 };

int python_moments_init(void)
{
    PyDateTime_IMPORT;
    return PyDateTimeAPI ? 0 : -1;
}

/* --- the calendar of ISO 8601 ----------------------------------------------------------------- */

/*
 * Days since 1970-01-01. Years are counted from March, so that the leap day comes last, and in
 * eras of 400 years, which have 146,097 days each.
 */
static int64_t days_from_civil(int year, int month, int day)
{
    const int64_t y = month > 2 ? year : year - 1;
    const int64_t era = y / 400;
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The same backwards, for years from 1 to 9999. */
static void civil_from_days(int64_t days, int *year, int *month, int *day)
{
    const int64_t since = days + 719468;
    const int64_t era = since / 146097;
    const int64_t day_of_era = since - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

/* --- from Python ------------------------------------------------------------------------------ */

python_moment python_moment_kind(PyObject *value)
{
    if (PyDateTime_Check(value))
        return PYTHON_DATETIME;
    if (PyDate_Check(value))
        return PYTHON_DATE;
    return PyDelta_Check(value) ? PYTHON_DURATION : PYTHON_NO_MOMENT;
}

static int64_t local_seconds(PyObject *datetime)
{
    const int64_t days =
        days_from_civil(PyDateTime_GET_YEAR(datetime), PyDateTime_GET_MONTH(datetime),
                        PyDateTime_GET_DAY(datetime));
    return days * DAY + PyDateTime_DATE_GET_HOUR(datetime) * 3600 +
           PyDateTime_DATE_GET_MINUTE(datetime) * 60 + PyDateTime_DATE_GET_SECOND(datetime);
}

int python_datetime_instant(PyObject *datetime, int64_t *ret)
{
    const int64_t local = local_seconds(datetime);
    PyObject *zone = PyDateTime_DATE_GET_TZINFO(datetime);
    if (zone == Py_None)
        return 0;
    if (zone == PyDateTime_TimeZone_UTC) {
        *ret = local;
        return 1;
    }
    /* This may run any code: the datetime is not looked at again but for what can't change. */
    PyObject *offset = PyObject_CallMethod(datetime, "utcoffset", NULL);
    if (!offset)
        return -1;
    const bool naive = !PyDelta_Check(offset);
    if (!naive) {
        const int micros =
            PyDateTime_DATE_GET_MICROSECOND(datetime) - PyDateTime_DELTA_GET_MICROSECONDS(offset);
        *ret = local - python_duration_seconds(offset) - (micros < 0);
    }
    Py_DECREF(offset);
    return !naive;
}

int32_t python_date_days(PyObject *date)
{
    return (int32_t)days_from_civil(PyDateTime_GET_YEAR(date), PyDateTime_GET_MONTH(date),
                                    PyDateTime_GET_DAY(date));
}

int64_t python_duration_seconds(PyObject *duration)
{
    return (int64_t)PyDateTime_DELTA_GET_DAYS(duration) * DAY +
           PyDateTime_DELTA_GET_SECONDS(duration);
}

/* --- to Python -------------------------------------------------------------------------------- */

PyObject *python_from_instant(int64_t instant)
{
    int year, month, day;
    if (instant == OFP_INSTANT_NONE)
        Py_RETURN_NONE;
    const int64_t days = instant / DAY - (instant % DAY < 0);
    const int second = (int)(instant - days * DAY);
    civil_from_days(days, &year, &month, &day);
    return PyDateTimeAPI->DateTime_FromDateAndTime(
        year, month, day, second / 3600, second / 60 % 60, second % 60, 0, PyDateTime_TimeZone_UTC,
        PyDateTimeAPI->DateTimeType);
}

PyObject *python_from_date(int32_t date)
{
    int year, month, day;
    if (date == OFP_DATE_NONE)
        Py_RETURN_NONE;
    civil_from_days(date, &year, &month, &day);
    return PyDate_FromDate(year, month, day);
}
