/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads request documents from events, whatever they are written in: a JSON parser, a Python dict
 * or a Ruby hash each walks its own data and says what it meets. The reader knows which keys there
 * are, what type each has and what names the policy knows, and reports the first mistake with its
 * JSON pointer.
 *
 * Every event returns a status: when it is not OFP_STATUS_OK the walk may stop, and
 * ofp_reader_finish_request() tells why. Texts are borrowed: they must live until the decision is
 * no longer used or has been copied.
 *
 * A reader belongs to one thread at a time and is used for any number of documents in turn.
 */
#ifndef OFFERPOLICY_READER_H
#define OFFERPOLICY_READER_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/request.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ofp_reader ofp_reader;

/** A question about a calendar, as doc/calendars.md describes it. */
typedef struct ofp_question ofp_question;

/** Makes a reader, which the caller frees. */
OFP_API ofp_status ofp_reader_new(ofp_reader **ret, ofp_error **reterr);

/** Frees a reader and the request in it; takes NULL. @return NULL */
OFP_API ofp_reader *ofp_reader_free(ofp_reader *reader);

/**
 * Starts a request document. What was read before is gone.
 * @param policy whose names the document uses; must live as long as the request is used
 * @param now the instant for a document that names none; OFP_INSTANT_NONE: it must name one
 */
OFP_API void ofp_reader_begin_request(ofp_reader *reader, const ofp_policy *policy, int64_t now);

/**
 * Starts a document that is read for what an org has: of a request's keys, `org` (not null) is
 * required, and the others may be there or not. Else as ofp_reader_begin_request().
 */
OFP_API void ofp_reader_begin_facts(ofp_reader *reader, const ofp_policy *policy);

/** Starts a calendar question; else as ofp_reader_begin_request(). */
OFP_API void ofp_reader_begin_question(ofp_reader *reader, const ofp_policy *policy);

/** Event: an object starts. */
OFP_API ofp_status ofp_reader_begin_object(ofp_reader *reader);
/** Event: a key; its value follows. */
OFP_API ofp_status ofp_reader_key(ofp_reader *reader, ofp_text key);
/** Event: the object ends. */
OFP_API ofp_status ofp_reader_end_object(ofp_reader *reader);
/** Event: a list starts. */
OFP_API ofp_status ofp_reader_begin_list(ofp_reader *reader);
/** Event: the list ends. */
OFP_API ofp_status ofp_reader_end_list(ofp_reader *reader);
/** Event: a text, which must be valid UTF-8. */
OFP_API ofp_status ofp_reader_string(ofp_reader *reader, ofp_text value);
/** Event: a whole number. */
OFP_API ofp_status ofp_reader_integer(ofp_reader *reader, int64_t value);
/** Event: a number that is not whole or too large. */
OFP_API ofp_status ofp_reader_other_number(ofp_reader *reader);
/** Event: true or false. */
OFP_API ofp_status ofp_reader_boolean(ofp_reader *reader, bool value);
/** Event: null. */
OFP_API ofp_status ofp_reader_null(ofp_reader *reader);

/**
 * Event: the walk can't go on, for a reason that only its program knows, such as text that is no
 * JSON or a value that no document can have. It counts like a mistake that the reader finds, with
 * the pointer of the value that is due, or without one before the first event.
 * @param code what is wrong: one whose status is OFP_STATUS_BAD_REQUEST, or OFP_CODE_NO_MEMORY
 * @param message what is wrong, in plain words; copied
 */
OFP_API ofp_status ofp_reader_fail(ofp_reader *reader, ofp_code code, const char *message);

/**
 * Ends the document.
 * @param ret the request, borrowed from the reader until the next begin
 * @return the first failure of all events since the begin
 */
OFP_API ofp_status ofp_reader_finish_request(ofp_reader *reader, const ofp_request **ret,
                                             ofp_error **reterr);

/**
 * Ends facts; else as ofp_reader_finish_request().
 * @param ret a request with an org; it may lack what deciding needs
 */
OFP_API ofp_status ofp_reader_finish_facts(ofp_reader *reader, const ofp_request **ret,
                                           ofp_error **reterr);

/** Ends a question; else as ofp_reader_finish_request(). */
OFP_API ofp_status ofp_reader_finish_question(ofp_reader *reader, const ofp_question **ret,
                                              ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
