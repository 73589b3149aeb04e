/* SPDX-License-Identifier: MIT */
/* A decision in words, for people. */
#include "explain.h"

#include <offerpolicy/document.h>

#include "failure.h"

/* Columns of the labels, and of what they stand before. */
enum { LABEL_COLUMN = 2, PART_COLUMN = 13 };

void ofp_explain_label(ofp_explanation *e, const char *label)
{
    ofp_page_begin(&e->page, LABEL_COLUMN);
    ofp_page_puts(&e->page, OFP_STYLE_BOLD, label);
    ofp_page_begin(&e->page, PART_COLUMN);
}

void ofp_explain_item(ofp_explanation *e, const char *mark)
{
    ofp_page_begin(&e->page, PART_COLUMN);
    ofp_page_puts(&e->page, OFP_STYLE_PLAIN, mark);
    ofp_page_begin(&e->page, PART_COLUMN + strlen(mark));
}

void ofp_explain_end_item(ofp_explanation *e)
{
    ofp_page_flush(&e->page, OFP_STYLE_PLAIN);
    ofp_page_end_line(&e->page);
}

static void put_ticket(ofp_explanation *e)
{
    ofp_buffer *words = &e->page.words;
    const char *title = ofp_policy_offering_title(e->policy, ofp_decision_offering(e->decision));
    const int32_t priority = ofp_decision_priority(e->decision);
    ofp_explain_label(e, "Ticket");
    ofp_buffer_put_harmless(words, ofp_decision_ticket(e->decision));
    ofp_buffer_puts(words, title ? " (about " : " (offering not clear");
    ofp_buffer_put_harmless(words, ofp_text_of(title));
    ofp_buffer_puts(words, ", priority ");
    ofp_buffer_put_harmless(words, ofp_text_of(ofp_policy_priority_name(e->policy, priority)));
    ofp_buffer_puts(words, ")");
    ofp_explain_end_item(e);
}

static void put_org(ofp_explanation *e)
{
    ofp_buffer *words = &e->page.words;
    const ofp_text id = ofp_decision_org(e->decision);
    const ofp_text name = ofp_decision_org_name(e->decision);
    ofp_explain_label(e, "Org");
    if (!id.data)
        ofp_buffer_puts(words, "not known yet");
    ofp_buffer_put_harmless(words, name.size ? name : id);
    if (name.size) {
        ofp_buffer_puts(words, " (");
        ofp_buffer_put_harmless(words, id);
        ofp_buffer_puts(words, ")");
    }
    ofp_explain_end_item(e);
}

static void put_why(ofp_explanation *e)
{
    ofp_explain_label(e, "Why");
    ofp_explain_list_reasons(e, OFP_TOPIC_ANSWER);
}

static void put_rest(ofp_explanation *e)
{
    ofp_explain_label(e, "Also seen");
    if (ofp_explain_list_reasons(e, OFP_TOPIC_OTHER) > 0)
        return;
    ofp_buffer_puts(&e->page.words, "nothing else");
    ofp_explain_end_item(e);
}

/* The instant that everything above is relative to; here its offset is said. */
static void put_now(ofp_explanation *e)
{
    const char *zone = ofp_zone_name(e->clock.zone);
    const ofp_clock full = {e->clock.zone, OFP_OFFSET_NONE, e->clock.space};
    ofp_explain_label(e, "As of");
    ofp_clock_put_instant(&full, e->now, &e->page.words);
    if (strcmp(zone, "UTC") != 0) {
        ofp_buffer_puts(&e->page.words, ", in ");
        ofp_buffer_put_harmless(&e->page.words, ofp_text_of(zone));
    }
    ofp_explain_end_item(e);
}

static void put_policy(ofp_explanation *e)
{
    const char *revision = ofp_policy_revision(e->policy);
    ofp_explain_label(e, "Policy");
    ofp_buffer_put_harmless(&e->page.words, ofp_text_of(ofp_policy_name(e->policy)));
    ofp_buffer_puts(&e->page.words, revision ? ", revision " : ", without a revision");
    ofp_buffer_put_harmless(&e->page.words, ofp_text_of(revision));
    ofp_explain_end_item(e);
}

static void put_page(ofp_explanation *e, bool verbose)
{
    ofp_explain_answer(e);
    put_ticket(e);
    put_org(e);
    put_why(e);
    ofp_explain_actions(e);
    ofp_explain_times(e);
    ofp_explain_end(e);
    if (verbose)
        put_rest(e);
    put_now(e);
    put_policy(e);
}

ofp_status ofp_decision_explain(const ofp_decision *decision, const ofp_explain_options *options,
                                ofp_buffer *buffer, ofp_error **reterr)
{
    static const ofp_explain_options defaults = {.size = sizeof defaults};
    const ofp_explain_options *with = options ? options : &defaults;
    if (with->size != sizeof *with)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "the options' `size` is %zu: set it to their sizeof", with->size);
    const ofp_policy *policy = ofp_decision_policy(decision);
    const ofp_zone *zone = with->zone ? with->zone : ofp_policy_zone(policy);
    const int64_t now = ofp_decision_now(decision);
    const size_t mark = buffer->size;
    ofp_explanation e = {
        .decision = decision,
        .policy = policy,
        .clock = {zone, ofp_zone_local(zone, now).offset, OFP_PAGE_GLUE},
        .now = now,
        .page = {.out = buffer, .colour = with->colour},
    };
    put_page(&e, with->verbose);
    ofp_buffer_release(&e.page.words);
    return ofp_buffer_check(buffer, mark, reterr);
}
