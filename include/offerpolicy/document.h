/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Decisions as documents: JSON for machines, words for people. Both are written at the end of a
 * buffer. Neither asks the environment for anything.
 */
#ifndef OFFERPOLICY_DOCUMENT_H
#define OFFERPOLICY_DOCUMENT_H

#include <stdbool.h>

#include <offerpolicy/buffer.h>
#include <offerpolicy/decision.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/reader.h>
#include <offerpolicy/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes a decision as one line of JSON (without a line end), as doc/decisions.md describes it. */
OFP_API ofp_status ofp_decision_write_json(const ofp_decision *decision, ofp_buffer *buffer,
                                           ofp_error **reterr);

/**
 * Writes a request as one line of JSON (without a line end) that reads back to the same request,
 * as doc/decisions.md describes it.
 * @param request one that ofp_decide() takes
 * @param policy whose indexes the request uses
 * @param without_texts NULL: all is written. Else the decision made from this request: the
 *        ticket's subject and description and the org's name and notes are left out, and if
 *        patterns were matched against them, `classified` says what these told. By a policy with
 *        the same patterns, deciding then gives the same answer
 */
OFP_API ofp_status ofp_request_write_json(const ofp_request *request, const ofp_policy *policy,
                                          const ofp_decision *without_texts, ofp_buffer *buffer,
                                          ofp_error **reterr);

/** How to explain a decision. Start from zeroes and set `size`; NULL instead: all defaults. */
typedef struct ofp_explain_options {
    size_t size;          /**< sizeof(ofp_explain_options) */
    const ofp_zone *zone; /**< to show instants in; NULL: the policy's zone */
    bool colour;          /**< with the colours of an ANSI terminal */
    bool verbose;         /**< also what was passed over, and why */
} ofp_explain_options;

/**
 * Writes a decision in words: the answer, why, what to do now, by when, and until when it holds.
 * Several lines, each ended by a line end.
 * @return OFP_STATUS_MISUSE if the options' `size` is wrong
 */
OFP_API ofp_status ofp_decision_explain(const ofp_decision *decision,
                                        const ofp_explain_options *options, ofp_buffer *buffer,
                                        ofp_error **reterr);

/** Answers a calendar question as one line of JSON (without a line end). */
OFP_API ofp_status ofp_question_answer(const ofp_question *question, ofp_buffer *buffer,
                                       ofp_error **reterr);

/**
 * Writes an error as the document that takes the place of an answer in a stream:
 * {"error": {"code", "message", "file", "line", "pointer"}}.
 * @param file the input's name, or NULL
 * @param line the line in it, from 1; 0: not known
 */
OFP_API ofp_status ofp_error_write_json(const ofp_error *error, const char *file, uint64_t line,
                                        ofp_buffer *buffer, ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
