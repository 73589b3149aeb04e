/* SPDX-License-Identifier: MIT */
#include "to_ruby.h"

#include <ruby/encoding.h>

#include "moments.h"

/* --- texts ------------------------------------------------------------------------------------ */

VALUE ruby_from_text(ofp_text text)
{
    return text.data ? rb_obj_freeze(rb_utf8_str_new(text.data, (long)text.size)) : Qnil;
}

VALUE ruby_from_string(const char *string)
{
    return ruby_from_text(ofp_text_of(string));
}

VALUE ruby_from_buffer(const ofp_buffer *buffer)
{
    const ofp_text text = ofp_buffer_text(buffer);
    return rb_utf8_str_new(text.size ? text.data : "", (long)text.size);
}

/* --- lists and structs ------------------------------------------------------------------------ */

VALUE ruby_from_tag_actions(const ofp_action *actions, size_t count)
{
    const VALUE list = rb_ary_new();
    for (size_t i = 0; i < count && actions[i].tag != OFP_NONE; i++)
        rb_ary_push(list, LONG2FIX(2L * actions[i].tag + actions[i].kind));
    return list;
}

VALUE ruby_from_periods(const ofp_period *periods, size_t count)
{
    const VALUE list = rb_ary_new_capa((long)count);
    for (size_t i = 0; i < count; i++)
        rb_ary_push(list, rb_assoc_new(ruby_from_instant(periods[i].from),
                                       ruby_from_instant(periods[i].to)));
    return list;
}

VALUE ruby_from_diagnostic(const ofp_diagnostic *diagnostic)
{
    if (!diagnostic)
        return Qnil;
    return rb_ary_new_from_args(9, INT2FIX(diagnostic->severity),
                                ruby_from_string(ofp_code_name(diagnostic->code)),
                                ruby_from_string(diagnostic->message),
                                ruby_from_string(diagnostic->source), UINT2NUM(diagnostic->line),
                                UINT2NUM(diagnostic->column), ruby_from_string(diagnostic->pointer),
                                ruby_from_string(diagnostic->excerpt), UINT2NUM(diagnostic->caret));
}

static VALUE from_member(const ofp_member *member, const void *place)
{
    switch (member->type) {
    case OFP_MEMBER_INSTANT:
        return ruby_from_instant(*(const int64_t *)place);
    case OFP_MEMBER_INTEGER:
        return LL2NUM(*(const int64_t *)place);
    case OFP_MEMBER_INT32:
        return INT2NUM(*(const int32_t *)place);
    default: /* no struct that comes back has others */
        UNREACHABLE_RETURN(Qnil);
    }
}

VALUE ruby_from_struct(const void *structure, const ofp_members *members)
{
    const VALUE hash = rb_hash_new();
    for (size_t i = 0; i < members->count; i++) {
        const ofp_member *member = &members->items[i];
        rb_hash_aset(hash, ID2SYM(rb_intern(member->name)),
                     from_member(member, (const char *)structure + member->offset));
    }
    return hash;
}

/* --- failures --------------------------------------------------------------------------------- */

/* The exception is made by Ruby, where its class is. */
static VALUE make_exception(VALUE data)
{
    const ofp_error *error = (const ofp_error *)data;
    if (ofp_error_status(error) == OFP_STATUS_NO_MEMORY)
        return rb_exc_new_cstr(rb_eNoMemError, ofp_error_message(error));
    const VALUE diagnostics = rb_ary_new();
    for (size_t i = 0; i < ofp_error_count(error); i++)
        rb_ary_push(diagnostics, ruby_from_diagnostic(ofp_error_diagnostic(error, i)));
    return rb_funcall(rb_path2class("OfferPolicy::Failures"), rb_intern("from_native"), 3,
                      ruby_from_string(ofp_status_name(ofp_error_status(error))),
                      ruby_from_diagnostic(ofp_error_first(error)), diagnostics);
}

void ruby_raise(ofp_error *error)
{
    int tag;
    const VALUE exception = rb_protect(make_exception, (VALUE)error, &tag);
    ofp_error_free(error);
    if (tag)
        rb_jump_tag(tag);
    rb_exc_raise(exception);
}
