/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The parts of an explanation, in the order of the page. Each writes whole lines.
 */
#ifndef OFP_EXPLAIN_H
#define OFP_EXPLAIN_H

#include <offerpolicy/decision.h>

#include "explain_page.h"
#include "explain_time.h"

/** An explanation while it is written. */
typedef struct ofp_explanation {
    const ofp_decision *decision;
    const ofp_policy *policy;
    ofp_clock clock;
    int64_t now; /* relative times are counted from here */
    ofp_page page;
} ofp_explanation;

/** Where on the page a reason belongs. */
typedef enum ofp_topic {
    OFP_TOPIC_ANSWER,   /* it gave verdict, offering or level */
    OFP_TOPIC_TIMES,    /* it gave the targets, or left one out */
    OFP_TOPIC_PRIORITY, /* it gave the priority */
    OFP_TOPIC_OTHER,    /* it was looked at */
} ofp_topic;

/** Starts a part of the page. @param label of at most 9 letters */
void ofp_explain_label(ofp_explanation *e, const char *label);

/** Starts an item of a list within a part. @param mark what it starts with, such as "- " */
void ofp_explain_item(ofp_explanation *e, const char *mark);

/** Writes `e->page.words` as the rest of an item. */
void ofp_explain_end_item(ofp_explanation *e);

/** The answer: yes or no, what that means, and at which level. */
void ofp_explain_answer(ofp_explanation *e);

/** The sentences of a topic's reasons, an item each. @return how many reasons there are */
size_t ofp_explain_list_reasons(ofp_explanation *e, ofp_topic topic);

/** Appends the sentences of a topic's reasons to `e->page.words`. */
void ofp_explain_join_reasons(ofp_explanation *e, ofp_topic topic);

/**
 * Finds the reason with a code that decides; of several, the one whose instant is the earliest.
 * @return false: there is none, and `*ret` is as before
 */
bool ofp_explain_find(const ofp_explanation *e, ofp_reason_code code, ofp_reason *ret);

/** What to do now, as a checklist. */
void ofp_explain_actions(ofp_explanation *e);

/** By when something must be done, and why then. */
void ofp_explain_times(ofp_explanation *e);

/** Until when the decision holds, and what happens then. */
void ofp_explain_end(ofp_explanation *e);

#endif
