/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The texts that decisions and migrations write.
 */
#ifndef OFP_MESSAGES_H
#define OFP_MESSAGES_H

#include "compiler.h"

/** Compiles `messages`; a text that it does not give is the built-in one. @param node may be NULL
 */
void ofp_compile_messages(ofp_compiler *compiler, const ofp_yaml_node *node);

/** The built-in texts; UTF-8, without a line end at their own end. */
extern const char ofp_default_ask_customer[];
extern const char ofp_default_ops_request[];
extern const char ofp_default_org_note[];
extern const char ofp_default_reminder[];
/** By verdict; NULL: the verdict has no note. */
extern const char *const ofp_default_internal_notes[OFP_VERDICT_COUNT];

#endif
