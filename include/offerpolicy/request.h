/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A request: the facts about one ticket, in plain structs that a C program fills itself. Programs
 * that have the facts as a document use a reader (reader.h) or JSON (json.h) instead.
 *
 * Offerings, levels, priorities, fields and values are indexes of the policy that will decide
 * (policy.h). Texts and arrays are borrowed: they must live until the decision is no longer used
 * or has been copied. A request belongs to one thread at a time.
 *
 * Start from zeroes (OFP_REQUEST_INIT), so that members that later versions add mean "not given".
 */
#ifndef OFFERPOLICY_REQUEST_H
#define OFFERPOLICY_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/instant.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an org has bought. */
typedef struct ofp_entitlement {
    int32_t offering; /**< index of the offering */
    int32_t level;    /**< index of the level, paid or not */
    int64_t starts;   /**< first instant; OFP_INSTANT_NONE: has always been */
    int64_t ends;     /**< first instant after it; OFP_INSTANT_NONE: no end */
    bool hold;        /**< not active now, for example because a bill is open */
} ofp_entitlement;

/** Where a migration stands. */
typedef enum ofp_migration_status {
    OFP_MIGRATION_REQUESTED = 0,
    OFP_MIGRATION_APPROVED = 1,
    OFP_MIGRATION_REFUSED = 2,
    OFP_MIGRATION_COMPLETED = 3,
    OFP_MIGRATION_CANCELLED = 4,
} ofp_migration_status;

/** A status as documents write it, for example "approved"; NULL for a number of none. */
OFP_API const char *ofp_migration_status_name(ofp_migration_status status);

/** A move of the org to another offering that support carries. */
typedef struct ofp_migration {
    ofp_text id;                 /**< not empty */
    int32_t to;                  /**< index of the offering it moves to */
    int32_t level;               /**< index of a paid level: the one that is promised */
    int32_t target_date;         /**< its last day, in the policy's zone */
    ofp_migration_status status; /**< where it stands */
    /**
     * The first instant after it, and from when on it counts for nothing, where these were fixed
     * earlier; OFP_INSTANT_NONE: as ofp_policy_migration_end() says. Give both or none.
     */
    int64_t end, forgotten;
} ofp_migration;

/** The value of one of the fields that the policy declares. */
typedef struct ofp_field_value {
    int32_t field; /**< index of the field; each at most once */
    int32_t value; /**< index of the value in this field */
} ofp_field_value;

/** The facts about one ticket. */
typedef struct ofp_request {
    size_t size; /**< sizeof(ofp_request), set by OFP_REQUEST_INIT */
    int64_t now; /**< the instant to decide for */

    ofp_text ticket;      /**< the ticket's id, not empty */
    ofp_text subject;     /**< UTF-8; at most OFP_TEXT_LIMIT bytes */
    ofp_text description; /**< UTF-8; at most OFP_TEXT_LIMIT bytes */
    int32_t priority;     /**< index; OFP_NONE: the policy's default */
    int32_t offering;     /**< index if the ticket says so itself; OFP_NONE: classify it */
    /**
     * True in place of the texts, where these are left out: patterns have told `classified_as`
     * (an index; OFP_NONE: they could not tell) from them before. See ofp_request_write_json().
     */
    bool classified;
    int32_t classified_as;
    int64_t created_at;   /**< OFP_INSTANT_NONE: not known; needed if the policy has SLA rules */
    const ofp_text *tags; /**< the ticket's tags */
    size_t tag_count;
    const ofp_field_value *fields; /**< the ticket's fields */
    size_t field_count;

    bool has_org; /**< false: nobody knows the org yet; it then has no entitlements, migrations */
    ofp_text org; /**< the org's id, not empty if there is an org */
    ofp_text org_name;      /**< may be missing */
    ofp_text org_notes;     /**< may be missing */
    ofp_text org_time_zone; /**< may be missing; only for output to people */
    const ofp_text *org_tags;
    size_t org_tag_count;
    const ofp_entitlement *entitlements;
    size_t entitlement_count;
    const ofp_migration *migrations;
    size_t migration_count;

    /** True if all texts are known to be valid UTF-8, so that deciding need not check again. */
    bool valid_utf8;
} ofp_request;

/** The start of every request: nothing is known but what the program sets. */
#define OFP_REQUEST_INIT \
    { \
        .size = sizeof(ofp_request), .now = OFP_INSTANT_NONE, .priority = OFP_NONE, \
        .offering = OFP_NONE, .classified_as = OFP_NONE, .created_at = OFP_INSTANT_NONE \
    }

#define OFP_TEXT_LIMIT ((size_t)1 << 20) /**< bytes of a subject, a description, org notes */
#define OFP_NAME_LIMIT ((size_t)4096)    /**< bytes of an id, a name, a tag */
#define OFP_LIST_LIMIT ((size_t)10000)   /**< members of a list */

#ifdef __cplusplus
}
#endif

#endif
