/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The members of the library's plain structs, as tables: so that each language turns its own
 * mappings into any of them, and back, with one function.
 */
#ifndef OFP_MEMBERS_H
#define OFP_MEMBERS_H

#include <stddef.h>

/** What a member is, in C and for people. */
typedef enum ofp_member_type {
    OFP_MEMBER_TEXT,    /**< ofp_text; none: no data */
    OFP_MEMBER_STRING,  /**< const char *; none: NULL. A path comes as bytes */
    OFP_MEMBER_INSTANT, /**< int64_t; none: OFP_INSTANT_NONE */
    OFP_MEMBER_DATE,    /**< int32_t; none: OFP_DATE_NONE */
    OFP_MEMBER_INTEGER, /**< int64_t; none: as the struct starts */
    OFP_MEMBER_INT32,   /**< int32_t; the same */
    OFP_MEMBER_UINT32,  /**< uint32_t; the same */
    OFP_MEMBER_SIZE,    /**< size_t; the same */
    OFP_MEMBER_ENUM,    /**< an enum, as its number; the same */
    OFP_MEMBER_FLAG,    /**< bool; the same */
    OFP_MEMBER_FACTS,   /**< const ofp_facts *; none: NULL */
    OFP_MEMBER_ZONE,    /**< const ofp_zone *; none: NULL */
} ofp_member_type;

/** One member. */
typedef struct ofp_member {
    const char *name;     /**< in C and in the languages */
    ofp_member_type type; /**< what it is */
    size_t offset;        /**< where it is */
} ofp_member;

/** A struct; its first member is its size, which is not among these. */
typedef struct ofp_members {
    const ofp_member *items;
    size_t count;
    const void *start; /**< the struct with nothing given */
    size_t size;       /**< of the struct */
} ofp_members;

extern const ofp_members ofp_policy_options_members, ofp_explain_options_members,
    ofp_store_options_members, ofp_migration_filter_members, ofp_event_filter_members,
    ofp_log_filter_members, ofp_deed_members, ofp_step_members, ofp_sweep_members,
    ofp_store_stats_members;

#endif
