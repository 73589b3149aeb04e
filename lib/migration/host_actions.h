/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the host shall do because of a change.
 */
#ifndef OFP_HOST_ACTIONS_H
#define OFP_HOST_ACTIONS_H

#include "change.h"

/** Puts the actions of a change, whose event is the last one of its answer, into the outbox. */
ofp_status ofp_host_actions_put(const ofp_change *change, ofp_error **reterr);

#endif
