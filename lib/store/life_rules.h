/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What may happen in the life of a migration, as far as its records tell: whether an event could
 * come when it came, and whether the migration is what the event makes of it. Policies are not
 * asked; they were when the step was taken.
 */
#ifndef OFP_LIFE_RULES_H
#define OFP_LIFE_RULES_H

#include <offerpolicy/records.h>

/** An event of a migration. */
typedef struct ofp_passage {
    const ofp_event *event;             /* with the migration as it was afterwards */
    const ofp_migration_record *before; /* as it was before; NULL: it was not there */
    int64_t due_at; /* when a sweep was to look at it afterwards; OFP_INSTANT_NONE: never */
} ofp_passage;

/** What is wrong with it, as the end of a message; NULL: nothing. Static. */
const char *ofp_passage_problem(const ofp_passage *passage);

#endif
