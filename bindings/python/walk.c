/* SPDX-License-Identifier: MIT */
/*
 * How deep a walk goes is bounded by the reader: it refuses what is nested deeper than any request,
 * and then the walk is over.
 */
#include "walk.h"

#include <string.h>

#include "moments.h"

/* --- holding ---------------------------------------------------------------------------------- */

static bool grow(python_walk *walk)
{
    const size_t capacity = walk->held_capacity ? 2 * walk->held_capacity : 64;
    PyObject **held = PyMem_Realloc(walk->held, capacity * sizeof *held);
    if (!held) {
        PyErr_NoMemory();
        return false;
    }
    walk->held = held;
    walk->held_capacity = capacity;
    return true;
}

/* Takes over a reference. @return false: out of memory; the reference is gone */
static bool hold(python_walk *walk, PyObject *object)
{
    if (walk->held_count == walk->held_capacity && !grow(walk)) {
        Py_DECREF(object);
        return false;
    }
    walk->held[walk->held_count++] = object;
    return true;
}

void python_walk_release(python_walk *walk)
{
    /* Dropping the last reference may run code that starts a walk, but never with this one. */
    while (walk->held_count)
        Py_DECREF(walk->held[--walk->held_count]);
}

/* --- single values ---------------------------------------------------------------------------- */

static bool fail(python_walk *walk, ofp_code code, const char *message)
{
    return ofp_reader_fail(walk->reader, code, message) == OFP_STATUS_OK;
}

/* What can't be read, with the name of its type: that is any text, of which only letters are shown.
 */
static bool fail_type(python_walk *walk, PyObject *value, const char *format)
{
    char type[64], message[200];
    size_t size = 0;
    for (const char *c = Py_TYPE(value)->tp_name; *c && size < sizeof type - 1; c++)
        type[size++] = (char)(Py_ISALNUM(*c) || *c == '_' || *c == '.' ? *c : '?');
    type[size] = '\0';
    PyOS_snprintf(message, sizeof message, format, type);
    return fail(walk, OFP_CODE_WRONG_TYPE, message);
}

/*
 * The bytes of a str, which is held.
 * @return false: the walk is over
 */
static bool text_of(python_walk *walk, PyObject *string, ofp_text *ret)
{
    Py_ssize_t size;
    if (!hold(walk, Py_NewRef(string)))
        return false;
    const char *data = PyUnicode_AsUTF8AndSize(string, &size);
    if (data) {
        *ret = (ofp_text){data, (size_t)size};
        return true;
    }
    if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        PyErr_Clear();
        fail(walk, OFP_CODE_INVALID_UTF8, "the text has a surrogate, which is no character");
    }
    return false;
}

static bool walk_text(python_walk *walk, PyObject *string)
{
    ofp_text text;
    return text_of(walk, string, &text) && !ofp_reader_string(walk->reader, text);
}

/* A text that Python does not have yet. */
static bool walk_new_text(python_walk *walk, const char *string)
{
    PyObject *object = PyUnicode_FromString(string);
    const bool goes_on = object && walk_text(walk, object);
    Py_XDECREF(object);
    return goes_on;
}

static bool walk_datetime(python_walk *walk, PyObject *datetime)
{
    int64_t instant;
    char text[OFP_INSTANT_SIZE];
    const int known = python_datetime_instant(datetime, &instant);
    if (known < 0)
        return false;
    if (known == 0)
        return fail(walk, OFP_CODE_MISSING_OFFSET,
                    "the datetime is naive: give it a time zone, such as "
                    "tzinfo=datetime.timezone.utc");
    ofp_instant_format(instant, text);
    return walk_new_text(walk, text);
}

static bool walk_date(python_walk *walk, PyObject *date)
{
    char text[OFP_DATE_SIZE];
    ofp_date_format(python_date_days(date), text);
    return walk_new_text(walk, text);
}

static bool walk_integer(python_walk *walk, PyObject *integer)
{
    int overflow;
    const int64_t number = PyLong_AsLongLongAndOverflow(integer, &overflow);
    return !(overflow ? ofp_reader_other_number(walk->reader)
                      : ofp_reader_integer(walk->reader, number));
}

/* --- mappings --------------------------------------------------------------------------------- */

/*
 * A key that is no str: the reader is told what it looks like, so that the place can be named. It
 * is held, since its __repr__() may take it out of its dict.
 */
static bool fail_key(python_walk *walk, PyObject *key)
{
    ofp_text text;
    if (!hold(walk, Py_NewRef(key)))
        return false;
    PyObject *shown = PyObject_ASCII(key);
    if (!shown || !hold(walk, shown) || !text_of(walk, shown, &text))
        return false;
    return !ofp_reader_key(walk->reader, text) &&
           fail_type(walk, key, "a key must be a str, not %s");
}

/* Tells of a key and its value, which are borrowed from something that may change meanwhile. */
static bool walk_pair(python_walk *walk, PyObject *key, PyObject *value)
{
    ofp_text text;
    if (!PyUnicode_Check(key))
        return fail_key(walk, key);
    if (!hold(walk, Py_NewRef(value)) || !text_of(walk, key, &text))
        return false;
    return !ofp_reader_key(walk->reader, text) && python_walk_value(walk, value);
}

/* A dict that changes meanwhile is read as far as it goes; a key that comes twice is refused. */
static bool walk_dict(python_walk *walk, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t place = 0;
    if (ofp_reader_begin_object(walk->reader))
        return false;
    while (PyDict_Next(dict, &place, &key, &value))
        if (!walk_pair(walk, key, value))
            return false;
    return !ofp_reader_end_object(walk->reader);
}

/* Another mapping: its items, as it gives them. */
static bool walk_mapping(python_walk *walk, PyObject *mapping)
{
    PyObject *items = PyMapping_Items(mapping);
    if (!items || !hold(walk, items) || ofp_reader_begin_object(walk->reader))
        return false;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(items); i++) {
        PyObject *item = PyList_GET_ITEM(items, i);
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 2)
            return fail_type(walk, mapping, "the items of %s are no pairs");
        if (!walk_pair(walk, PyTuple_GET_ITEM(item, 0), PyTuple_GET_ITEM(item, 1)))
            return false;
    }
    return !ofp_reader_end_object(walk->reader);
}

/* --- sequences -------------------------------------------------------------------------------- */

/* A list or tuple. A list may change meanwhile. */
static bool walk_list(python_walk *walk, PyObject *list)
{
    if (ofp_reader_begin_list(walk->reader))
        return false;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(list, i);
        if (!hold(walk, Py_NewRef(item)) || !python_walk_value(walk, item))
            return false;
    }
    return !ofp_reader_end_list(walk->reader);
}

/* Another sequence: its members, as it gives them. */
static bool walk_sequence(python_walk *walk, PyObject *sequence)
{
    PyObject *list = PySequence_List(sequence);
    return list && hold(walk, list) && walk_list(walk, list);
}

/* --- everything ------------------------------------------------------------------------------- */

/* Is it an instance of this class of collections.abc? @return 1, 0, or -1 with an exception set */
static int is_a(PyObject *value, const char *class)
{
    PyObject *module = PyImport_ImportModule("collections.abc");
    PyObject *type = module ? PyObject_GetAttrString(module, class) : NULL;
    const int answer = type ? PyObject_IsInstance(value, type) : -1;
    Py_XDECREF(type);
    Py_XDECREF(module);
    return answer;
}

/* Values that are rare. */
static bool walk_other(python_walk *walk, PyObject *value)
{
    if (PyBytes_Check(value) || PyByteArray_Check(value))
        return fail_type(walk, value, "a text must be a str, not %s: decode it");
    if (PyFloat_Check(value))
        return !ofp_reader_other_number(walk->reader);
    int answer = is_a(value, "Mapping");
    if (answer == 1)
        return walk_mapping(walk, value);
    if (answer == 0)
        answer = is_a(value, "Sequence");
    if (answer == 1)
        return walk_sequence(walk, value);
    return answer == 0 && fail_type(walk, value, "a value of the type %s can't be read");
}

static bool walk_moment(python_walk *walk, PyObject *value)
{
    switch (python_moment_kind(value)) {
    case PYTHON_DATETIME:
        return walk_datetime(walk, value);
    case PYTHON_DATE:
        return walk_date(walk, value);
    default:
        return walk_other(walk, value);
    }
}

bool python_walk_value(python_walk *walk, PyObject *value)
{
    if (PyUnicode_Check(value))
        return walk_text(walk, value);
    if (PyDict_CheckExact(value))
        return walk_dict(walk, value);
    if (PyList_CheckExact(value) || PyTuple_CheckExact(value))
        return walk_list(walk, value);
    if (PyBool_Check(value))
        return !ofp_reader_boolean(walk->reader, value == Py_True);
    if (value == Py_None)
        return !ofp_reader_null(walk->reader);
    if (PyLong_Check(value))
        return walk_integer(walk, value);
    return walk_moment(walk, value);
}

bool python_walk_member(python_walk *walk, const char *key, PyObject *value)
{
    return !ofp_reader_key(walk->reader, ofp_text_of(key)) && python_walk_value(walk, value);
}
