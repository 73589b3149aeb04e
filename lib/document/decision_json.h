/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Decisions as JSON, for the decision log.
 */
#ifndef OFP_DECISION_JSON_H
#define OFP_DECISION_JSON_H

#include <offerpolicy/document.h>

/**
 * Writes a decision as ofp_decision_write_json() does, but without the texts of its actions: they
 * hold names, and follow from policy and request.
 */
ofp_status ofp_decision_write_log_json(const ofp_decision *decision, ofp_buffer *buffer,
                                       ofp_error **reterr);

#endif
