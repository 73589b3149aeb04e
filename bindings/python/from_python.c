/* SPDX-License-Identifier: MIT */
#include "from_python.h"

#include <string.h>

#include "moments.h"

static int refuse(PyObject *value, const char *name, const char *wanted)
{
    PyErr_Format(PyExc_TypeError, "%s must be %s, not %.100s", name, wanted,
                 Py_TYPE(value)->tp_name);
    return -1;
}

/* --- texts ------------------------------------------------------------------------------------ */

int python_to_text(PyObject *value, const char *name, ofp_text *ret)
{
    if (value == Py_None) {
        *ret = (ofp_text){0};
        return 0;
    }
    if (!PyUnicode_Check(value))
        return refuse(value, name, "a str");
    Py_ssize_t size;
    const char *data = PyUnicode_AsUTF8AndSize(value, &size);
    if (!data)
        return -1;
    *ret = (ofp_text){data, (size_t)size};
    return 0;
}

int python_to_string(PyObject *value, const char *name, const char **ret)
{
    ofp_text text = {0};
    if (PyBytes_Check(value))
        text = (ofp_text){PyBytes_AS_STRING(value), (size_t)PyBytes_GET_SIZE(value)};
    else if (python_to_text(value, name, &text) < 0)
        return -1;
    if (text.data && memchr(text.data, '\0', text.size)) {
        PyErr_Format(PyExc_ValueError, "%s has a null character", name);
        return -1;
    }
    *ret = text.data;
    return 0;
}

/* --- times ------------------------------------------------------------------------------------ */

int python_to_instant(PyObject *value, const char *name, int64_t *ret)
{
    if (python_moment_kind(value) != PYTHON_DATETIME)
        return refuse(value, name, "an aware datetime");
    const int known = python_datetime_instant(value, ret);
    if (known == 0)
        PyErr_Format(PyExc_ValueError,
                     "%s is naive: give it a time zone, such as tzinfo=datetime.timezone.utc",
                     name);
    return known == 1 ? 0 : -1;
}

int python_to_date(PyObject *value, const char *name, int32_t *ret)
{
    if (python_moment_kind(value) != PYTHON_DATE)
        return refuse(value, name, "a date (without a time)");
    *ret = python_date_days(value);
    return 0;
}

int python_to_seconds(PyObject *value, const char *name, int64_t *ret)
{
    if (python_moment_kind(value) == PYTHON_DURATION) {
        *ret = python_duration_seconds(value);
        return 0;
    }
    if (!PyLong_Check(value) || PyBool_Check(value))
        return refuse(value, name, "a timedelta or an int of seconds");
    return python_to_int64(value, name, ret);
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* A whole number between two others, these included. */
static int to_integer(PyObject *value, const char *name, int64_t least, int64_t most, int64_t *ret)
{
    if (!PyLong_Check(value) || PyBool_Check(value))
        return refuse(value, name, "an int");
    int overflow;
    const int64_t number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow || number < least || number > most) {
        PyErr_Format(PyExc_OverflowError, "%s is out of range", name);
        return -1;
    }
    *ret = number;
    return 0;
}

int python_to_int64(PyObject *value, const char *name, int64_t *ret)
{
    return to_integer(value, name, INT64_MIN, INT64_MAX, ret);
}

int python_to_int32(PyObject *value, const char *name, int32_t *ret)
{
    int64_t number;
    if (to_integer(value, name, INT32_MIN, INT32_MAX, &number) < 0)
        return -1;
    *ret = (int32_t)number;
    return 0;
}

int python_to_size(PyObject *value, const char *name, size_t *ret)
{
    int64_t number;
    if (to_integer(value, name, 0, PY_SSIZE_T_MAX, &number) < 0)
        return -1;
    *ret = (size_t)number;
    return 0;
}

int python_to_flag(PyObject *value, const char *name, bool *ret)
{
    if (!PyBool_Check(value))
        return refuse(value, name, "True or False");
    *ret = value == Py_True;
    return 0;
}

/* --- structs ---------------------------------------------------------------------------------- */

static int to_uint32(PyObject *value, const char *name, uint32_t *ret)
{
    int64_t number;
    if (to_integer(value, name, 0, UINT32_MAX, &number) < 0)
        return -1;
    *ret = (uint32_t)number;
    return 0;
}

static int to_member(PyObject *value, const ofp_member *member, void *place)
{
    switch (member->type) {
    case OFP_MEMBER_TEXT:
        return python_to_text(value, member->name, place);
    case OFP_MEMBER_STRING:
        return python_to_string(value, member->name, place);
    case OFP_MEMBER_INSTANT:
        return python_to_instant(value, member->name, place);
    case OFP_MEMBER_DATE:
        return python_to_date(value, member->name, place);
    case OFP_MEMBER_INTEGER:
        return python_to_int64(value, member->name, place);
    case OFP_MEMBER_INT32:
    case OFP_MEMBER_ENUM:
        return python_to_int32(value, member->name, place);
    case OFP_MEMBER_UINT32:
        return to_uint32(value, member->name, place);
    case OFP_MEMBER_SIZE:
        return python_to_size(value, member->name, place);
    case OFP_MEMBER_FLAG:
        return python_to_flag(value, member->name, place);
    case OFP_MEMBER_FACTS:
    case OFP_MEMBER_ZONE:
        return python_to_object(value, member->type, member->name, place);
    }
    Py_UNREACHABLE();
}

/* @param ret borrowed; NULL: there is none with this name */
static int find(PyObject *dict, const char *name, PyObject **ret)
{
    PyObject *key = PyUnicode_FromString(name);
    if (!key)
        return -1;
    *ret = PyDict_GetItemWithError(dict, key);
    Py_DECREF(key);
    return *ret || !PyErr_Occurred() ? 0 : -1;
}

int python_to_struct(PyObject *dict, const ofp_members *members, void *ret)
{
    if (!PyDict_Check(dict))
        return refuse(dict, "options", "a dict");
    memcpy(ret, members->start, members->size);
    Py_ssize_t left = PyDict_GET_SIZE(dict);
    for (size_t i = 0; i < members->count; i++) {
        const ofp_member *member = &members->items[i];
        PyObject *value;
        if (find(dict, member->name, &value) < 0)
            return -1;
        left -= value != NULL;
        if (value && value != Py_None && to_member(value, member, (char *)ret + member->offset) < 0)
            return -1;
    }
    if (left == 0)
        return 0;
    PyErr_SetString(PyExc_TypeError, "there are options of unknown names");
    return -1;
}
