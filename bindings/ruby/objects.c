/* SPDX-License-Identifier: MIT */
#include "objects.h"

#include <ruby/thread.h>
#include <sys/types.h>

#include "compound.h"
#include "to_ruby.h"

/* --- types ------------------------------------------------------------------------------------ */

#define TYPE_FLAGS (RUBY_TYPED_FREE_IMMEDIATELY | RUBY_TYPED_WB_PROTECTED)

/*
 * A type whose objects are freed with FUNCTION. WEIGHT is what one weighs, roughly: the collector
 * sees a small object, and would let thousands of them pile up.
 */
#define OWNED(NAME, FUNCTION, WEIGHT, PARENT) \
    static void free_##NAME(void *pointer) \
    { \
        FUNCTION(pointer); \
        rb_gc_adjust_memory_usage(-(WEIGHT)); \
    } \
    const rb_data_type_t ruby_ofp_##NAME##_type = { \
        .wrap_struct_name = "ofp_" #NAME, \
        .function = {.dfree = free_##NAME}, \
        .parent = (PARENT), \
        .data = (void *)(WEIGHT), \
        .flags = TYPE_FLAGS, \
    };

/* A type of parts, which are not freed. */
#define PART(NAME, PARENT) \
    const rb_data_type_t ruby_ofp_##NAME##_type = { \
        .wrap_struct_name = "ofp_" #NAME, .parent = (PARENT), .flags = TYPE_FLAGS};

/* Stands above those that nothing hangs on. */
static const rb_data_type_t droppable = {.wrap_struct_name = "ofp_droppable", .flags = TYPE_FLAGS};

OWNED(policy, ofp_policy_unref, 128L << 10, NULL)
OWNED(decision, ofp_decision_free, 3L << 10, NULL)
OWNED(zone, ofp_zone_free, 0L, NULL)
OWNED(facts, ofp_facts_free, 0L, &droppable)
OWNED(reading, ofp_reading_free, 0L, &droppable)
OWNED(records, ofp_records_free, 0L, &droppable)
OWNED(store, ofp_store_close, 256L << 10, &droppable)
OWNED(buffer, ofp_buffer_free, 0L, &droppable)
PART(calendar, NULL)
PART(zone_part, &ruby_ofp_zone_type)

/* --- making them ------------------------------------------------------------------------------ */

VALUE ruby_object_new(VALUE class, const rb_data_type_t *type)
{
    return rb_data_typed_object_wrap(class, NULL, type);
}

void *ruby_object_place(VALUE object)
{
    return &RTYPEDDATA_DATA(object);
}

static ssize_t weight_of(VALUE object)
{
    return (ssize_t)RTYPEDDATA_TYPE(object)->data;
}

VALUE ruby_object_made(VALUE object)
{
    rb_gc_adjust_memory_usage(weight_of(object));
    return object;
}

VALUE ruby_object_part(VALUE class, const rb_data_type_t *type, const void *pointer, VALUE owner)
{
    if (!pointer)
        return Qnil;
    const VALUE object = rb_data_typed_object_wrap(class, (void *)pointer, type);
    rb_ivar_set(object, rb_intern("owner"), owner);
    return object;
}

/* --- using them ------------------------------------------------------------------------------- */

void *ruby_object_pointer(VALUE value, const rb_data_type_t *type, const char *name)
{
    if (!rb_typeddata_is_kind_of(value, type))
        rb_raise(rb_eTypeError, "%s must be another object, not %" PRIsVALUE, name,
                 rb_obj_class(value));
    if (!RTYPEDDATA_DATA(value))
        rb_raise(rb_eTypeError, "%s has been closed", name);
    return RTYPEDDATA_DATA(value);
}

static void *close_store(void *store)
{
    return ofp_store_close(store);
}

/*
 * Other threads run while the store is closed. It is closed in any case: a thread that is to be
 * interrupted is so afterwards, when nothing is left to do.
 */
static void drop_store(VALUE object, void *store)
{
    rb_gc_adjust_memory_usage(-weight_of(object));
    rb_thread_call_without_gvl(close_store, store, NULL, NULL);
}

void ruby_object_drop(VALUE object)
{
    if (!rb_typeddata_is_kind_of(object, &droppable))
        rb_raise(rb_eTypeError, "this can't be dropped");
    void *pointer = RTYPEDDATA_DATA(object);
    RTYPEDDATA_DATA(object) = NULL;
    if (!pointer)
        return;
    if (RTYPEDDATA_TYPE(object) == &ruby_ofp_store_type)
        drop_store(object, pointer);
    else
        RTYPEDDATA_TYPE(object)->function.dfree(pointer);
}

/* --- buffers ---------------------------------------------------------------------------------- */

ofp_buffer *ruby_buffer_new(VALUE *ret)
{
    ofp_error *error;
    *ret = rb_data_typed_object_wrap(0, NULL, &ruby_ofp_buffer_type);
    if (ofp_buffer_new(ruby_object_place(*ret), &error))
        ruby_raise(error);
    return RTYPEDDATA_DATA(*ret);
}

void ruby_buffer_drop(VALUE buffer)
{
    ruby_object_drop(buffer);
}
