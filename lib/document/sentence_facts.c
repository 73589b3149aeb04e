/* SPDX-License-Identifier: MIT */
#include "sentence_facts.h"

#include "failure.h"
#include "span.h"

typedef void put_fact(const ofp_sentence *sentence, ofp_buffer *buffer);

void ofp_put_metric(const char *name, ofp_buffer *buffer)
{
    for (; *name; name++)
        ofp_buffer_put(buffer, *name == '_' ? " " : name, 1);
}

/* A name of the policy. */
static void put_name(const char *name, ofp_buffer *buffer)
{
    ofp_buffer_put_harmless(buffer, ofp_text_of(name));
}

static void put_behind(const ofp_sentence *s, ofp_buffer *buffer)
{
    const ofp_reason *reason = s->reason;
    if (reason->next == OFP_NONE)
        return;
    ofp_buffer_puts(buffer, ", ahead of ");
    put_name(ofp_policy_offering_title(s->policy, reason->next), buffer);
    ofp_buffer_puts(buffer, " with ");
    ofp_buffer_put_integer(buffer, reason->next_score);
}

static void put_condition(const ofp_sentence *s, ofp_buffer *buffer)
{
    static const ofp_text groups[] = {{"all", 3}, {"any", 3}, {"not", 3}};
    const ofp_text condition = ofp_text_of(s->reason->condition);
    bool is_group = false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        is_group |= ofp_span_equal(condition, groups[i]);
    ofp_buffer_puts(buffer, is_group ? "part \"" : "condition on \"");
    ofp_buffer_put_harmless(buffer, condition);
    ofp_buffer_puts(buffer, "\"");
}

static void put_date(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_clock_put_date(s->clock, s->reason->date, buffer);
}

/* A migration's target date, where its end does not show it already. */
static void put_other_date(const ofp_sentence *s, ofp_buffer *buffer)
{
    const ofp_reason *reason = s->reason;
    if (reason->date == OFP_DATE_NONE || reason->date == ofp_clock_last_date(s->clock, reason->at))
        return;
    ofp_buffer_puts(buffer, " (target date ");
    ofp_clock_put_date(s->clock, reason->date, buffer);
    ofp_buffer_puts(buffer, ")");
}

static void put_end(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_clock_put_end(s->clock, s->reason->at, buffer);
    put_other_date(s, buffer);
}

static void put_field(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_buffer_puts(buffer, s->reason->field);
}

static void put_id(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_buffer_puts(buffer, ofp_quote(s->reason->id).text);
}

static void put_level(const ofp_sentence *s, ofp_buffer *buffer)
{
    put_name(ofp_policy_level_name(s->policy, s->reason->level), buffer);
}

static void put_limit(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_buffer_put_integer(buffer, s->reason->limit);
}

static void put_line(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_buffer_put_integer(buffer, s->reason->line);
}

static void put_metric(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_put_metric(s->reason->field, buffer);
}

static void put_next(const ofp_sentence *s, ofp_buffer *buffer)
{
    put_name(ofp_policy_offering_title(s->policy, s->reason->next), buffer);
}

/* People count from 1. */
static void put_number(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_buffer_put_integer(buffer, (int64_t)s->reason->index + 1);
}

static void put_offering(const ofp_sentence *s, ofp_buffer *buffer)
{
    put_name(ofp_policy_offering_title(s->policy, s->reason->offering), buffer);
}

static void put_past_end(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_clock_put_past_end(s->clock, s->reason->at, buffer);
    put_other_date(s, buffer);
}

static void put_priority(const ofp_sentence *s, ofp_buffer *buffer)
{
    put_name(ofp_policy_priority_name(s->policy, s->reason->priority), buffer);
}

static void put_score(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_buffer_put_integer(buffer, s->reason->score);
}

static void put_start(const ofp_sentence *s, ofp_buffer *buffer)
{
    ofp_clock_put_start(s->clock, s->reason->at, buffer);
}

void ofp_sentence_put_fact(const ofp_sentence *sentence, ofp_text name, ofp_buffer *buffer)
{
    static const struct {
        const char *name;
        put_fact *put;
    } facts[] = {
        {"behind", put_behind},     {"condition", put_condition}, {"date", put_date},
        {"end", put_end},           {"field", put_field},         {"id", put_id},
        {"level", put_level},       {"limit", put_limit},         {"line", put_line},
        {"metric", put_metric},     {"next", put_next},           {"number", put_number},
        {"offering", put_offering}, {"past_end", put_past_end},   {"priority", put_priority},
        {"score", put_score},       {"start", put_start},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (ofp_span_equal(ofp_text_of(facts[i].name), name))
            facts[i].put(sentence, buffer);
    }
}
