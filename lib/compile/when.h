/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Conditions (`when`) of rules.
 */
#ifndef OFP_WHEN_H
#define OFP_WHEN_H

#include "compiler.h"

/** What the rules of a section can test: not everything is known yet when they are tried. */
typedef enum ofp_when_scope {
    OFP_WHEN_SLA,      /* everything */
    OFP_WHEN_PRIORITY, /* fields, tags and the priority that the ticket came with */
    OFP_WHEN_CLASSIFY, /* fields and tags */
} ofp_when_scope;

/**
 * Compiles a condition.
 * @param node a mapping; every key must hold
 * @return a condition of the kind "all" with a child a key, as long as the policy lives; NULL:
 *         reported
 */
const ofp_condition *ofp_compile_when(ofp_compiler *compiler, ofp_when_scope scope,
                                      const ofp_yaml_node *node);

/** Is it a word that conditions know, so that no field can be called like it? */
bool ofp_is_condition_word(ofp_text text);

#endif
