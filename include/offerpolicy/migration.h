/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The life of a migration: steps that people take, and the sweep that turns ends that have passed
 * into actions. doc/migrations.md tells the whole story.
 *
 *     requested ──approve──▶ approved ──complete──▶ completed
 *         │ refuse, cancel       │ end, or its end passes
 *         ▼                      ▼
 *     refused, cancelled       ended
 *
 * Instants are the program's: the library asks no clock.
 */
#ifndef OFFERPOLICY_MIGRATION_H
#define OFFERPOLICY_MIGRATION_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/records.h>
#include <offerpolicy/request.h>
#include <offerpolicy/store.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What orgs have bought, as far as the program knows; belongs to one thread at a time. */
typedef struct ofp_facts ofp_facts;

/** Makes facts about no org, which the caller frees. */
OFP_API ofp_status ofp_facts_new(ofp_facts **ret, ofp_error **reterr);

/** Frees facts; takes NULL. @return NULL */
OFP_API ofp_facts *ofp_facts_free(ofp_facts *facts);

/**
 * Adds what a request says about its org: id, name and entitlements, which are copied. What was
 * known of the same org before is replaced. All else in the request may be missing and is not used.
 * @param policy whose indexes the request uses, and by which the facts will be used
 * @return OFP_STATUS_BAD_REQUEST if the request has no org, or something in it is wrong
 */
OFP_API ofp_status ofp_facts_add(ofp_facts *facts, const ofp_policy *policy,
                                 const ofp_request *request, ofp_error **reterr);

/** What somebody does to a migration. */
typedef enum ofp_step_kind {
    OFP_STEP_REQUEST = 0,  /**< ask for a new one */
    OFP_STEP_APPROVE = 1,  /**< say yes; by an approver, and not by who requested it */
    OFP_STEP_REFUSE = 2,   /**< say no; by an approver */
    OFP_STEP_EXTEND = 3,   /**< give a live one a later target date; by an approver */
    OFP_STEP_END = 4,      /**< end a live one now; by an approver */
    OFP_STEP_COMPLETE = 5, /**< the new offering was bought */
    OFP_STEP_CANCEL = 6,   /**< withdraw an open one; by an approver or who requested it */
} ofp_step_kind;

/** "request", "approve", …; NULL for a number of none. */
OFP_API const char *ofp_step_kind_name(ofp_step_kind kind);

#define OFP_REASON_LIMIT ((size_t)64 << 10) /**< bytes of a step's reason or evidence */
#define OFP_PERSON_LIMIT ((size_t)255)      /**< bytes of an actor, a role, an owner or a key */

/** A step. Start from OFP_STEP_INIT. Texts are UTF-8 and used only during the call. */
typedef struct ofp_step {
    size_t size;        /**< sizeof(ofp_step) */
    ofp_step_kind kind; /**< what is done */
    int64_t at;         /**< when: the program's clock; not before the migration's last step */
    ofp_text actor;     /**< who does it; required */
    ofp_text role;      /**< in which role, see `approvers` in doc/policy-file.md; may be missing */
    ofp_text reason;    /**< why; may be missing */
    ofp_text key;       /**< idempotency key; missing: one is derived, see doc/migrations.md */
    ofp_text migration; /**< its id; for all steps but a request */
    int64_t if_revision; /**< refuse if its revision is another; 0: whatever it is */

    ofp_text org;        /**< a request: the org's id; required */
    ofp_text from;       /**< a request: name of the offering it moves from; required */
    ofp_text to;         /**< a request: name of the offering it moves to; required */
    ofp_text level;      /**< a request: name of the level to promise, a paid one; required */
    int32_t target_date; /**< a request, an extension: the last day; required */
    ofp_text owner;      /**< a request: the accountable person; required */
    ofp_text evidence;   /**< a request: a link to a quote or an order; may be missing */
    ofp_outcome outcome; /**< a completion: was the goal reached? required */
    /** A request: what the org has bought, required. An early end, a completion: if known. */
    const ofp_facts *facts;
} ofp_step;

/** The start of every step. */
#define OFP_STEP_INIT \
    { \
        .size = sizeof(ofp_step), .at = OFP_INSTANT_NONE, .target_date = OFP_DATE_NONE \
    }

/**
 * Takes a step: checks it, writes it with its event and its actions in one transaction, and gives
 * back the migration as it is now, the event and the actions. Another step with the same key and
 * the same content gives the same answer and changes nothing.
 * @param store opened for writing
 * @param policy by which rules; the record keeps its name, revision and digest
 * @return OFP_STATUS_BAD_REQUEST if the step is wrong in itself; OFP_STATUS_NOT_FOUND if there is
 *         no such migration; OFP_STATUS_NOT_ALLOWED if policy, state, role or limits say no;
 *         OFP_STATUS_CONFLICT if the revision is another, or the key was used for something else
 */
OFP_API ofp_status ofp_step_take(const ofp_step *step, ofp_store *store, const ofp_policy *policy,
                                 ofp_records **ret, ofp_error **reterr);

/** How to sweep. Start from OFP_SWEEP_INIT. */
typedef struct ofp_sweep {
    size_t size;            /**< sizeof(ofp_sweep) */
    int64_t at;             /**< the program's clock; required */
    size_t limit;           /**< the most migrations in one call; 0: OFP_SWEEP_LIMIT */
    const ofp_facts *facts; /**< what orgs have bought, as far as known; or NULL */
} ofp_sweep;

#define OFP_SWEEP_LIMIT 500 /**< migrations in one call of ofp_sweep_run(), unless told */

/** The start of every sweep. */
#define OFP_SWEEP_INIT \
    { \
        .size = sizeof(ofp_sweep), .at = OFP_INSTANT_NONE \
    }

/**
 * Turns ends that have passed into events and actions, and reminds owners of ends that come near
 * (`remind` in doc/policy-file.md): those that are due longest first, one transaction a call. It
 * may run at any time, by many at once: nothing is done twice.
 * @param ret the migrations that were looked at, the events and the actions;
 *        ofp_records_more() tells whether to call again
 */
OFP_API ofp_status ofp_sweep_run(const ofp_sweep *sweep, ofp_store *store, const ofp_policy *policy,
                                 ofp_records **ret, ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
