/* SPDX-License-Identifier: MIT */
#include "explain.h"
#include "sentence_facts.h"

/* Why a target has no due time. */
static const char *what_it_waits_for(ofp_metric metric)
{
    switch (metric) {
    case OFP_METRIC_NEXT_REPLY:
        return "counted from the customer's last message";
    case OFP_METRIC_PERIODIC_UPDATE:
        return "counted from our last message";
    default:
        return "never due";
    }
}

static ofp_style put_due(ofp_explanation *e, int64_t due)
{
    ofp_buffer *words = &e->page.words;
    const bool late = due < e->now;
    ofp_buffer_puts(words, late ? "was due " : "");
    ofp_clock_put_instant(&e->clock, due, words);
    ofp_buffer_puts(words, late ? ", " : due > e->now ? ", in " : ", now");
    if (due != e->now)
        ofp_clock_put_span(&e->clock, late ? e->now - due : due - e->now, words);
    ofp_buffer_puts(words, late ? " ago:" : ":");
    return late ? OFP_STYLE_BAD : OFP_STYLE_BOLD;
}

static void put_target(ofp_explanation *e, const ofp_target *target)
{
    ofp_buffer *words = &e->page.words;
    ofp_style style = OFP_STYLE_PLAIN;
    ofp_explain_item(e, "- ");
    if (target->due_at == OFP_INSTANT_NONE)
        ofp_buffer_printf(words, "%s:", what_it_waits_for(target->metric));
    else
        style = put_due(e, target->due_at);
    ofp_page_flush(&e->page, style);
    ofp_buffer_puts(words, " ");
    ofp_put_metric(ofp_metric_name(target->metric), words);
    ofp_buffer_puts(words,
                    target->kind == OFP_TARGET_SLA ? ", promised (SLA, " : ", aimed at (SLO, ");
    ofp_clock_put_budget(&e->clock, target->seconds, words);
    ofp_buffer_puts(words, " of calendar ");
    ofp_buffer_put_harmless(
        words, ofp_text_of(ofp_calendar_name(ofp_policy_calendar(e->policy, target->calendar))));
    ofp_buffer_puts(words, ")");
    ofp_explain_end_item(e);
}

void ofp_explain_times(ofp_explanation *e)
{
    size_t count;
    const ofp_target *targets = ofp_decision_targets(e->decision, &count);
    ofp_explain_label(e, "By when");
    for (size_t i = 0; i < count; i++)
        put_target(e, &targets[i]);
    ofp_explain_item(e, "");
    if (count == 0 && ofp_decision_sla_rule(e->decision) != OFP_NONE)
        ofp_buffer_puts(&e->page.words, "No time is promised.");
    ofp_explain_join_reasons(e, OFP_TOPIC_TIMES);
    ofp_explain_join_reasons(e, OFP_TOPIC_PRIORITY);
    ofp_explain_end_item(e);
}
