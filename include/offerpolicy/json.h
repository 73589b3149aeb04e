/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Requests and calendar questions from JSON text. This header belongs to a library of its own,
 * libofferpolicy-json (pkg-config name `offerpolicy-json`), so that the core library needs no C++.
 */
#ifndef OFFERPOLICY_JSON_H
#define OFFERPOLICY_JSON_H

#include <offerpolicy/document.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/reader.h>
#include <offerpolicy/request.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The longest JSON document that is read: 16 MiB. */
#define OFP_JSON_LIMIT ((size_t)16 << 20)

/** A JSON parser with a reader; belongs to one thread at a time, serves any number of documents. */
typedef struct ofp_json ofp_json;

/** Makes a parser, which the caller frees. */
OFP_API ofp_status ofp_json_new(ofp_json **ret, ofp_error **reterr);

/** Frees a parser and what was read last; takes NULL. @return NULL */
OFP_API ofp_json *ofp_json_free(ofp_json *json);

/**
 * Reads a request document.
 * @param document JSON in UTF-8; used only during the call
 * @param now the instant for a document that names none; OFP_INSTANT_NONE: it must name one
 * @param ret borrowed from `json` until its next use
 * @return OFP_STATUS_BAD_REQUEST for what is no JSON (no pointer) or no request (with a pointer)
 */
OFP_API ofp_status ofp_json_read_request(ofp_json *json, const ofp_policy *policy,
                                         ofp_text document, int64_t now, const ofp_request **ret,
                                         ofp_error **reterr);

/**
 * Reads a document for what its org has (ofp_reader_begin_facts()), such as ofp_facts_add() takes;
 * else as ofp_json_read_request().
 */
OFP_API ofp_status ofp_json_read_facts(ofp_json *json, const ofp_policy *policy, ofp_text document,
                                       const ofp_request **ret, ofp_error **reterr);

/** Reads a calendar question; else as ofp_json_read_request(). */
OFP_API ofp_status ofp_json_read_question(ofp_json *json, const ofp_policy *policy,
                                          ofp_text document, const ofp_question **ret,
                                          ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
