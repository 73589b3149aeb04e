/* SPDX-License-Identifier: MIT */
#include "question.h"

#include <offerpolicy/document.h>

#include "failure.h"
#include "json_writer.h"

/* What an op gives. */
typedef struct answer {
    int64_t number; /* an instant or seconds */
    bool is_open;
    size_t count; /* of periods */
} answer;

static ofp_status ask(const ofp_question *q, answer *ret, ofp_error **reterr)
{
    switch ((ofp_op)q->op) {
    case OFP_OP_DUE:
        return ofp_calendar_due(q->calendar, q->start, q->seconds, &ret->number, reterr);
    case OFP_OP_DUE_BACK:
        return ofp_calendar_due_back(q->calendar, q->start, q->seconds, &ret->number, reterr);
    case OFP_OP_ELAPSED:
        return ofp_calendar_elapsed(q->calendar, q->start, q->end, &ret->number, reterr);
    case OFP_OP_IS_OPEN:
        return ofp_calendar_is_open(q->calendar, q->start, &ret->is_open, reterr);
    case OFP_OP_NEXT_OPEN:
        return ofp_calendar_next_open(q->calendar, q->start, &ret->number, reterr);
    case OFP_OP_PREV_OPEN:
        return ofp_calendar_prev_open(q->calendar, q->start, &ret->number, reterr);
    case OFP_OP_PERIODS:
        break;
    }
    return ofp_calendar_periods(q->calendar, q->start, (size_t)q->count, q->periods, &ret->count,
                                reterr);
}

static void put_periods(ofp_json_writer *writer, const ofp_period *periods, size_t count)
{
    ofp_json_open(writer, '[');
    for (size_t i = 0; i < count; i++) {
        ofp_json_open(writer, '[');
        ofp_json_instant(writer, periods[i].from);
        ofp_json_instant(writer, periods[i].to);
        ofp_json_close(writer, ']');
    }
    ofp_json_close(writer, ']');
}

static void put_result(ofp_json_writer *writer, const ofp_question *question, const answer *given)
{
    if (question->op == OFP_OP_PERIODS)
        put_periods(writer, question->periods, given->count);
    else if (question->op == OFP_OP_IS_OPEN)
        ofp_json_boolean(writer, given->is_open);
    else if (question->op == OFP_OP_ELAPSED)
        ofp_json_integer(writer, given->number);
    else
        ofp_json_instant(writer, given->number);
}

ofp_status ofp_question_answer(const ofp_question *question, ofp_buffer *buffer, ofp_error **reterr)
{
    answer given = {0};
    const ofp_status status = ask(question, &given, reterr);
    if (status)
        return status;
    const size_t mark = buffer->size;
    ofp_json_writer writer = {.buffer = buffer};
    ofp_json_open(&writer, '{');
    ofp_json_key(&writer, "id");
    ofp_json_text(&writer, question->id);
    ofp_json_key(&writer, "result");
    put_result(&writer, question, &given);
    ofp_json_close(&writer, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}
