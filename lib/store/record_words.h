/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What the store's tables and documents call the numbers of records.h.
 */
#ifndef OFP_RECORD_WORDS_H
#define OFP_RECORD_WORDS_H

#include <offerpolicy/records.h>

/** A list of words, ended by NULL, in the order of the numbers that they stand for. */
typedef const char *const *ofp_words;

extern const char *const ofp_status_words[], *const ofp_outcome_words[],
                                                 *const ofp_event_kind_words[],
                                                     *const ofp_host_action_kind_words[],
                                                         *const ofp_host_action_state_words[];

/** The number of a word. @return -1: it is none of them */
int ofp_words_find(ofp_words words, ofp_text word);

#endif
