/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Lets one call to the files fail, or all from one on.
 */
#ifndef OFP_TEST_FAULT_H
#define OFP_TEST_FAULT_H

#include <stdbool.h>

#include "shim.h"

/** How calls fail. */
typedef enum fault_mode {
    FAULT_ONCE,     /* one call has an I/O error */
    FAULT_FOR_GOOD, /* all calls from one on have */
    FAULT_FULL,     /* from one write on there is no room on the disk */
    FAULT_MODE_COUNT,
} fault_mode;

/** From now on call number `number` (from 1) of connections opened under arms fails; 0: none yet.
 */
void fault_arm(fault_mode mode, long number);

/**
 * No call fails any more.
 * @return did one?
 */
bool fault_disarm(void);

/** What the first call was that failed, for messages. */
const char *fault_name(void);

#endif
