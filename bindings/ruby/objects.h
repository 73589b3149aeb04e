/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Objects of the library inside Ruby's. A C object belongs to Ruby's from the moment it is made: a
 * function writes it right into an object that was there before, and the collector frees it,
 * whatever is raised in between.
 */
#ifndef OFP_RUBY_OBJECTS_H
#define OFP_RUBY_OBJECTS_H

#include <ruby.h>

#include <offerpolicy/offerpolicy.h>

/** What Ruby knows of each type. */
extern const rb_data_type_t ruby_ofp_policy_type, ruby_ofp_decision_type, ruby_ofp_zone_type,
    ruby_ofp_facts_type, ruby_ofp_records_type, ruby_ofp_store_type, ruby_ofp_reading_type,
    ruby_ofp_buffer_type;

/** Parts of a policy, which are not freed. A zone of this type is good wherever a zone is. */
extern const rb_data_type_t ruby_ofp_calendar_type, ruby_ofp_zone_part_type;

/** An object without a C object yet. */
VALUE ruby_object_new(VALUE class, const rb_data_type_t *type);

/** Where the C object of a new object goes. */
void *ruby_object_place(VALUE object);

/** The C object is there. @return `object` */
VALUE ruby_object_made(VALUE object);

/**
 * An object for a part of another one, which is kept alive.
 * @param pointer NULL gives nil
 */
VALUE ruby_object_part(VALUE class, const rb_data_type_t *type, const void *pointer, VALUE owner);

/** The C object; raises TypeError if `value` is something else or has none. */
void *ruby_object_pointer(VALUE value, const rb_data_type_t *type, const char *name);

/**
 * Frees the C object at once, or closes a store: the collector comes when it likes. Does nothing if
 * it is gone already. Raises TypeError for a type that others may hang on.
 */
void ruby_object_drop(VALUE object);

/** An empty buffer, which lives as long as `*ret` is held. */
ofp_buffer *ruby_buffer_new(VALUE *ret);

/** Frees a buffer at once. */
void ruby_buffer_drop(VALUE buffer);

#endif
