/* SPDX-License-Identifier: MIT */
/*
 * How deep a walk goes is bounded by the reader: it refuses what is nested deeper than any request,
 * and then the walk is over.
 */
#include "walk.h"

#include <stdio.h>

#include "from_ruby.h"
#include "moments.h"

/* --- single values ---------------------------------------------------------------------------- */

static bool fail(ruby_walk *walk, ofp_code code, const char *message)
{
    return ofp_reader_fail(walk->reader, code, message) == OFP_STATUS_OK;
}

/* Copies a name that may be any text: of each character that is none of a name stands a `?`. */
static void copy_name(VALUE name, char *ret, size_t capacity)
{
    const size_t length = (size_t)RSTRING_LEN(name);
    const size_t size = length < capacity ? length : capacity - 1;
    for (size_t i = 0; i < size; i++) {
        const char c = RSTRING_PTR(name)[i];
        ret[i] = ISALNUM(c) || c == '_' || c == ':' ? c : '?';
    }
    ret[size] = '\0';
    RB_GC_GUARD(name);
}

/* What can't be read, with the name of its class, if that has one. */
static bool fail_type(ruby_walk *walk, VALUE value, const char *format)
{
    char class[64] = "without a name", message[200];
    const VALUE name = rb_mod_name(rb_obj_class(value));
    if (!NIL_P(name))
        copy_name(name, class, sizeof class);
    snprintf(message, sizeof message, format, class);
    return fail(walk, OFP_CODE_WRONG_TYPE, message);
}

/* A String or Symbol in UTF-8; nil: it is neither, or can't be converted. */
static VALUE utf8_of(VALUE value)
{
    if (SYMBOL_P(value))
        return ruby_utf8(rb_sym2str(value));
    return RB_TYPE_P(value, T_STRING) ? ruby_utf8(value) : Qnil;
}

/* A copy of a text. @return false: the walk is over */
static bool copy(ruby_walk *walk, const char *data, size_t size, ofp_text *ret)
{
    return ruby_texts_copy(&walk->texts, data, size, ret) ||
           fail(walk, OFP_CODE_NO_MEMORY, "out of memory");
}

/* The same of a string in UTF-8. */
static bool copy_string(ruby_walk *walk, VALUE string, ofp_text *ret)
{
    const bool copied = copy(walk, RSTRING_PTR(string), (size_t)RSTRING_LEN(string), ret);
    RB_GC_GUARD(string);
    return copied;
}

static bool walk_text(ruby_walk *walk, VALUE value)
{
    ofp_text text;
    const VALUE string = utf8_of(value);
    if (NIL_P(string))
        return fail(walk, OFP_CODE_INVALID_UTF8,
                    "the text is not in UTF-8 and can't be converted: give it its encoding");
    return copy_string(walk, string, &text) && !ofp_reader_string(walk->reader, text);
}

/* A text that Ruby does not have. */
static bool walk_new_text(ruby_walk *walk, const char *string)
{
    ofp_text text;
    return copy(walk, string, strlen(string), &text) && !ofp_reader_string(walk->reader, text);
}

static bool walk_time(ruby_walk *walk, VALUE time)
{
    char text[OFP_INSTANT_SIZE];
    ofp_instant_format(ruby_time_instant(time), text);
    return walk_new_text(walk, text);
}

static bool walk_date(ruby_walk *walk, VALUE date)
{
    char text[OFP_DATE_SIZE];
    ofp_date_format(ruby_date_days(date), text);
    return walk_new_text(walk, text);
}

/* --- hashes and arrays ------------------------------------------------------------------------ */

/* A key that is no text: the reader is told what it looks like, so that the place can be named. */
static bool fail_key(ruby_walk *walk, VALUE key)
{
    ofp_text text;
    const VALUE shown = utf8_of(rb_inspect(key));
    return copy_string(walk, NIL_P(shown) ? rb_str_new_lit("?") : shown, &text) &&
           !ofp_reader_key(walk->reader, text) &&
           fail_type(walk, key, "a key must be a String or Symbol in UTF-8, not of the class %s");
}

static bool walk_key(ruby_walk *walk, VALUE key)
{
    ofp_text text;
    const VALUE string = utf8_of(key);
    return NIL_P(string) ? fail_key(walk, key)
                         : copy_string(walk, string, &text) && !ofp_reader_key(walk->reader, text);
}

static int walk_pair(VALUE key, VALUE value, VALUE data)
{
    ruby_walk *walk = (ruby_walk *)data;
    return walk_key(walk, key) && ruby_walk_value(walk, value) ? ST_CONTINUE : ST_STOP;
}

/* Ruby lets nobody add a key meanwhile. What has stopped the walk, the end tells again. */
static bool walk_hash(ruby_walk *walk, VALUE hash)
{
    if (ofp_reader_begin_object(walk->reader))
        return false;
    rb_hash_foreach(hash, walk_pair, (VALUE)walk);
    RB_GC_GUARD(hash);
    return !ofp_reader_end_object(walk->reader);
}

/* An array may change meanwhile: it is read as it is then. */
static bool walk_array(ruby_walk *walk, VALUE array)
{
    if (ofp_reader_begin_list(walk->reader))
        return false;
    for (long i = 0; i < RARRAY_LEN(array); i++)
        if (!ruby_walk_value(walk, RARRAY_AREF(array, i)))
            return false;
    RB_GC_GUARD(array);
    return !ofp_reader_end_list(walk->reader);
}

/* --- everything ------------------------------------------------------------------------------- */

/* What converts itself to something that is known, as Ruby's own methods would convert it. */
static bool walk_converted(ruby_walk *walk, VALUE value)
{
    VALUE converted = rb_check_hash_type(value);
    if (!NIL_P(converted))
        return walk_hash(walk, converted);
    converted = rb_check_array_type(value);
    if (!NIL_P(converted))
        return walk_array(walk, converted);
    converted = rb_check_string_type(value);
    if (!NIL_P(converted))
        return walk_text(walk, converted);
    return fail_type(walk, value, "a value of the class %s can't be read");
}

/* Values that are rare. */
static bool walk_other(ruby_walk *walk, VALUE value)
{
    if (RTEST(rb_obj_is_kind_of(value, rb_cNumeric)))
        return !ofp_reader_other_number(walk->reader);
    switch (ruby_moment_kind(value)) {
    case RUBY_TIME:
        return walk_time(walk, value);
    case RUBY_DATE:
        return walk_date(walk, value);
    default:
        return walk_converted(walk, value);
    }
}

bool ruby_walk_value(ruby_walk *walk, VALUE value)
{
    switch (rb_type(value)) {
    case T_STRING:
    case T_SYMBOL:
        return walk_text(walk, value);
    case T_HASH:
        return walk_hash(walk, value);
    case T_ARRAY:
        return walk_array(walk, value);
    case T_TRUE:
    case T_FALSE:
        return !ofp_reader_boolean(walk->reader, value == Qtrue);
    case T_NIL:
        return !ofp_reader_null(walk->reader);
    case T_FIXNUM:
        return !ofp_reader_integer(walk->reader, FIX2LONG(value));
    default:
        return walk_other(walk, value);
    }
}

bool ruby_walk_member(ruby_walk *walk, const char *key, VALUE value)
{
    return !ofp_reader_key(walk->reader, ofp_text_of(key)) && ruby_walk_value(walk, value);
}
