/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Texts about a migration, from the policy's templates.
 */
#ifndef OFP_TEXTS_H
#define OFP_TEXTS_H

#include <offerpolicy/records.h>

#include "buffer.h"
#include "tables.h"

/** Writes a text. An offering that the policy does not know appears by its name. */
void ofp_migration_text(const ofp_template *message, const ofp_policy *policy,
                        const ofp_migration_record *record, ofp_buffer *buffer);

#endif
