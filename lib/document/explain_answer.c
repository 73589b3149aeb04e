/* SPDX-License-Identifier: MIT */
#include "explain.h"
#include "sentence.h"

/* What a verdict means for who works on the ticket. */
typedef struct answer {
    ofp_style style;
    const char *first;      /* the answer in a word or two */
    ofp_reason_code reason; /* the one whose facts the sentence may name */
    const char *sentence;
} answer;

static const answer answers[OFP_VERDICT_COUNT] = {
    [OFP_VERDICT_UNKNOWN_ORG] = {OFP_STYLE_CARE, "Not decided:", OFP_REASON_ORG_UNKNOWN,
                                 "nobody knows yet which org this ticket is from. Find out, then "
                                 "decide again."},
    [OFP_VERDICT_UNSURE] = {OFP_STYLE_CARE, "Not decided:", OFP_REASON_ENTITLEMENT_ACTIVE,
                            "it is not clear which offering this ticket is about. Find out, name "
                            "it in the ticket, then decide again."},
    [OFP_VERDICT_ENTITLED] = {OFP_STYLE_GOOD, "Yes:", OFP_REASON_ENTITLEMENT_ACTIVE,
                              "{offering} is supported at level {level}. The org has bought it."},
    [OFP_VERDICT_MIGRATION] = {OFP_STYLE_GOOD, "Yes:", OFP_REASON_MIGRATION_LIVE,
                               "{offering} is supported at level {level} {end}. The org does not "
                               "pay for it, but a migration to it is approved."},
    [OFP_VERDICT_ON_HOLD] = {OFP_STYLE_BAD, "No:", OFP_REASON_ENTITLEMENT_ON_HOLD,
                             "what the org has bought is on hold, for example over an open bill."},
    [OFP_VERDICT_UPCOMING] = {OFP_STYLE_CARE, "Not yet:", OFP_REASON_ENTITLEMENT_UPCOMING,
                              "the org has bought {offering}, but it starts only on {start}."},
    [OFP_VERDICT_MIGRATION_PENDING] = {OFP_STYLE_CARE, "Not yet:", OFP_REASON_MIGRATION_OPEN,
                                       "a migration to {offering} has been asked for, but is not "
                                       "approved yet. Promise nothing."},
    [OFP_VERDICT_MIGRATION_REFUSED] = {OFP_STYLE_BAD, "No:", OFP_REASON_MIGRATION_REFUSED,
                                       "the org does not pay for {offering}, and a migration to "
                                       "it was refused."},
    [OFP_VERDICT_MIGRATION_EXPIRED] = {OFP_STYLE_BAD, "No:", OFP_REASON_MIGRATION_ENDED,
                                       "the org does not pay for {offering}, and its approved "
                                       "migration ended {past_end}."},
    [OFP_VERDICT_MIGRATION_OFFER] = {OFP_STYLE_BAD, "No:", OFP_REASON_ENTITLEMENT_ACTIVE,
                                     "the org does not pay for {offering}, but for something "
                                     "else. Offer a migration."},
    [OFP_VERDICT_LAPSED] = {OFP_STYLE_BAD, "No:", OFP_REASON_ENTITLEMENT_ENDED,
                            "what the org had bought has ended."},
    [OFP_VERDICT_UNPAID] = {OFP_STYLE_BAD, "No:", OFP_REASON_LEVEL_UNPAID,
                            "the org has no support that it pays for."},
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
    const answer *said = &answers[verdict];
    ofp_buffer *words = &e->page.words;
    ofp_reason reason = {0}, migration = {0};
    ofp_explain_find(e, said->reason, &reason);
    reason.offering = ofp_decision_offering(e->decision);
    reason.level = ofp_decision_level(e->decision);
    const ofp_sentence sentence = {e->policy, &e->clock, &reason};
    ofp_page_puts(&e->page, said->style, said->first);
    ofp_buffer_puts(words, " ");
    ofp_sentence_put_words(&sentence, said->sentence, words);
    if (verdict == OFP_VERDICT_ENTITLED) {
        if (ofp_explain_find(e, OFP_REASON_MIGRATION_LIVE, &migration))
            ofp_buffer_puts(words, " An approved migration raises the level.");
    } else if (verdict != OFP_VERDICT_MIGRATION) {
        put_level(e, &sentence, words);
    }
    ofp_page_flush(&e->page, OFP_STYLE_BOLD);
    ofp_page_end_line(&e->page);
}
