/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Deciding with a store: the org's migrations come from there, as they were promised.
 *
 * A desk is made for one connection and belongs to the same thread. It keeps the decision until
 * its next use, as a scratch does.
 */
#ifndef OFFERPOLICY_DESK_H
#define OFFERPOLICY_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include <offerpolicy/buffer.h>
#include <offerpolicy/decision.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/records.h>
#include <offerpolicy/request.h>
#include <offerpolicy/store.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ofp_desk ofp_desk;

/** How a desk works. Start from zeroes and set `size`; NULL instead of it means all defaults. */
typedef struct ofp_desk_options {
    size_t size;    /**< sizeof(ofp_desk_options) */
    bool log;       /**< keep decisions in the store's decision log (opened for writing) */
    bool log_texts; /**< with the tickets' subjects and descriptions, the orgs' names and notes */
} ofp_desk_options;

/**
 * Makes a desk, which the caller frees.
 * @param store borrowed: must live as long as the desk
 * @param policy a reference is taken
 */
OFP_API ofp_status ofp_desk_new(ofp_store *store, const ofp_policy *policy,
                                const ofp_desk_options *options, ofp_desk **ret,
                                ofp_error **reterr);

/** Frees a desk, the decision in it and what was not flushed; takes NULL. @return NULL */
OFP_API ofp_desk *ofp_desk_free(ofp_desk *desk);

/**
 * Decides with the org's migrations as the store has them, in one read transaction.
 * @param request without migrations: a request that names some is refused
 * @param ret the decision, borrowed from the desk until its next use; it borrows the request's
 *        texts and the policy, too
 * @return as ofp_decide(); OFP_STATUS_NOT_ALLOWED if a migration promises a level that this policy
 *         does not have, or that nobody pays for by it. One to an offering that this policy does
 *         not have is left out: no ticket can be about it
 */
OFP_API ofp_status ofp_desk_decide(ofp_desk *desk, const ofp_request *request,
                                   const ofp_decision **ret, ofp_error **reterr);

/**
 * Takes one look at the store for all decisions until ofp_desk_end(): they see the same moment,
 * and each is faster. Hold it for a second at most, so that new approvals are seen. While it is
 * held nothing may be written with the same connection.
 */
OFP_API ofp_status ofp_desk_begin(ofp_desk *desk, ofp_error **reterr);

/** Ends it. Does nothing if there is none. */
OFP_API void ofp_desk_end(ofp_desk *desk);

/**
 * Writes the decisions made since the last time into the decision log, in one transaction. A desk
 * that logs does it after each decision (one that can't be logged is not given), but not between
 * ofp_desk_begin() and ofp_desk_end(): then the program calls this after ofp_desk_end(). If it
 * fails all still wait, and it can be called again.
 */
OFP_API ofp_status ofp_desk_flush(ofp_desk *desk, ofp_error **reterr);

/**
 * Compares a logged decision with one made anew from its request.
 * @param buffer gets one line of JSON (without a line end) that says what differs, and how
 * @param retsame true: all that the decision says is the same, but for its reasons, its policy,
 *        and the texts and keys of its actions
 */
OFP_API ofp_status ofp_desk_compare(ofp_desk *desk, const ofp_logged_decision *logged,
                                    const ofp_decision *decision, ofp_buffer *buffer, bool *retsame,
                                    ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
