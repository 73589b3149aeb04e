/* SPDX-License-Identifier: MIT */
/* What a calendar question looks like. */
#include "array.h"
#include "failure.h"
#include "question.h"
#include "reader_state.h"
#include "tables.h"

enum { PERIODS_LIMIT = 10000 };

/* In the order of ofp_op. */
static const ofp_text op_names[] = {
    {"due", 3},       {"due_back", 8},  {"elapsed", 7}, {"is_open", 7},
    {"next_open", 9}, {"prev_open", 9}, {"periods", 7},
};
static const ofp_words ops = {op_names, OFP_SLOT_COUNT(op_names)};

static const ofp_slot slots[] = {
    {OFP_SLOT_KEY("id"), OFP_SLOT_TEXT(ofp_take_text, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_question, id)},
    {OFP_SLOT_KEY("calendar"), OFP_SLOT_NAME("calendar", calendar_names),
     OFP_SLOT_INTO(ofp_question, calendar_index)},
    {OFP_SLOT_KEY("op"), OFP_SLOT_WORD("op", &ops), OFP_SLOT_INTO(ofp_question, op)},
    {OFP_SLOT_KEY("start"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_question, start)},
    {OFP_SLOT_KEY("seconds"), .type = OFP_TYPE_INTEGER, .limit = INT64_MAX,
     OFP_SLOT_INTO(ofp_question, seconds)},
    {OFP_SLOT_KEY("end"), OFP_SLOT_TEXT(ofp_take_instant, OFP_NAME_LIMIT),
     OFP_SLOT_INTO(ofp_question, end)},
    {OFP_SLOT_KEY("count"), .type = OFP_TYPE_INTEGER, .limit = PERIODS_LIMIT,
     OFP_SLOT_INTO(ofp_question, count)},
};

/* Where they stand among the slots: every question has the ones before, an op takes one of these.
 */
enum { NO_ARGUMENT, SECONDS = 4, END, COUNT };

static const int arguments[] = {
    [OFP_OP_DUE] = SECONDS,           [OFP_OP_DUE_BACK] = SECONDS,
    [OFP_OP_ELAPSED] = END,           [OFP_OP_PERIODS] = COUNT,
    [OFP_OP_IS_OPEN] = NO_ARGUMENT,   [OFP_OP_NEXT_OPEN] = NO_ARGUMENT,
    [OFP_OP_PREV_OPEN] = NO_ARGUMENT,
};

/* Does the question have the keys that its op takes, and no others? */
static ofp_status check_arguments(ofp_reader *reader, const ofp_question *question)
{
    const char *op = op_names[question->op].data;
    ofp_frame *frame = reader->frame;
    for (int i = SECONDS; i <= COUNT; i++) {
        const bool given = frame->seen >> i & 1;
        if (given && i != arguments[question->op]) {
            frame->key = slots[i].name;
            return ofp_reader_mistake(reader, OFP_CODE_UNKNOWN_KEY,
                                      "the op \"%s\" does not take \"%s\"", op, slots[i].name.data);
        }
        if (!given && i == arguments[question->op])
            return ofp_reader_mistake_around(reader, OFP_CODE_MISSING_KEY,
                                             "the op \"%s\" needs \"%s\"", op, slots[i].name.data);
    }
    return OFP_STATUS_OK;
}

static void *begin_question(ofp_reader *reader)
{
    return &reader->question;
}

static ofp_status end_question(ofp_reader *reader, void *target)
{
    ofp_question *question = target;
    if (question->id.size == 0) {
        reader->frame->key = slots[0].name;
        return ofp_reader_mistake(reader, OFP_CODE_EMPTY_ID, "the id is empty");
    }
    if (check_arguments(reader, question))
        return reader->status;
    if (!ofp_array_reserve(&reader->periods, &reader->period_capacity, (size_t)question->count,
                           sizeof *reader->periods))
        return ofp_reader_no_memory(reader);
    question->periods = reader->periods;
    question->calendar = ofp_policy_calendar(reader->policy, question->calendar_index);
    return OFP_STATUS_OK;
}

static const ofp_object question_object = {
    .slots = slots,
    .slot_count = OFP_SLOT_COUNT(slots),
    .required_count = SECONDS,
    .begin = begin_question,
    .end = end_question,
};

const ofp_slot ofp_question_slot = {OFP_SLOT_OBJECT(&question_object)};
