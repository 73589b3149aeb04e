/* SPDX-License-Identifier: MIT */
#include "decision_state.h"
#include "explain.h"
#include "sentence.h"

static ofp_topic topic_of(const ofp_note *note)
{
    switch ((ofp_reason_code)note->code) {
    case OFP_REASON_PRIORITY_GIVEN:
    case OFP_REASON_PRIORITY_DEFAULT:
    case OFP_REASON_PRIORITY_RULE:
        return OFP_TOPIC_PRIORITY;
    case OFP_REASON_SLA_RULE:
    case OFP_REASON_SLA_NONE:
    case OFP_REASON_SLA_OUT_OF_REACH:
    case OFP_REASON_SLA_TARGET_LEFT_OUT:
        return OFP_TOPIC_TIMES;
    default:
        return note->decides ? OFP_TOPIC_ANSWER : OFP_TOPIC_OTHER;
    }
}

static void put_sentence(ofp_explanation *e, const ofp_note *note, size_t index)
{
    ofp_reason reason;
    ofp_note_reason(e->decision, note, index, &reason);
    ofp_sentence_put(&(ofp_sentence){e->policy, &e->clock, &reason}, &e->page.words);
}

/* Of rules that failed one after the other, only the first ones are told. */
static void list_note(ofp_explanation *e, const ofp_note *note)
{
    enum { FAILED_SHOWN = 16 };
    const size_t count = ofp_note_reason_count(note);
    const size_t shown = count < FAILED_SHOWN ? count : FAILED_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        ofp_explain_item(e, "- ");
        put_sentence(e, note, i);
        ofp_explain_end_item(e);
    }
    if (count == shown)
        return;
    ofp_explain_item(e, "- ");
    ofp_buffer_printf(&e->page.words, "And %zu more.", count - shown);
    ofp_explain_end_item(e);
}

size_t ofp_explain_list_reasons(ofp_explanation *e, ofp_topic topic)
{
    size_t count = 0;
    for (size_t i = 0; i < e->decision->note_count; i++) {
        const ofp_note *note = &e->decision->notes[i];
        if (topic_of(note) != topic)
            continue;
        list_note(e, note);
        count++;
    }
    return count;
}

void ofp_explain_join_reasons(ofp_explanation *e, ofp_topic topic)
{
    for (size_t i = 0; i < e->decision->note_count; i++) {
        const ofp_note *note = &e->decision->notes[i];
        if (topic_of(note) != topic)
            continue;
        ofp_buffer_puts(&e->page.words, e->page.words.size ? " " : "");
        put_sentence(e, note, 0);
    }
}

bool ofp_explain_find(const ofp_explanation *e, ofp_reason_code code, ofp_reason *ret)
{
    bool found = false;
    for (size_t i = 0; i < e->decision->note_count; i++) {
        const ofp_note *note = &e->decision->notes[i];
        ofp_reason reason;
        if (note->code != code || !note->decides)
            continue;
        ofp_note_reason(e->decision, note, 0, &reason);
        if (found && reason.at >= ret->at)
            continue;
        *ret = reason;
        found = true;
    }
    return found;
}
