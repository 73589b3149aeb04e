/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A calendar question after it was read.
 */
#ifndef OFP_QUESTION_H
#define OFP_QUESTION_H

#include <offerpolicy/reader.h>

/** What is asked. */
typedef enum ofp_op {
    OFP_OP_DUE,
    OFP_OP_DUE_BACK,
    OFP_OP_ELAPSED,
    OFP_OP_IS_OPEN,
    OFP_OP_NEXT_OPEN,
    OFP_OP_PREV_OPEN,
    OFP_OP_PERIODS,
} ofp_op;

struct ofp_question {
    ofp_text id;
    int32_t calendar_index;
    const ofp_calendar *calendar;
    int op; /* an ofp_op */
    int64_t start;
    int64_t end;         /* of elapsed */
    int64_t seconds;     /* of due and due_back */
    int64_t count;       /* of periods */
    ofp_period *periods; /* room for `count` of them, borrowed from the reader */
};

#endif
