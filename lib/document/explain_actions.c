/* SPDX-License-Identifier: MIT */
#include "explain.h"

static void put_tag_action(ofp_explanation *e, const char *what, int32_t tag)
{
    ofp_buffer_puts(&e->page.words, what);
    ofp_buffer_put_harmless(&e->page.words, ofp_text_of(ofp_policy_tag_name(e->policy, tag)));
    ofp_explain_end_item(e);
}

/* A text for people, under a line that says for whom. */
static void put_text_action(ofp_explanation *e, const char *what, size_t index)
{
    ofp_buffer text = {0};
    const size_t column = e->page.indent;
    ofp_buffer_puts(&e->page.words, what);
    ofp_explain_end_item(e);
    if (ofp_decision_action_text(e->decision, index, &text, NULL) != OFP_STATUS_OK)
        e->page.out->failed = true;
    ofp_page_put_lines(&e->page, column, ofp_buffer_text(&text));
    ofp_buffer_release(&text);
}

static void put_action(ofp_explanation *e, const ofp_action *action, size_t index)
{
    ofp_explain_item(e, "[ ] ");
    switch (action->kind) {
    case OFP_ACTION_REMOVE_TAG:
        put_tag_action(e, "Remove the tag ", action->tag);
        break;
    case OFP_ACTION_ADD_TAG:
        put_tag_action(e, "Add the tag ", action->tag);
        break;
    case OFP_ACTION_PUBLIC_REPLY:
        put_text_action(e, "Reply to the customer:", index);
        break;
    case OFP_ACTION_INTERNAL_NOTE:
        put_text_action(e, "Leave a note for the team:", index);
        break;
    }
}

void ofp_explain_actions(ofp_explanation *e)
{
    size_t count;
    const ofp_action *actions = ofp_decision_actions(e->decision, &count);
    ofp_explain_label(e, "Do now");
    if (count == 0) {
        ofp_buffer_puts(&e->page.words, "Nothing to change.");
        ofp_explain_end_item(e);
    }
    for (size_t i = 0; i < count; i++)
        put_action(e, &actions[i], i);
}
