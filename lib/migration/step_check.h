/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What must be true of a step in itself, whatever is in the store.
 */
#ifndef OFP_STEP_CHECK_H
#define OFP_STEP_CHECK_H

#include <offerpolicy/migration.h>

/** Checks a step; the first mistake in the order of its members is told. */
ofp_status ofp_step_check(const ofp_step *step, ofp_error **reterr);

/** Checks that an instant was given, and is one that the library works with. */
ofp_status ofp_clock_check(int64_t at, ofp_error **reterr);

#endif
