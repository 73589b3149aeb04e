/* SPDX-License-Identifier: MIT */
#include "explain.h"
#include "sentence.h"

/* How an answer starts, and the reason whose facts its sentence may name. */
static const struct {
    const char *first;
    ofp_style style;
    ofp_reason_code reason;
} answers[OFP_VERDICT_COUNT] = {
    [OFP_VERDICT_UNKNOWN_ORG] = {"Not decided:", OFP_STYLE_CARE, OFP_REASON_ORG_UNKNOWN},
    [OFP_VERDICT_UNSURE] = {"Not decided:", OFP_STYLE_CARE, OFP_REASON_ENTITLEMENT_ACTIVE},
    [OFP_VERDICT_ENTITLED] = {"Yes:", OFP_STYLE_GOOD, OFP_REASON_ENTITLEMENT_ACTIVE},
    [OFP_VERDICT_MIGRATION] = {"Yes:", OFP_STYLE_GOOD, OFP_REASON_MIGRATION_LIVE},
    [OFP_VERDICT_ON_HOLD] = {"No:", OFP_STYLE_BAD, OFP_REASON_ENTITLEMENT_ON_HOLD},
    [OFP_VERDICT_UPCOMING] = {"Not yet:", OFP_STYLE_CARE, OFP_REASON_ENTITLEMENT_UPCOMING},
    [OFP_VERDICT_MIGRATION_PENDING] = {"Not yet:", OFP_STYLE_CARE, OFP_REASON_MIGRATION_OPEN},
    [OFP_VERDICT_MIGRATION_REFUSED] = {"No:", OFP_STYLE_BAD, OFP_REASON_MIGRATION_REFUSED},
    [OFP_VERDICT_MIGRATION_EXPIRED] = {"No:", OFP_STYLE_BAD, OFP_REASON_MIGRATION_ENDED},
    [OFP_VERDICT_MIGRATION_OFFER] = {"No:", OFP_STYLE_BAD, OFP_REASON_ENTITLEMENT_ACTIVE},
    [OFP_VERDICT_LAPSED] = {"No:", OFP_STYLE_BAD, OFP_REASON_ENTITLEMENT_ENDED},
    [OFP_VERDICT_UNPAID] = {"No:", OFP_STYLE_BAD, OFP_REASON_LEVEL_UNPAID},
};

/* What the answer means for who works on the ticket; in words as sentence.h takes them. */
static const char *const meanings[OFP_VERDICT_COUNT] = {
    [OFP_VERDICT_UNKNOWN_ORG] =
        " nobody knows yet which org this ticket is from. Find out, then decide again.",
    [OFP_VERDICT_UNSURE] = " it is not clear which offering this ticket is about. Find out, name "
                           "it in the ticket, then decide again.",
    [OFP_VERDICT_ENTITLED] = " {offering} is supported at level {level}. The org has bought it.",
    [OFP_VERDICT_MIGRATION] = " {offering} is supported at level {level} {end}. The org does not "
                              "pay for it, but a migration to it is approved.",
    [OFP_VERDICT_ON_HOLD] = " what the org has bought is on hold, for example over an open bill.",
    [OFP_VERDICT_UPCOMING] = " the org has bought {offering}, but it starts only on {start}.",
    [OFP_VERDICT_MIGRATION_PENDING] = " a migration to {offering} has been asked for, but is not "
                                      "approved yet. Promise nothing.",
    [OFP_VERDICT_MIGRATION_REFUSED] =
        " the org does not pay for {offering}, and a migration to it was refused.",
    [OFP_VERDICT_MIGRATION_EXPIRED] =
        " the org does not pay for {offering}, and its approved migration ended {past_end}.",
    [OFP_VERDICT_MIGRATION_OFFER] =
        " the org does not pay for {offering}, but for something else. Offer a migration.",
    [OFP_VERDICT_LAPSED] = " what the org had bought has ended.",
    [OFP_VERDICT_UNPAID] = " the org has no support that it pays for.",
};

/* Where support goes on at a level all the same, that is part of the answer. */
static void put_level(const ofp_explanation *e, const ofp_sentence *sentence, ofp_buffer *words)
{
    const bool paid = ofp_policy_level_is_paid(e->policy, ofp_decision_level(e->decision));
    ofp_sentence_put_words(sentence,
                           paid ? " Help at level {level} for now."
                                : " Treat the ticket at level {level} (unpaid) for now.",
                           words);
}

void ofp_explain_answer(ofp_explanation *e)
{
    const ofp_verdict verdict = ofp_decision_verdict(e->decision);
    ofp_buffer *words = &e->page.words;
    ofp_reason reason = {0}, migration;
    ofp_explain_find(e, answers[verdict].reason, &reason);
    reason.offering = ofp_decision_offering(e->decision);
    reason.level = ofp_decision_level(e->decision);
    const ofp_sentence sentence = {e->policy, &e->clock, &reason};
    ofp_page_puts(&e->page, answers[verdict].style, answers[verdict].first);
    ofp_sentence_put_words(&sentence, meanings[verdict], words);
    if (verdict != OFP_VERDICT_ENTITLED && verdict != OFP_VERDICT_MIGRATION)
        put_level(e, &sentence, words);
    else if (verdict == OFP_VERDICT_ENTITLED &&
             ofp_explain_find(e, OFP_REASON_MIGRATION_LIVE, &migration))
        ofp_buffer_puts(words, " An approved migration raises the level.");
    ofp_page_flush(&e->page, OFP_STYLE_BOLD);
    ofp_page_end_line(&e->page);
}
