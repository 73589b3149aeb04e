/* SPDX-License-Identifier: MIT */
#include "reason_json.h"

#include <offerpolicy/instant.h>

#include "decision_state.h"

enum { FAILED_SHOWN = 16 };

/* What a reason's index counts: "entitlement", "migration", "rule"; NULL: it has none. */
static const char *const index_names[] = {
#include "reasons_index.h"
};

static void put_name(ofp_json_writer *json, const char *key, const ofp_names *names, int32_t index)
{
    ofp_json_member(json, key, ofp_names_text(names, index));
}

static void put_number(ofp_json_writer *json, const char *key, int32_t number)
{
    if (number == OFP_NONE)
        return;
    ofp_json_key(json, key);
    ofp_json_integer(json, number);
}

static void put_moments(ofp_json_writer *json, const ofp_reason *reason)
{
    if (reason->date != OFP_DATE_NONE) {
        char date[OFP_DATE_SIZE];
        ofp_date_format(reason->date, date);
        ofp_json_member(json, "date", (ofp_text){date, OFP_DATE_SIZE - 1});
    }
    if (reason->at != OFP_INSTANT_NONE) {
        ofp_json_key(json, "at");
        ofp_json_instant(json, reason->at);
    }
}

/* The facts that the reason has, names instead of indexes. */
static void put_facts(ofp_json_writer *json, const ofp_policy *policy, const ofp_reason *reason)
{
    ofp_json_member(json, "id", reason->id);
    if (reason->line)
        put_number(json, "line", (int32_t)reason->line);
    put_name(json, "offering", &policy->offering_names, reason->offering);
    put_name(json, "level", &policy->levels, reason->level);
    put_name(json, "priority", &policy->priorities, reason->priority);
    ofp_json_member(json, "condition", ofp_text_of(reason->condition));
    ofp_json_member(json, "field", ofp_text_of(reason->field));
    put_number(json, "score", reason->score);
    put_name(json, "next", &policy->offering_names, reason->next);
    put_number(json, "next_score", reason->next_score);
    put_number(json, "limit", reason->limit);
    put_moments(json, reason);
}

static void put_reason(ofp_json_writer *json, const ofp_policy *policy, const ofp_reason *reason)
{
    ofp_json_open(json, '{');
    ofp_json_key(json, "code");
    ofp_json_string(json, ofp_reason_name(reason->code));
    if (reason->decides) {
        ofp_json_key(json, "decides");
        ofp_json_boolean(json, true);
    }
    if (index_names[reason->code])
        put_number(json, index_names[reason->code], reason->index);
    put_facts(json, policy, reason);
    ofp_json_close(json, '}');
}

static void put_more(ofp_json_writer *json, ofp_reason_code code, size_t more)
{
    ofp_json_open(json, '{');
    ofp_json_key(json, "code");
    ofp_json_string(json, ofp_reason_name(code));
    ofp_json_key(json, "more");
    ofp_json_integer(json, (int64_t)more);
    ofp_json_close(json, '}');
}

/* Writes the reasons that a note stands for. */
static void put_note(ofp_json_writer *json, const ofp_decision *decision, const ofp_note *note)
{
    const size_t count = ofp_note_reason_count(note);
    for (size_t i = 0; i < count && i < FAILED_SHOWN; i++) {
        ofp_reason reason;
        ofp_note_reason(decision, note, i, &reason);
        put_reason(json, decision->policy, &reason);
    }
    if (count > FAILED_SHOWN)
        put_more(json, (ofp_reason_code)note->code, count - FAILED_SHOWN);
}

void ofp_put_reasons(ofp_json_writer *json, const ofp_decision *decision)
{
    ofp_json_key(json, "reasons");
    ofp_json_open(json, '[');
    for (size_t i = 0; i < decision->note_count; i++)
        put_note(json, decision, &decision->notes[i]);
    ofp_json_close(json, ']');
}
