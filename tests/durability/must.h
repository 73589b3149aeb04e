/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a test needs before it can begin: without it the program ends. Also for processes in which
 * Check's assertions can't be used.
 */
#ifndef OFP_TEST_MUST_H
#define OFP_TEST_MUST_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/error.h>

#define must(condition, ...) \
    do { \
        if (!(condition)) { \
            const int errno_ = errno; \
            fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
            fprintf(stderr, __VA_ARGS__); \
            fprintf(stderr, " (errno: %s)\n", strerror(errno_)); \
            exit(2); \
        } \
    } while (0)

/** A call of the library that must work. @param call uses `&error` as its `reterr` */
#define must_work(call) \
    do { \
        ofp_error *error; \
        const ofp_status status_ = (call); \
        must(!status_, "%s: %s [%s]", #call, ofp_error_message(error), \
             ofp_code_name(ofp_error_first(error)->code)); \
    } while (0)

/** The memory, or the file: anything but NULL. */
static inline void *must_have(void *thing)
{
    must(thing != NULL, "out of memory or files");
    return thing;
}

#endif
