/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What tests of several rooms expect. Macros, so that a failure names the line of the test.
 */
#ifndef OFP_TEST_EXPECT_H
#define OFP_TEST_EXPECT_H

#include <check.h>

#include <offerpolicy/error.h>

#include "span.h"

/** As ck_assert_msg(), but free while it holds: for loops of many thousands. */
#define expect_each(condition, ...) \
    do { \
        if (!(condition)) \
            ck_abort_msg(__VA_ARGS__); \
    } while (0)

/** A text has exactly the bytes of a literal (which may have zero bytes inside). */
#define expect_text(text, literal) \
    do { \
        const ofp_text got_ = (text), wanted_ = OFP_LITERAL(literal); \
        ck_assert_msg(ofp_span_equal(got_, wanted_), "got \"%.*s\", not \"%s\"", (int)got_.size, \
                      got_.data ? got_.data : "", literal); \
    } while (0)

/** A call works and leaves no error. @param call uses `&error` as its `reterr` */
#define expect_ok(call) \
    do { \
        ofp_error *error = (ofp_error *)-1; \
        const ofp_status status_ = (call); \
        ck_assert_msg(status_ == OFP_STATUS_OK, "%s: %s", #call, \
                      status_ == OFP_STATUS_OK ? "" : ofp_error_message(error)); \
        ck_assert_ptr_null(error); \
    } while (0)

/** A call fails with a code, and with the same status as its error. */
#define expect_failure(call, wanted_code) \
    do { \
        ofp_error *error = NULL; \
        const ofp_status status_ = (call); \
        ck_assert_msg(status_ != OFP_STATUS_OK, "%s: worked", #call); \
        ck_assert_ptr_nonnull(error); \
        ck_assert_int_eq(ofp_error_status(error), status_); \
        ck_assert_msg(ofp_error_first(error)->code == (wanted_code), "%s: %s, not %s: %s", #call, \
                      ofp_code_name(ofp_error_first(error)->code), ofp_code_name(wanted_code), \
                      ofp_error_message(error)); \
        ofp_error_free(error); \
    } while (0)

#endif
