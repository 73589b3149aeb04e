/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Pieces of sentences for people. Texts come from a store, where anybody may have put anything:
 * their control characters are made harmless.
 */
#ifndef PROSE_H
#define PROSE_H

#include <stdint.h>
#include <stdio.h>

#include <offerpolicy/policy.h>
#include <offerpolicy/records.h>
#include <offerpolicy/text.h>

/** Writes a text in one line: line ends and tabs become spaces. */
void prose_text(FILE *to, ofp_text text);

/** Writes a text in lines of its own, each indented by so many columns. */
void prose_lines(FILE *to, ofp_text text, int indent);

/** Writes a date: "2027-01-31". */
void prose_date(FILE *to, int32_t date);

/** Writes an instant for lists and for use with options: "2027-02-01T08:00:00Z". */
void prose_instant(FILE *to, int64_t instant);

/** Writes an instant for sentences: "2027-02-01 at 08:00 UTC", with seconds if there are any. */
void prose_moment(FILE *to, int64_t instant);

/** Writes the org of a migration: "Acme Rockets (acme)". */
void prose_org(FILE *to, const ofp_migration_record *migration);

/** Writes an offering's title, or its name where the policy is NULL or does not know it. */
void prose_offering(FILE *to, const ofp_policy *policy, ofp_text name);

/** Writes who did something: "ada (support_manager)"; the role may be missing. */
void prose_person(FILE *to, ofp_text who, ofp_text role);

/** Writes what an action asks of the host, without a full stop. */
void prose_action(FILE *to, const ofp_host_action *action);

#endif
