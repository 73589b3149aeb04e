/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Prints records as JSON on standard output. When there is no memory for that, nothing else is
 * worth doing: the program ends.
 */
#ifndef JSON_LINE_H
#define JSON_LINE_H

#include <stdint.h>

#include <offerpolicy/records.h>

/** Prints a migration. @param at the instant for its state */
void json_print_migration(const ofp_migration_record *migration, int64_t at);

void json_print_event(const ofp_event *event);
void json_print_action(const ofp_host_action *action);
void json_print_logged(const ofp_logged_decision *logged);

/** Prints a list of events, "[…]". */
void json_print_events(const ofp_event *events, size_t count);

/** Prints a list of actions, "[…]". */
void json_print_actions(const ofp_host_action *actions, size_t count);

#endif
