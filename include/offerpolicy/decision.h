/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Deciding, and what a decision says: doc/decisions.md has the rules.
 *
 * ofp_decide() is a pure function of policy and request: no clock, environment, locale, file or
 * network is touched. The decision lives in the caller's scratch until the scratch's next use (so
 * that deciding in a loop allocates nothing) and borrows the request's texts;
 * ofp_decision_copy() makes one that lives on its own. A decision is immutable: all threads may
 * read it at once. A scratch belongs to one thread at a time.
 */
#ifndef OFFERPOLICY_DECISION_H
#define OFFERPOLICY_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/buffer.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/reasons.h>
#include <offerpolicy/request.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ofp_scratch ofp_scratch;
typedef struct ofp_decision ofp_decision;

/** The answer in a word; the first that holds, in the order of the contract's table. */
typedef enum ofp_verdict {
    OFP_VERDICT_UNKNOWN_ORG = 0,
    OFP_VERDICT_UNSURE = 1,
    OFP_VERDICT_ENTITLED = 2,
    OFP_VERDICT_MIGRATION = 3,
    OFP_VERDICT_ON_HOLD = 4,
    OFP_VERDICT_UPCOMING = 5,
    OFP_VERDICT_MIGRATION_PENDING = 6,
    OFP_VERDICT_MIGRATION_REFUSED = 7,
    OFP_VERDICT_MIGRATION_EXPIRED = 8,
    OFP_VERDICT_MIGRATION_OFFER = 9,
    OFP_VERDICT_LAPSED = 10,
    OFP_VERDICT_UNPAID = 11,
} ofp_verdict;

#define OFP_VERDICT_COUNT 12 /**< how many verdicts there are */

/** A verdict as documents write it, for example "migration_offer"; NULL for a number of none. */
OFP_API const char *ofp_verdict_name(ofp_verdict verdict);

/** How the ticket's offering was told. */
typedef enum ofp_offering_source {
    OFP_SOURCE_NONE = 0,     /**< it could not be told */
    OFP_SOURCE_EXPLICIT = 1, /**< the ticket said so itself */
    OFP_SOURCE_RULE = 2,     /**< by a rule with `when` */
    OFP_SOURCE_PATTERNS = 3, /**< by patterns in subject and description */
} ofp_offering_source;

/** A source as documents write it ("explicit"), or NULL for OFP_SOURCE_NONE. */
OFP_API const char *ofp_offering_source_name(ofp_offering_source source);

/** What a target measures. */
typedef enum ofp_metric {
    OFP_METRIC_FIRST_REPLY = 0,
    OFP_METRIC_NEXT_REPLY = 1,
    OFP_METRIC_PERIODIC_UPDATE = 2,
    OFP_METRIC_RESOLUTION = 3,
} ofp_metric;

/** A metric as documents write it, for example "first_reply"; NULL for a number of none. */
OFP_API const char *ofp_metric_name(ofp_metric metric);

/** How binding a target is. */
typedef enum ofp_target_kind {
    OFP_TARGET_SLA = 0, /**< promised by contract */
    OFP_TARGET_SLO = 1, /**< an aim of the team */
} ofp_target_kind;

/** "sla" or "slo"; NULL for a number of none. */
OFP_API const char *ofp_target_kind_name(ofp_target_kind kind);

/** By when something must be done. */
typedef struct ofp_target {
    ofp_metric metric;    /**< what */
    ofp_target_kind kind; /**< how binding */
    int32_t calendar;     /**< index of the calendar whose open time counts */
    int64_t seconds;      /**< the budget of open time */
    int64_t due_at;       /**< OFP_INSTANT_NONE: needs the ticket's history, or is out of reach */
} ofp_target;

/** What the host shall do. */
typedef enum ofp_action_kind {
    OFP_ACTION_REMOVE_TAG = 0,    /**< take a tag off the ticket */
    OFP_ACTION_ADD_TAG = 1,       /**< put a tag on the ticket */
    OFP_ACTION_PUBLIC_REPLY = 2,  /**< answer the customer */
    OFP_ACTION_INTERNAL_NOTE = 3, /**< note for the team */
} ofp_action_kind;

/** An action as documents write it, for example "ticket.add_tag"; NULL for a number of none. */
OFP_API const char *ofp_action_kind_name(ofp_action_kind kind);

/** One action. */
typedef struct ofp_action {
    ofp_action_kind kind; /**< what to do */
    int32_t tag;          /**< index of the tag to add or remove; OFP_NONE for a text */
} ofp_action;

#define OFP_KEY_SIZE 36 /**< bytes of an action's key and its zero */

/**
 * Makes a scratch area, which the caller frees. It serves any number of policies in turn.
 */
OFP_API ofp_status ofp_scratch_new(ofp_scratch **ret, ofp_error **reterr);

/** Frees a scratch area and the decision in it; takes NULL. @return NULL */
OFP_API ofp_scratch *ofp_scratch_free(ofp_scratch *scratch);

/**
 * Decides.
 * @param policy by which rules
 * @param request the facts; checked first: a wrong one is refused with a JSON pointer that names
 *        the place as if it were a request document
 * @param scratch working memory, in which the decision lives until the next use
 * @param ret the decision, borrowed from `scratch`; valid as long as policy and request are, too
 */
OFP_API ofp_status ofp_decide(const ofp_policy *policy, const ofp_request *request,
                              ofp_scratch *scratch, const ofp_decision **ret, ofp_error **reterr);

/** Copies a decision into one that lives on its own, with a reference on its policy. */
OFP_API ofp_status ofp_decision_copy(const ofp_decision *decision, ofp_decision **ret,
                                     ofp_error **reterr);

/** Frees a copy (never a decision that lives in a scratch); takes NULL. @return NULL */
OFP_API ofp_decision *ofp_decision_free(ofp_decision *decision);

/** The policy that decided; borrowed. */
OFP_API const ofp_policy *ofp_decision_policy(const ofp_decision *decision);
/** The instant it was decided for. */
OFP_API int64_t ofp_decision_now(const ofp_decision *decision);
/** The ticket's id. */
OFP_API ofp_text ofp_decision_ticket(const ofp_decision *decision);
/** The org's id; without an org `data` is NULL. */
OFP_API ofp_text ofp_decision_org(const ofp_decision *decision);
/** The org's name; `data` is NULL if it was not given. */
OFP_API ofp_text ofp_decision_org_name(const ofp_decision *decision);
/** The time zone to show instants to the org's people in; `data` is NULL if it was not given. */
OFP_API ofp_text ofp_decision_org_time_zone(const ofp_decision *decision);
/** When the ticket was created, or OFP_INSTANT_NONE. */
OFP_API int64_t ofp_decision_created_at(const ofp_decision *decision);
/** The answer. */
OFP_API ofp_verdict ofp_decision_verdict(const ofp_decision *decision);
/** Index of the ticket's offering, or OFP_NONE if it could not be told. */
OFP_API int32_t ofp_decision_offering(const ofp_decision *decision);
/** How the offering was told. */
OFP_API ofp_offering_source ofp_decision_offering_source(const ofp_decision *decision);
/** Index of the ticket's priority, after the priority rules. */
OFP_API int32_t ofp_decision_priority(const ofp_decision *decision);
/** Index of the support level. */
OFP_API int32_t ofp_decision_level(const ofp_decision *decision);
/** Index of the SLA rule that holds, or OFP_NONE. */
OFP_API int32_t ofp_decision_sla_rule(const ofp_decision *decision);
/** The SLA rule's targets, borrowed. @param retcount how many there are */
OFP_API const ofp_target *ofp_decision_targets(const ofp_decision *decision, size_t *retcount);
/** What the host shall do, in this order; borrowed. @param retcount how many there are */
OFP_API const ofp_action *ofp_decision_actions(const ofp_decision *decision, size_t *retcount);
/** The earliest instant at which the answer may change by itself, or OFP_INSTANT_NONE. */
OFP_API int64_t ofp_decision_valid_until(const ofp_decision *decision);

/**
 * Writes the text of a reply or note, rendered from the policy's message, at the buffer's end.
 * @param index of the action; for a tag action nothing is written
 */
OFP_API ofp_status ofp_decision_action_text(const ofp_decision *decision, size_t index,
                                            ofp_buffer *buffer, ofp_error **reterr);

/**
 * Writes the key of a reply or note: the same on every run for the same ticket and intention, so
 * that a host can skip what it has said. Empty for a tag action. doc/decisions.md says how it is
 * made.
 */
OFP_API void ofp_decision_action_key(const ofp_decision *decision, size_t index,
                                     char ret[OFP_KEY_SIZE]);

/** Which thing a reason speaks of. */
typedef struct ofp_reason {
    ofp_reason_code code;  /**< what was found, see reasons.h */
    bool decides;          /**< is it among those that gave the answer? */
    int32_t index;         /**< of the entitlement, migration or rule in its list; or OFP_NONE */
    ofp_text id;           /**< the migration's or SLA rule's id; `data` is NULL if it has none */
    uint32_t line;         /**< line of the rule or pattern in the policy file; 0: none */
    int32_t offering;      /**< index, or OFP_NONE */
    int32_t level;         /**< index, or OFP_NONE */
    int32_t priority;      /**< index, or OFP_NONE */
    const char *condition; /**< the first condition that failed, such as "level"; or NULL */
    const char *field;     /**< "subject" or "description"; a metric's name; or NULL */
    int64_t at;            /**< when it started, starts, ended or ends; or OFP_INSTANT_NONE */
    int32_t date;          /**< the migration's target date; or OFP_DATE_NONE */
    int32_t score;         /**< a pattern's weight, an offering's sum; or OFP_NONE */
    int32_t next;          /**< index of the offering that comes next; or OFP_NONE */
    int32_t next_score;    /**< its sum; or OFP_NONE */
    int32_t limit;         /**< the threshold or margin that counted; or OFP_NONE */
} ofp_reason;

/** How many reasons the decision has. */
OFP_API size_t ofp_decision_reason_count(const ofp_decision *decision);

/**
 * Reason number `index`, in the order in which the decision was made: priority, offering,
 * entitlements, migrations, level, SLA. What was passed over (a rule whose conditions failed, an
 * entitlement that has ended) has a reason too.
 * @return false if `index` is not below ofp_decision_reason_count()
 */
OFP_API bool ofp_decision_reason(const ofp_decision *decision, size_t index, ofp_reason *ret);

/**
 * Writes a reason as a plain sentence at the buffer's end.
 * @return OFP_STATUS_MISUSE if `index` is not below ofp_decision_reason_count()
 */
OFP_API ofp_status ofp_decision_reason_sentence(const ofp_decision *decision, size_t index,
                                                ofp_buffer *buffer, ofp_error **reterr);

/** A reason's code as documents write it, for example "entitlement_ended"; static. */
OFP_API const char *ofp_reason_name(ofp_reason_code code);

#ifdef __cplusplus
}
#endif

#endif
