/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Words that are not known: saying which one was probably meant, or which there are.
 */
#ifndef OFP_UNKNOWN_H
#define OFP_UNKNOWN_H

#include "compiler.h"

/**
 * Reports a word that is none of the known ones: with the nearest of them, or with all if they are
 * few.
 * @param node where it stands
 * @param what it should have been, "level"
 * @return the index of the nearest one; -1: none is near
 */
int ofp_report_unknown(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text word,
                       ofp_code code, const char *what, const ofp_text *known, size_t count);

/**
 * Reads a scalar that is one of a few fixed words.
 * @return the word's index; -1: reported
 */
int32_t ofp_read_word(ofp_compiler *compiler, const ofp_yaml_node *node, const char *what,
                      const ofp_text *words, size_t count);

#endif
