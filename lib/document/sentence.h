/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reasons as plain English sentences.
 */
#ifndef OFP_SENTENCE_H
#define OFP_SENTENCE_H

#include <offerpolicy/decision.h>

#include "buffer.h"
#include "explain_time.h"

/** A reason that is spoken about. */
typedef struct ofp_sentence {
    const ofp_policy *policy;
    const ofp_clock *clock; /* how instants are shown */
    const ofp_reason *reason;
} ofp_sentence;

/** Writes the sentence of the reason's code. */
void ofp_sentence_put(const ofp_sentence *sentence, ofp_buffer *buffer);

/**
 * Writes other words about the reason.
 * @param words with {placeholders} for the reason's facts; those of sentence.c
 */
void ofp_sentence_put_words(const ofp_sentence *sentence, const char *words, ofp_buffer *buffer);

#endif
