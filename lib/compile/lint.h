/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Warnings about SLA rules: what can be used as it is but probably does not say what was meant.
 * All of them stay silent where they can't be certain, and where rules are so many that comparing
 * them would take seconds.
 */
#ifndef OFP_LINT_H
#define OFP_LINT_H

#include "compiler.h"

/** So many steps take about a second. */
enum { OFP_LINT_STEPS = 1 << 27 };

/** Can something of so many steps be done so many times? */
bool ofp_lint_is_quick(size_t times, size_t steps);

/** All of the warnings below. The policy must be complete up to its SLA rules, without mistakes. */
void ofp_lint_sla(ofp_compiler *compiler);

/** Rules that can never be the first to hold, because an earlier one plainly covers them. */
void ofp_lint_coverage(ofp_compiler *compiler);

/** Paid levels and priorities for which no rule has a first_reply target. */
void ofp_lint_first_reply(ofp_compiler *compiler);

/** Targets that give a more urgent priority more time than a less urgent one. */
void ofp_lint_urgency(ofp_compiler *compiler);

/** Targets that give a higher level more time than a lower one gets for the same ticket. */
void ofp_lint_rank(ofp_compiler *compiler);

#endif
