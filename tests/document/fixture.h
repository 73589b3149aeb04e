/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the tests of this room share: the contract's policy, and documents that tests can write
 * down without a JSON parser.
 */
#ifndef OFP_TEST_DOCUMENT_FIXTURE_H
#define OFP_TEST_DOCUMENT_FIXTURE_H

#include <check.h>

#include <offerpolicy/document.h>
#include <offerpolicy/reader.h>

/** The contract's policy, loaded at the first call. */
const ofp_policy *contract_policy(void);

/** Parses a policy from YAML; the caller drops the reference. */
ofp_policy *parse_policy(const char *yaml);

/** Frees what contract_policy() loaded. */
void free_fixtures(void);

/**
 * Tells a reader the events of a document, written like JSON but with 'single quotes' and without
 * escapes; `~` is a number that is not whole. Stops at the first event that fails.
 */
ofp_status feed(ofp_reader *reader, const char *notation);

/** Reads a request for the contract's policy; the test fails if that does. */
const ofp_request *read_request(ofp_reader *reader, const char *notation);

/**
 * Reads a request that is wrong, and expects its mistake.
 * @param pointer or NULL
 */
void expect_mistake(const char *notation, ofp_code code, const char *pointer, const char *message);

/** As expect_mistake(), for a question. */
void expect_question_mistake(const char *notation, ofp_code code, const char *pointer,
                             const char *message);

/** Compares an error's code, pointer and message, and frees it. */
void expect_error(ofp_error *error, ofp_code code, const char *pointer, const char *message);

/* The test cases of this room. */
TCase *decision_json_case(void);
TCase *error_json_case(void);
TCase *facts_case(void);
TCase *question_case(void);
TCase *reader_case(void);
TCase *reader_limits_case(void);
TCase *reader_memory_case(void);
TCase *reader_misuse_case(void);
TCase *request_case(void);
TCase *request_json_case(void);
TCase *request_mistakes_case(void);

#endif
