/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What has happened to a migration, and what follows, in words or as a document.
 */
#ifndef STORY_H
#define STORY_H

#include <stddef.h>

#include <offerpolicy/policy.h>
#include <offerpolicy/records.h>

/** An event of a migration and the actions that it caused. */
struct story {
    const ofp_event *event;
    const ofp_host_action *actions;
    size_t action_count;
};

/** Tells it on standard output. @param policy knows the offerings' titles; may be NULL */
void story_tell(const struct story *story, const ofp_policy *policy);

/** Prints the actions in lines of their own; nothing if there are none. */
void story_tell_actions(const struct story *story);

/** Prints the members "event" and "actions" of a document. */
void story_print_members(const struct story *story);

#endif
