/* SPDX-License-Identifier: MIT */
/*
 * Values of Ruby for offerpolicy.i. The macros and the names in capitals are what the interface
 * asks of a language; python/typemaps.i has the same.
 *
 * Ruby raises by longjmp(), so that nothing behind it in a wrapper is reached. What a wrapper has
 * made until then belongs to an object of Ruby's, which the collector frees (see objects.h).
 */
%{
#include "from_ruby.h"
#include "long_work.h"
#include "moments.h"
#include "objects.h"
#include "read_ruby.h"
#include "to_ruby.h"

/* The class that SWIG has made for a type. */
#define CLASS_OF_TYPE(DESCRIPTOR) (((swig_class *)(DESCRIPTOR)->clientdata)->klass)

#define APPEND(RESULT, VALUE) RESULT = SWIG_Ruby_AppendOutput(RESULT, VALUE)
%}

%init %{
    ruby_moments_init();
%}

#define HOST VALUE

/* --- arguments -------------------------------------------------------------------------------- */

/* FUNCTION(value, name of the parameter) gives the argument. */
%define %from_ruby(FUNCTION, TYPES...)
%typemap(in, noblock=1) TYPES { $1 = FUNCTION($input, "$1_name"); }
%enddef

%from_ruby(ruby_to_instant, int64_t INSTANT)
%from_ruby(ruby_to_seconds, int64_t SECONDS)
%from_ruby(ruby_to_date, int32_t DATE)
%from_ruby(ruby_to_int64, int64_t)
%from_ruby(ruby_to_int32, int32_t)
%from_ruby(ruby_to_size, size_t)
%from_ruby(ruby_to_flag, bool)
%typemap(in, noblock=1) int, enum SWIGTYPE { $1 = ($1_ltype)ruby_to_int32($input, "$1_name"); }

/* Texts live as long as what is held. */
%define %held_from_ruby(FUNCTION, TYPE, PARAMETER)
%typemap(in, noblock=1) PARAMETER (VALUE held = Qnil) {
    held = FUNCTION($input, "$1_name", (TYPE *)&$1);
}
%typemap(freearg, noblock=1) PARAMETER { RB_GC_GUARD(held$argnum); }
%enddef

%held_from_ruby(ruby_to_text, ofp_text, ofp_text)
%held_from_ruby(ruby_to_string, const char *, const char *)
%held_from_ruby(ruby_to_path, const char *, const char *PATH)

/* --- results ---------------------------------------------------------------------------------- */

%typemap(out, noblock=1) ofp_text { $result = ruby_from_text($1); }
%typemap(out, noblock=1) const char * { $result = ruby_from_string($1); }
%typemap(out, noblock=1) int64_t INSTANT { $result = ruby_from_instant($1); }

/* A failure is raised before anything else is looked at. */
%typemap(in, noblock=1, numinputs=0) ofp_error **reterr {
    ofp_error *problem = NULL;
    $1 = &problem;
}
%typemap(out, noblock=1) ofp_status {
    if ($1)
        ruby_raise(problem);
}

/* FUNCTION turns what was written to ARGUMENT into a result. */
%define %to_ruby(FUNCTION, TYPE, ARGUMENT)
%typemap(in, noblock=1, numinputs=0) ARGUMENT (TYPE made) { $1 = &made; }
%typemap(argout, noblock=1) ARGUMENT { APPEND($result, FUNCTION(*$1)); }
%enddef

%to_ruby(ruby_from_instant, int64_t, int64_t *RETINSTANT)
%to_ruby(LL2NUM, int64_t, int64_t *RETINTEGER)

/* A boolean is no number to append: nothing comes before it. */
%typemap(in, noblock=1, numinputs=0) bool *ret (bool made) { $1 = &made; }
%typemap(argout, noblock=1) bool *ret { $result = *$1 ? Qtrue : Qfalse; }

%typemap(in, noblock=1, numinputs=0) char ret[ANY] (char made[$1_dim0]) { $1 = made; }
%typemap(argout, noblock=1) char ret[ANY] { APPEND($result, ruby_from_string($1)); }

/* What is written into a buffer is the result. */
%typemap(in, noblock=1, numinputs=0) ofp_buffer *buffer (VALUE holder = Qnil) {
    $1 = ruby_buffer_new(&holder);
}
%typemap(argout, noblock=1) ofp_buffer *buffer { APPEND($result, ruby_from_buffer($1)); }
%typemap(freearg, noblock=1) ofp_buffer *buffer { ruby_buffer_drop(holder$argnum); }

/* A count that tells how long a returned array is. */
%typemap(in, noblock=1, numinputs=0) size_t *retcount {
    size_t count = 0;
    $1 = &count;
}
%typemap(out, noblock=1) const ofp_action * { $result = ruby_from_tag_actions($1, count); }
%typemap(out, noblock=1) const ofp_diagnostic * { $result = ruby_from_diagnostic($1); }

/* As many periods as there are, but at most `capacity`. */
%typemap(in, noblock=1) (size_t capacity, ofp_period *ret) (VALUE room = Qnil) {
    $1 = ruby_to_size($input, "count");
    $2 = rb_alloc_tmp_buffer2(&room, (long)$1, sizeof(ofp_period));
}
%typemap(argout, noblock=1) (size_t capacity, ofp_period *ret) {
    $result = ruby_from_periods($2, count);
}
%typemap(freearg, noblock=1) (size_t capacity, ofp_period *ret) {
    rb_free_tmp_buffer(&room$argnum);
}

/* --- objects ---------------------------------------------------------------------------------- */

/* Parts of what comes first. */
%typemap(out, noblock=1) const ofp_calendar * {
    $result = ruby_object_part(CLASS_OF_TYPE($1_descriptor), &ruby_ofp_calendar_type, $1, argv[0]);
}
%typemap(out, noblock=1) const ofp_zone * {
    $result = ruby_object_part(CLASS_OF_TYPE($1_descriptor), &ruby_ofp_zone_part_type, $1, argv[0]);
}

/* Ruby's collector comes when it likes; some objects are dropped by the layer. */
%rename(drop) ruby_object_drop;
void ruby_object_drop(VALUE object);

/* --- what offerpolicy.i asks for -------------------------------------------------------------- */

%define %returns_owned(TYPE)
%typemap(in, noblock=1, numinputs=0) TYPE **ret (VALUE object = Qnil) {
    object = ruby_object_new(CLASS_OF_TYPE($*1_descriptor), &ruby_ ## TYPE ## _type);
    $1 = ruby_object_place(object);
}
%typemap(argout, noblock=1) TYPE **ret {
    APPEND($result, ruby_object_made(object$argnum));
}
%typemap(freearg, noblock=1) TYPE **ret { RB_GC_GUARD(object$argnum); }
%enddef

/* Said of every type: so here it also says what its objects are. */
%define %never_null(TYPE)
%typemap(in, noblock=1) TYPE *, const TYPE *, struct TYPE * {
    $1 = ruby_object_pointer($input, &ruby_ ## TYPE ## _type, "$1_name");
}
%enddef

%define %struct_in(TYPE, NAME, MEMBERS)
%typemap(in, noblock=1) const TYPE *NAME (TYPE filled, VALUE held = Qnil) {
    held = ruby_to_struct($input, &MEMBERS, &filled);
    $1 = &filled;
}
%typemap(freearg, noblock=1) const TYPE *NAME { RB_GC_GUARD(held$argnum); }
%enddef

%define %struct_out(TYPE, MEMBERS)
%typemap(in, noblock=1, numinputs=0) TYPE *ret (TYPE filled) {
    memcpy(&filled, MEMBERS.start, sizeof filled);
    $1 = &filled;
}
%typemap(argout, noblock=1) TYPE *ret { APPEND($result, ruby_from_struct($1, &MEMBERS)); }
%enddef

/* In the wrapper of this function its name means the one of long_work.h. */
%define %long_work(FUNCTION)
%exception FUNCTION {
%#define FUNCTION long_ ## FUNCTION
    $action
%#undef FUNCTION
}
%enddef
