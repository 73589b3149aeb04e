/* SPDX-License-Identifier: MIT */
#include "from_ruby.h"

#include <ruby/encoding.h>
#include <string.h>

#include "moments.h"
#include "objects.h"

NORETURN(static void refuse(VALUE value, const char *name, const char *wanted));

static void refuse(VALUE value, const char *name, const char *wanted)
{
    if (NIL_P(value))
        rb_raise(rb_eTypeError, "%s must be %s, not nil", name, wanted);
    rb_raise(rb_eTypeError, "%s must be %s, not %" PRIsVALUE, name, wanted, rb_obj_class(value));
}

/* --- texts ------------------------------------------------------------------------------------ */

VALUE ruby_utf8(VALUE string)
{
    const int encoding = rb_enc_get_index(string);
    if (encoding == rb_utf8_encindex() || encoding == rb_usascii_encindex() ||
        rb_enc_str_asciionly_p(string))
        return string;
    if (encoding == rb_ascii8bit_encindex())
        return Qnil;
    const VALUE converted =
        rb_str_conv_enc(string, rb_enc_from_index(encoding), rb_utf8_encoding());
    return rb_enc_get_index(converted) == rb_utf8_encindex() ? converted : Qnil;
}

VALUE ruby_to_text(VALUE value, const char *name, ofp_text *ret)
{
    *ret = (ofp_text){0};
    if (NIL_P(value))
        return Qnil;
    VALUE string = SYMBOL_P(value) ? rb_sym2str(value) : rb_check_string_type(value);
    if (NIL_P(string))
        refuse(value, name, "a String");
    string = ruby_utf8(string);
    if (NIL_P(string))
        rb_raise(rb_eArgError, "%s is not in UTF-8 and can't be converted", name);
    string = rb_str_new_frozen(string);
    *ret = (ofp_text){RSTRING_PTR(string), (size_t)RSTRING_LEN(string)};
    return string;
}

VALUE ruby_to_string(VALUE value, const char *name, const char **ret)
{
    *ret = NULL;
    return NIL_P(value) ? Qnil : ruby_to_path(value, name, ret);
}

VALUE ruby_to_path(VALUE value, const char *name, const char **ret)
{
    if (!RB_TYPE_P(value, T_STRING) && !rb_respond_to(value, rb_intern("to_path")))
        refuse(value, name, "a String or Pathname");
    const VALUE string = rb_str_new_frozen(rb_get_path(value));
    *ret = RSTRING_PTR(string);
    return string;
}

/* --- times ------------------------------------------------------------------------------------ */

int64_t ruby_to_instant(VALUE value, const char *name)
{
    if (ruby_moment_kind(value) != RUBY_TIME)
        refuse(value, name, "a Time");
    return ruby_time_instant(value);
}

int32_t ruby_to_date(VALUE value, const char *name)
{
    if (ruby_moment_kind(value) != RUBY_DATE)
        refuse(value, name, "a Date (without a time)");
    return ruby_date_days(value);
}

int64_t ruby_to_seconds(VALUE value, const char *name)
{
    if (!RTEST(rb_obj_is_kind_of(value, rb_cNumeric))) {
        const VALUE converted = rb_check_to_int(value);
        if (!NIL_P(converted))
            value = converted;
    }
    return ruby_to_int64(value, name);
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* A whole number between two others, these included. */
static int64_t to_integer(VALUE value, const char *name, int64_t least, int64_t most)
{
    if (!RB_INTEGER_TYPE_P(value))
        refuse(value, name, "an Integer");
    if (!FIXNUM_P(value) || FIX2LONG(value) < least || FIX2LONG(value) > most)
        rb_raise(rb_eRangeError, "%s is out of range", name);
    return FIX2LONG(value);
}

int64_t ruby_to_int64(VALUE value, const char *name)
{
    return to_integer(value, name, INT64_MIN, INT64_MAX);
}

int32_t ruby_to_int32(VALUE value, const char *name)
{
    return (int32_t)to_integer(value, name, INT32_MIN, INT32_MAX);
}

size_t ruby_to_size(VALUE value, const char *name)
{
    return (size_t)to_integer(value, name, 0, INT64_MAX);
}

bool ruby_to_flag(VALUE value, const char *name)
{
    if (value != Qtrue && value != Qfalse)
        refuse(value, name, "true or false");
    return value == Qtrue;
}

/* --- structs ---------------------------------------------------------------------------------- */

/* @return what must be held as long as the member is used; or nil */
static VALUE to_member(VALUE value, const ofp_member *member, void *place)
{
    switch (member->type) {
    case OFP_MEMBER_TEXT:
        return ruby_to_text(value, member->name, place);
    case OFP_MEMBER_STRING:
        return ruby_to_string(value, member->name, place);
    case OFP_MEMBER_INSTANT:
        *(int64_t *)place = ruby_to_instant(value, member->name);
        return Qnil;
    case OFP_MEMBER_DATE:
        *(int32_t *)place = ruby_to_date(value, member->name);
        return Qnil;
    case OFP_MEMBER_INTEGER:
        *(int64_t *)place = ruby_to_int64(value, member->name);
        return Qnil;
    case OFP_MEMBER_INT32:
    case OFP_MEMBER_ENUM:
        *(int32_t *)place = ruby_to_int32(value, member->name);
        return Qnil;
    case OFP_MEMBER_UINT32:
        *(uint32_t *)place = (uint32_t)to_integer(value, member->name, 0, UINT32_MAX);
        return Qnil;
    case OFP_MEMBER_SIZE:
        *(size_t *)place = ruby_to_size(value, member->name);
        return Qnil;
    case OFP_MEMBER_FLAG:
        *(bool *)place = ruby_to_flag(value, member->name);
        return Qnil;
    case OFP_MEMBER_FACTS:
        *(void **)place = ruby_object_pointer(value, &ruby_ofp_facts_type, member->name);
        return value;
    case OFP_MEMBER_ZONE:
        *(void **)place = ruby_object_pointer(value, &ruby_ofp_zone_type, member->name);
        return value;
    }
    UNREACHABLE_RETURN(Qnil);
}

VALUE ruby_to_struct(VALUE hash, const ofp_members *members, void *ret)
{
    if (!RB_TYPE_P(hash, T_HASH))
        refuse(hash, "options", "a Hash");
    memcpy(ret, members->start, members->size);
    /* Not an Array: what that has may be moved, and short strings with their characters. */
    VALUE holder;
    VALUE *held = rb_alloc_tmp_buffer2(&holder, (long)members->count, sizeof *held);
    memset(held, 0, members->count * sizeof *held);
    size_t left = RHASH_SIZE(hash);
    for (size_t i = 0; i < members->count; i++) {
        const ofp_member *member = &members->items[i];
        const VALUE value = rb_hash_lookup2(hash, ID2SYM(rb_intern(member->name)), Qundef);
        left -= value != Qundef;
        if (value != Qundef && !NIL_P(value))
            held[i] = to_member(value, member, (char *)ret + member->offset);
    }
    if (left)
        rb_raise(rb_eArgError, "there are options of unknown names");
    return holder;
}
