/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A policy: what is sold, how fast it is answered, and how customers are carried from one offering
 * to another. It is compiled once from a YAML file (doc/policy-file.md) and then decides any
 * number of tickets.
 *
 * A policy is immutable and counts its references: all threads may use it at once, and each may
 * take and drop references.
 *
 * Offerings, levels, priorities, fields, field values and calendars are known by their index in
 * the policy, from 0, in the order of the file; OFP_NONE stands for "none". Names that the library
 * returns are terminated, free of control characters, and live as long as the policy.
 */
#ifndef OFFERPOLICY_POLICY_H
#define OFFERPOLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/calendar.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/text.h>
#include <offerpolicy/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The index that stands for "none" or "not known". */
#define OFP_NONE (-1)

typedef struct ofp_policy ofp_policy;

/** How to load a policy. Start from zeroes and set `size`; NULL instead of it means all defaults.
 */
typedef struct ofp_policy_options {
    size_t size;                /**< sizeof(ofp_policy_options) */
    const char *zone_directory; /**< where zone files are; NULL: OFP_ZONE_DIRECTORY */
    const char *source;         /**< name for messages; NULL: the path, or "policy" for a text */
    bool no_jit; /**< patterns are interpreted: slower, but no memory becomes executable */
} ofp_policy_options;

/**
 * Reads and compiles a policy file.
 * @param ret the caller owns one reference, see ofp_policy_unref()
 * @return OFP_STATUS_IO if the file can't be read; OFP_STATUS_BAD_POLICY if it has mistakes: the
 *         error then holds them all, and the warnings, in the order of their places
 */
OFP_API ofp_status ofp_policy_load(const char *path, const ofp_policy_options *options,
                                   ofp_policy **ret, ofp_error **reterr);

/** Compiles a policy from its text (YAML, UTF-8); else as ofp_policy_load(). */
OFP_API ofp_status ofp_policy_parse(ofp_text yaml, const ofp_policy_options *options,
                                    ofp_policy **ret, ofp_error **reterr);

/** Compiles the default policy, which is built into the library; else as ofp_policy_load(). */
OFP_API ofp_status ofp_policy_default(const ofp_policy_options *options, ofp_policy **ret,
                                      ofp_error **reterr);

/** Takes one more reference. @return `policy` */
OFP_API ofp_policy *ofp_policy_ref(const ofp_policy *policy);

/** Drops a reference; the last one frees the policy. Takes NULL. @return NULL */
OFP_API ofp_policy *ofp_policy_unref(ofp_policy *policy);

/**
 * Prepares a policy for many decisions: where the library is built with Vectorscan, one pass over
 * a text then finds the few patterns that may match it. The decisions are the same as before, only
 * sooner. It takes about 2 ms for 40 patterns and 20 ms for 1,000, and some MiB of memory, and is
 * worth it from some hundred decisions on.
 *
 * Any thread may call it at any time, while others decide; once is enough. Where there is nothing
 * to prepare, or Vectorscan can't run on this machine, it does nothing.
 * @return OFP_STATUS_NO_MEMORY: the policy decides as before, and it may be tried again
 */
OFP_API ofp_status ofp_policy_prepare(const ofp_policy *policy, ofp_error **reterr);

/** How many warnings the file gave. */
OFP_API size_t ofp_policy_warning_count(const ofp_policy *policy);

/** Warning number `index`, or NULL; borrowed from the policy. */
OFP_API const ofp_diagnostic *ofp_policy_warning(const ofp_policy *policy, size_t index);

/** The policy's name (`policy:`). */
OFP_API const char *ofp_policy_name(const ofp_policy *policy);

/** Its revision, or NULL if it names none. */
OFP_API const char *ofp_policy_revision(const ofp_policy *policy);

/** "sha256:" and the SHA-256 of the file's bytes in hexadecimal. */
OFP_API const char *ofp_policy_digest(const ofp_policy *policy);

/** The version of the time zone data that it was loaded with, or "unknown". */
OFP_API const char *ofp_policy_tzdata(const ofp_policy *policy);

/** The zone whose local dates are meant by dates without a time; borrowed. */
OFP_API const ofp_zone *ofp_policy_zone(const ofp_policy *policy);

/** Does it have SLA rules, so that tickets need their `created_at`? */
OFP_API bool ofp_policy_has_sla(const ofp_policy *policy);

/** How many levels there are; a higher index is a higher level. */
OFP_API int32_t ofp_policy_level_count(const ofp_policy *policy);
/** A level's name; NULL for an index out of range. */
OFP_API const char *ofp_policy_level_name(const ofp_policy *policy, int32_t level);
/** The level with this name, or OFP_NONE. */
OFP_API int32_t ofp_policy_find_level(const ofp_policy *policy, ofp_text name);
/** Is it a level that somebody pays for? */
OFP_API bool ofp_policy_level_is_paid(const ofp_policy *policy, int32_t level);

/** How many priorities there are; a higher index is more urgent. */
OFP_API int32_t ofp_policy_priority_count(const ofp_policy *policy);
/** A priority's name; NULL for an index out of range. */
OFP_API const char *ofp_policy_priority_name(const ofp_policy *policy, int32_t priority);
/** The priority with this name, or OFP_NONE. */
OFP_API int32_t ofp_policy_find_priority(const ofp_policy *policy, ofp_text name);

/** How many offerings there are. */
OFP_API int32_t ofp_policy_offering_count(const ofp_policy *policy);
/** An offering's name; NULL for an index out of range. */
OFP_API const char *ofp_policy_offering_name(const ofp_policy *policy, int32_t offering);
/** An offering's title, for people; NULL for an index out of range. */
OFP_API const char *ofp_policy_offering_title(const ofp_policy *policy, int32_t offering);
/** The offering with this name, or OFP_NONE. */
OFP_API int32_t ofp_policy_find_offering(const ofp_policy *policy, ofp_text name);

/** How many fields are declared. */
OFP_API int32_t ofp_policy_field_count(const ofp_policy *policy);
/** A field's name; NULL for an index out of range. */
OFP_API const char *ofp_policy_field_name(const ofp_policy *policy, int32_t field);
/** The field with this name, or OFP_NONE. */
OFP_API int32_t ofp_policy_find_field(const ofp_policy *policy, ofp_text name);
/** How many values a field can have; 0 for an index out of range. */
OFP_API int32_t ofp_policy_value_count(const ofp_policy *policy, int32_t field);
/** A field's value by its index; NULL if either is out of range. */
OFP_API const char *ofp_policy_value_name(const ofp_policy *policy, int32_t field, int32_t value);
/** The index of a field's value, or OFP_NONE. */
OFP_API int32_t ofp_policy_find_value(const ofp_policy *policy, int32_t field, ofp_text name);

/** How many calendars there are. */
OFP_API int32_t ofp_policy_calendar_count(const ofp_policy *policy);
/** A calendar by its index; NULL if out of range. Borrowed from the policy. */
OFP_API const ofp_calendar *ofp_policy_calendar(const ofp_policy *policy, int32_t calendar);
/** The index of the calendar with this name, or OFP_NONE. */
OFP_API int32_t ofp_policy_find_calendar(const ofp_policy *policy, ofp_text name);

/** How many SLA rules there are. */
OFP_API int32_t ofp_policy_sla_rule_count(const ofp_policy *policy);
/** An SLA rule's id; NULL for an index out of range. */
OFP_API const char *ofp_policy_sla_rule_id(const ofp_policy *policy, int32_t rule);

/** How many tags the policy knows: its level and focus tags, and those that conditions name. */
OFP_API int32_t ofp_policy_tag_count(const ofp_policy *policy);
/** A tag by its index; NULL for an index out of range. */
OFP_API const char *ofp_policy_tag_name(const ofp_policy *policy, int32_t tag);

/**
 * When a migration with this target date ends, and when it is forgotten, by this policy's zone,
 * `grace_days` and `memory_days`.
 * @param target_date its last day
 * @param retend the first instant after it
 * @param retforgotten from when on it counts for nothing
 */
OFP_API void ofp_policy_migration_end(const ofp_policy *policy, int32_t target_date,
                                      int64_t *retend, int64_t *retforgotten);

/** The first instant of a local date in the policy's zone. */
OFP_API int64_t ofp_policy_date_start(const ofp_policy *policy, int32_t date);

#ifdef __cplusplus
}
#endif

#endif
