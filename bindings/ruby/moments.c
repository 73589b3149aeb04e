/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include <limits.h>
#include <time.h>

#include <offerpolicy/instant.h>

/* The day of 1970-01-01, as Ruby's dates count: days since the first of January 4713 BC. */
#define EPOCH_DAY 2440588

/* What rb_time_timespec_new() takes for UTC. */
#define OFFSET_UTC (INT_MAX - 1)

static VALUE date_class, datetime_class;
static ID acts_like_time, to_time, jd;

void ruby_moments_init(void)
{
    rb_require("date");
    date_class = rb_path2class("Date");
    datetime_class = rb_path2class("DateTime");
    rb_gc_register_mark_object(date_class);
    rb_gc_register_mark_object(datetime_class);
    acts_like_time = rb_intern("acts_like_time?");
    to_time = rb_intern("to_time");
    jd = rb_intern("jd");
}

ruby_moment ruby_moment_kind(VALUE value)
{
    if (RTEST(rb_obj_is_kind_of(value, rb_cTime)))
        return RUBY_TIME;
    if (RTEST(rb_obj_is_kind_of(value, date_class)))
        return RTEST(rb_obj_is_kind_of(value, datetime_class)) ? RUBY_TIME : RUBY_DATE;
    return rb_respond_to(value, acts_like_time) ? RUBY_TIME : RUBY_NO_MOMENT;
}

int64_t ruby_time_instant(VALUE value)
{
    VALUE time = value;
    if (!RTEST(rb_obj_is_kind_of(time, rb_cTime)))
        time = rb_funcall(value, to_time, 0);
    if (!RTEST(rb_obj_is_kind_of(time, rb_cTime)))
        rb_raise(rb_eTypeError, "%" PRIsVALUE "#to_time must give a Time", rb_obj_class(value));
    return rb_time_timespec(time).tv_sec;
}

int32_t ruby_date_days(VALUE value)
{
    return NUM2INT(rb_funcall(rb_funcall(value, jd, 0), '-', 1, INT2FIX(EPOCH_DAY)));
}

VALUE ruby_from_instant(int64_t instant)
{
    if (instant == OFP_INSTANT_NONE)
        return Qnil;
    const struct timespec spec = {.tv_sec = (time_t)instant};
    return rb_obj_freeze(rb_time_timespec_new(&spec, OFFSET_UTC));
}
