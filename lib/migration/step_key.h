/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Idempotency: what makes two steps the same, and the keys of steps that come without one.
 */
#ifndef OFP_STEP_KEY_H
#define OFP_STEP_KEY_H

#include <offerpolicy/decision.h>
#include <offerpolicy/migration.h>

#include "hasher.h"

/**
 * Hashes all that a step says: two with the same hash are the same command. When and with which
 * key it is taken does not count, nor what is known of the org.
 */
void ofp_step_hash(const ofp_step *step, uint8_t ret[OFP_SHA256_SIZE]);

/**
 * Makes the key of a step that has none.
 * @param command its hash
 * @param number tells repeats from new steps of the same content: the migration's revision; of a
 *        request, how many there were before
 */
void ofp_step_derive_key(const ofp_step *step, const uint8_t command[OFP_SHA256_SIZE],
                         int64_t number, char ret[OFP_KEY_SIZE]);

#endif
