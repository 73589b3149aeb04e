/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What several benchmarks need of the library; each function ends the program if it fails.
 */
#ifndef OFP_BENCH_FIXTURE_H
#define OFP_BENCH_FIXTURE_H

#include <offerpolicy/offerpolicy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Ends the program with the error's message, unless `status` is OFP_STATUS_OK. */
void fixture_require(ofp_status status, ofp_error *error, const char *what);

/** Loads a policy from a file. */
ofp_policy *fixture_load(const char *path);

/** Compiles a policy from its text. */
ofp_policy *fixture_parse(ofp_text yaml);

ofp_scratch *fixture_scratch(void);

ofp_buffer *fixture_buffer(void);

/** Decides. @return borrowed from `scratch` */
static inline const ofp_decision *fixture_decide(const ofp_policy *policy,
                                                 const ofp_request *request, ofp_scratch *scratch)
{
    const ofp_decision *decision;
    ofp_error *error;
    const ofp_status status = ofp_decide(policy, request, scratch, &decision, &error);
    if (status)
        fixture_require(status, error, "ofp_decide()");
    return decision;
}

/** As malloc(), zeroed. */
void *fixture_alloc(size_t count, size_t size);

/** A text that is written piece by piece. */
typedef struct fixture_text {
    char *data;
    size_t size, capacity;
} fixture_text;

/** Writes like printf() at the text's end. */
void fixture_write(fixture_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** What was written, borrowed. */
ofp_text fixture_written(const fixture_text *text);

#ifdef __cplusplus
}
#endif

#endif
