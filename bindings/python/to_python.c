/* SPDX-License-Identifier: MIT */
#include "to_python.h"

#include <stdbool.h>

#include "moments.h"

PyObject *python_add_result(PyObject *result, PyObject *item)
{
    PyObject *both = NULL;
    if (result == Py_None) {
        Py_DECREF(result);
        return item;
    }
    if (result && item)
        both = PyTuple_Pack(2, result, item);
    Py_XDECREF(result);
    Py_XDECREF(item);
    return both;
}

/* --- single values ---------------------------------------------------------------------------- */

PyObject *python_from_text(ofp_text text)
{
    if (!text.data)
        Py_RETURN_NONE;
    return PyUnicode_FromStringAndSize(text.data, (Py_ssize_t)text.size);
}

PyObject *python_from_buffer(const ofp_buffer *buffer)
{
    const ofp_text text = ofp_buffer_text(buffer);
    return PyUnicode_FromStringAndSize(text.size ? text.data : "", (Py_ssize_t)text.size);
}

/* --- arrays and structs ----------------------------------------------------------------------- */

/* Puts a new reference into a new list. @return false: it was NULL, and the list is gone */
static bool put(PyObject *list, size_t index, PyObject *item)
{
    if (!item) {
        Py_DECREF(list);
        return false;
    }
    PyList_SET_ITEM(list, (Py_ssize_t)index, item);
    return true;
}

/* Tag actions come first. */
static size_t count_tag_actions(const ofp_action *actions, size_t count)
{
    size_t with_tag = 0;
    while (with_tag < count && actions[with_tag].tag != OFP_NONE)
        with_tag++;
    return with_tag;
}

PyObject *python_from_actions(const ofp_action *actions, size_t count)
{
    const size_t with_tag = count_tag_actions(actions, count);
    PyObject *list = PyList_New((Py_ssize_t)with_tag);
    for (size_t i = 0; list && i < with_tag; i++)
        if (!put(list, i, Py_BuildValue("(ii)", (int)actions[i].kind, (int)actions[i].tag)))
            return NULL;
    return list;
}

static PyObject *from_target(const ofp_target *target)
{
    return Py_BuildValue("(iiiLN)", (int)target->metric, (int)target->kind, (int)target->calendar,
                         (long long)target->seconds, python_from_instant(target->due_at));
}

PyObject *python_from_targets(const ofp_target *targets, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++)
        if (!put(list, i, from_target(&targets[i])))
            return NULL;
    return list;
}

PyObject *python_from_periods(const ofp_period *periods, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++)
        if (!put(list, i,
                 Py_BuildValue("(NN)", python_from_instant(periods[i].from),
                               python_from_instant(periods[i].to))))
            return NULL;
    return list;
}

/* The names of files are bytes, of which Python makes texts in a way of its own. */
static PyObject *from_file_name(const char *name)
{
    if (!name)
        Py_RETURN_NONE;
    return PyUnicode_DecodeFSDefault(name);
}

PyObject *python_from_diagnostic(const ofp_diagnostic *diagnostic)
{
    if (!diagnostic)
        Py_RETURN_NONE;
    return Py_BuildValue("(issNIIzzI)", (int)diagnostic->severity, ofp_code_name(diagnostic->code),
                         diagnostic->message, from_file_name(diagnostic->source),
                         (unsigned)diagnostic->line, (unsigned)diagnostic->column,
                         diagnostic->pointer, diagnostic->excerpt, (unsigned)diagnostic->caret);
}

static PyObject *from_member(const ofp_member *member, const void *place)
{
    switch (member->type) {
    case OFP_MEMBER_INSTANT:
        return python_from_instant(*(const int64_t *)place);
    case OFP_MEMBER_INTEGER:
        return PyLong_FromLongLong(*(const int64_t *)place);
    case OFP_MEMBER_INT32:
        return PyLong_FromLong(*(const int32_t *)place);
    default: /* no struct that comes back has others */
        Py_UNREACHABLE();
    }
}

PyObject *python_from_struct(const void *structure, const ofp_members *members)
{
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && i < members->count; i++) {
        const ofp_member *member = &members->items[i];
        PyObject *value = from_member(member, (const char *)structure + member->offset);
        if (!value || PyDict_SetItemString(dict, member->name, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    return dict;
}

/* --- failures --------------------------------------------------------------------------------- */

static PyObject *from_diagnostics(const ofp_error *error)
{
    const size_t count = ofp_error_count(error);
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++)
        if (!put(list, i, python_from_diagnostic(ofp_error_diagnostic(error, i))))
            return NULL;
    return list;
}

/* Takes over the references, which may be NULL. */
static PyObject *call_maker(const char *status, PyObject *first, PyObject *diagnostics)
{
    PyObject *module = first && diagnostics ? PyImport_ImportModule("offerpolicy.errors") : NULL;
    PyObject *made =
        module ? PyObject_CallMethod(module, "_from_native", "sOO", status, first, diagnostics)
               : NULL;
    Py_XDECREF(module);
    Py_XDECREF(first);
    Py_XDECREF(diagnostics);
    return made;
}

/* The exception is made by Python, where its class is. */
static void raise_made(const ofp_error *error)
{
    PyObject *first = python_from_diagnostic(ofp_error_first(error));
    PyObject *diagnostics = first ? from_diagnostics(error) : NULL;
    PyObject *made = call_maker(ofp_status_name(ofp_error_status(error)), first, diagnostics);
    if (!made)
        return;
    PyErr_SetObject((PyObject *)Py_TYPE(made), made);
    Py_DECREF(made);
}

void python_raise(ofp_error *error)
{
    if (!error)
        return;
    if (ofp_error_status(error) == OFP_STATUS_NO_MEMORY)
        PyErr_NoMemory();
    else
        raise_made(error);
    ofp_error_free(error);
}
