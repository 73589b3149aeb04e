/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the tests of this room share. They see what programs see: public headers alone.
 */
#ifndef OFP_TEST_JSON_CASES_H
#define OFP_TEST_JSON_CASES_H

#include <check.h>

#include <offerpolicy/json.h>
#include <offerpolicy/offerpolicy.h>

/** The contract's policy. */
extern ofp_policy *policy;

/** A parser for each test. */
extern ofp_json *json;

/** Makes and frees `json`. */
void set_up(void);
void tear_down(void);

/** The start of most documents: a request that is right but for its end. */
#define TICKET \
    "{\"now\": \"2026-11-20T18:00:00Z\", \"ticket\": {\"id\": \"T-1\", \"created_at\": " \
    "\"2026-11-20T18:00:00Z\"}"

/** Reads a request that is right. */
const ofp_request *expect_request(ofp_text document);

/**
 * Reads a request that is wrong.
 * @param pointer or NULL
 */
void expect_mistake(ofp_text document, ofp_code code, const char *pointer, const char *message);

TCase *json_limits_case(void);
TCase *json_read_case(void);
TCase *json_syntax_case(void);
TCase *json_write_case(void);

#endif
