/* SPDX-License-Identifier: MIT */
/*
 * Values of Python for offerpolicy.i. The macros and the names in capitals are what the interface
 * asks of a language; ruby/typemaps.i has the same.
 */
%{
#include "from_python.h"
#include "moments.h"
#include "read_python.h"
#include "to_python.h"

/* An object of C, which is there. */
static int to_pointer(PyObject *value, const char *name, swig_type_info *type, void **ret)
{
    void *object = NULL;
    if (!SWIG_IsOK(SWIG_ConvertPtr(value, &object, type, 0)) || !object) {
        PyErr_Format(PyExc_TypeError, "%s is of a wrong type: %.100s", name,
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    *ret = object;
    return 0;
}

int python_to_object(PyObject *value, ofp_member_type type, const char *name, void *ret)
{
    return to_pointer(value, name,
                      type == OFP_MEMBER_FACTS ? SWIGTYPE_p_ofp_facts : SWIGTYPE_p_ofp_zone, ret);
}
%}

%init %{
    if (python_moments_init() < 0)
        return NULL;
%}


#define HOST PyObject *

/* --- arguments -------------------------------------------------------------------------------- */

/* FUNCTION(value, name of the parameter, place) gives 0, or -1 with an exception. */
%define %from_python(FUNCTION, TYPES...)
%typemap(in, noblock=1) TYPES {
    if (FUNCTION($input, "$1_name", &$1) < 0)
        SWIG_fail;
}
%enddef

%from_python(python_to_text, ofp_text)
%from_python(python_to_instant, int64_t INSTANT)
%from_python(python_to_seconds, int64_t SECONDS)
%from_python(python_to_date, int32_t DATE)
%from_python(python_to_int64, int64_t)
%from_python(python_to_int32, int32_t)
%from_python(python_to_size, size_t)
%from_python(python_to_flag, bool)
%typemap(in, noblock=1) int (int32_t number), enum SWIGTYPE (int32_t number) {
    if (python_to_int32($input, "$1_name", &number) < 0)
        SWIG_fail;
    $1 = ($1_ltype)number;
}

%typemap(in, noblock=1) const char *, const char *PATH {
    if (python_to_string($input, "$1_name", (const char **)&$1) < 0)
        SWIG_fail;
}
%typemap(freearg) const char *, const char *PATH "";

/* --- results ---------------------------------------------------------------------------------- */

%typemap(out, noblock=1) ofp_text { $result = python_from_text($1); }
%typemap(out, noblock=1) int64_t INSTANT { $result = python_from_instant($1); }

/*
 * A failure is raised before anything else is looked at. Without an error an exception is under
 * way already: one of Python code that was called back.
 */
%typemap(in, noblock=1, numinputs=0) ofp_error **reterr (ofp_error *failure) {
    ofp_error *problem = NULL;
    $1 = &problem;
}
%typemap(out, noblock=1) ofp_status {
    if ($1) {
        python_raise(problem);
        SWIG_fail;
    }
    $result = SWIG_Py_Void();
}

/* FUNCTION turns what was written to ARGUMENT into a result. */
%define %to_python(FUNCTION, TYPE, ARGUMENT)
%typemap(in, noblock=1, numinputs=0) ARGUMENT (TYPE made) { $1 = &made; }
%typemap(argout, noblock=1) ARGUMENT {
    $result = python_add_result($result, FUNCTION(*$1));
}
%enddef

%to_python(python_from_instant, int64_t, int64_t *RETINSTANT)
%to_python(PyLong_FromLongLong, int64_t, int64_t *RETINTEGER)
%to_python(PyBool_FromLong, bool, bool *ret)

%typemap(in, noblock=1, numinputs=0) char ret[ANY] (char made[$1_dim0]) {
    $1 = made;
}
%typemap(argout, noblock=1) char ret[ANY] {
    $result = python_add_result($result, PyUnicode_FromString($1));
}

/* What is written into a buffer is the result. */
%typemap(in, noblock=1, numinputs=0) ofp_buffer *buffer {
    $1 = NULL;
    {
        ofp_error *error;
        if (ofp_buffer_new(&$1, &error)) {
            python_raise(error);
            SWIG_fail;
        }
    }
}
%typemap(argout, noblock=1) ofp_buffer *buffer {
    $result = python_add_result($result, python_from_buffer($1));
}
%typemap(freearg, noblock=1) ofp_buffer *buffer { ofp_buffer_free($1); }

/* A count that tells how long a returned array is. */
%typemap(in, noblock=1, numinputs=0) size_t *retcount {
    size_t count = 0;
    $1 = &count;
}
%typemap(out, noblock=1) const ofp_action * {
    $result = python_from_actions($1, count);
}
%typemap(out, noblock=1) const ofp_target * {
    $result = python_from_targets($1, count);
}
%typemap(out, noblock=1) const ofp_diagnostic * {
    $result = python_from_diagnostic($1);
}

/* As many periods as there are, but at most `capacity`. */
%typemap(in, noblock=1) (size_t capacity, ofp_period *ret) {
    if (python_to_size($input, "count", &$1) < 0)
        SWIG_fail;
    $2 = PyMem_New(ofp_period, $1 ? $1 : 1);
    if (!$2) {
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%typemap(argout, noblock=1) (size_t capacity, ofp_period *ret) {
    $result = python_add_result($result, python_from_periods($2, count));
}
%typemap(freearg, noblock=1) (size_t capacity, ofp_period *ret) { PyMem_Free($2); }

/* --- what offerpolicy.i asks for -------------------------------------------------------------- */

/* SWIG's None for want of memory must not leave the object of C behind. */
%define %returns_owned(TYPE)
%typemap(in, noblock=1, numinputs=0) TYPE **ret (TYPE *made) {
    made = NULL;
    $1 = &made;
}
%typemap(argout, noblock=1) TYPE **ret {
    $result = python_add_result(
        $result, SWIG_NewPointerObj(*$1, $*1_descriptor, SWIG_POINTER_OWN));
    if ($result == Py_None) {
        delete_##TYPE(*$1);
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%enddef

%define %never_null(TYPE)
%typemap(in, noblock=1) TYPE *, const TYPE * {
    if (to_pointer($input, "$1_name", $1_descriptor, (void **)&$1) < 0)
        SWIG_fail;
}
%typemap(out, noblock=1) TYPE *, const TYPE * {
    $result = SWIG_NewPointerObj((void *)$1, $1_descriptor, $owner);
    if ($1 && $result == Py_None) {
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%enddef

%define %struct_in(TYPE, NAME, MEMBERS)
%typemap(in, noblock=1) const TYPE *NAME (TYPE filled) {
    if (python_to_struct($input, &MEMBERS, &filled) < 0)
        SWIG_fail;
    $1 = &filled;
}
%enddef

%define %struct_out(TYPE, MEMBERS)
%typemap(in, noblock=1, numinputs=0) TYPE *ret (TYPE filled) {
    memcpy(&filled, MEMBERS.start, sizeof filled);
    $1 = &filled;
}
%typemap(argout, noblock=1) TYPE *ret {
    $result = python_add_result($result, python_from_struct($1, &MEMBERS));
}
%enddef

%define %long_work(FUNCTION)
%exception FUNCTION {
    Py_BEGIN_ALLOW_THREADS
    $action
    Py_END_ALLOW_THREADS
}
%enddef
