/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Tells a process from its children, before every lookup: so without a system call where that can
 * be done.
 */
#ifndef OFP_PROCESS_MARK_H
#define OFP_PROCESS_MARK_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct ofp_process_mark {
    pid_t process;              /* that made it */
    const volatile char *wiped; /* 1 here, 0 in a child; NULL: the process must be asked for */
} ofp_process_mark;

/** Makes a mark of this process. */
ofp_process_mark ofp_process_mark_make(void);

/** Is this the process that made it? */
bool ofp_process_mark_is_here(const ofp_process_mark *mark);

/** Frees a mark, also that of a parent. */
void ofp_process_mark_free(ofp_process_mark *mark);

#endif
