/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The facts of a reason, as sentences name them.
 */
#ifndef OFP_SENTENCE_FACTS_H
#define OFP_SENTENCE_FACTS_H

#include "sentence.h"

/** Writes a fact. @param name of a placeholder, such as "offering"; others write nothing */
void ofp_sentence_put_fact(const ofp_sentence *sentence, ofp_text name, ofp_buffer *buffer);

/** Writes a metric in words, "first reply". @param name as documents write it */
void ofp_put_metric(const char *name, ofp_buffer *buffer);

#endif
