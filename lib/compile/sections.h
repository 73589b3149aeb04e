/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The sections of a policy file, one function each: it reads its node, reports its mistakes and
 * fills its part of the policy. A node may be NULL where the file has no such section. They are
 * called in the order of this file: later ones use names of earlier ones.
 */
#ifndef OFP_SECTIONS_H
#define OFP_SECTIONS_H

#include "compiler.h"

/** The keys of a policy file. */
typedef enum ofp_section {
    OFP_SECTION_POLICY,
    OFP_SECTION_REVISION,
    OFP_SECTION_TIME_ZONE,
    OFP_SECTION_LEVELS,
    OFP_SECTION_UNPAID,
    OFP_SECTION_PRIORITIES,
    OFP_SECTION_DEFAULT_PRIORITY,
    OFP_SECTION_OFFERINGS,
    OFP_SECTION_FIELDS,
    OFP_SECTION_PRIORITY_RULES,
    OFP_SECTION_CLASSIFY,
    OFP_SECTION_CALENDARS,
    OFP_SECTION_SLA,
    OFP_SECTION_MIGRATION,
    OFP_SECTION_COUNT,
} ofp_section;

/** `policy`, `revision` and `time_zone`. */
void ofp_compile_header(ofp_compiler *compiler, const ofp_yaml_node *const *sections);

/** `levels` and `unpaid`. */
void ofp_compile_levels(ofp_compiler *compiler, const ofp_yaml_node *levels,
                        const ofp_yaml_node *unpaid);

/** `priorities` and `default_priority`. */
void ofp_compile_priorities(ofp_compiler *compiler, const ofp_yaml_node *priorities,
                            const ofp_yaml_node *default_priority);

/** `offerings`, with the level and focus tags. */
void ofp_compile_offerings(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `fields`. */
void ofp_compile_fields(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `calendars`. */
void ofp_compile_calendars(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `sla`. */
void ofp_compile_sla(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `priority_rules`. */
void ofp_compile_priority_rules(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `classify`. */
void ofp_compile_classify(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `migration`. */
void ofp_compile_migration(ofp_compiler *compiler, const ofp_yaml_node *node);

/** `remind` of `migration`, when its `max_days` is known. */
void ofp_compile_reminders(ofp_compiler *compiler, const ofp_yaml_node *node);

/** Makes the table of tags, when all that can name one has been compiled. */
void ofp_compile_tags(ofp_compiler *compiler);

/**
 * Compiles the conditions of a list of rules.
 * @param whens they live as long as the policy
 * @return NULL: there are none, or something was reported before (they may then be incomplete), or
 *         out of memory (noted)
 */
ofp_rules *ofp_compile_rules(ofp_compiler *compiler, const ofp_condition *const *whens,
                             size_t count);

#endif
