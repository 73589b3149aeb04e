/* SPDX-License-Identifier: MIT */
#include "sentence.h"

#include "failure.h"
#include "sentence_facts.h"

/* What each reason says; the names in braces are those of sentence_facts.c. */
static const char *const sentences[] = {
    [OFP_REASON_PRIORITY_GIVEN] = "The ticket came with priority {priority}.",
    [OFP_REASON_PRIORITY_DEFAULT] =
        "The ticket came without a priority: the policy's default, {priority}, counts.",
    [OFP_REASON_PRIORITY_RULE] =
        "The priority rule in policy line {line} makes the priority {priority}.",
    [OFP_REASON_PRIORITY_RULE_FAILED] =
        "The priority rule in policy line {line} does not hold: its {condition} fails.",
    [OFP_REASON_OFFERING_EXPLICIT] = "The ticket itself says that it is about {offering}.",
    [OFP_REASON_OFFERING_RULE] =
        "The classification rule in policy line {line} says that the ticket is about {offering}.",
    [OFP_REASON_OFFERING_RULE_FAILED] = "The classification rule for {offering} in policy line "
                                        "{line} does not hold: its {condition} fails.",
    [OFP_REASON_PATTERN_MATCHED] =
        "The pattern in policy line {line} matches the {field} and adds {score} to {offering}.",
    [OFP_REASON_PATTERN_GAVE_UP] =
        "The pattern for {offering} in policy line {line} reached a limit on the {field}, so that "
        "nobody can say whether it matches.",
    [OFP_REASON_OFFERING_SCORED] = "The ticket's text points to {offering}: score {score}{behind}.",
    [OFP_REASON_OFFERING_NO_MATCH] = "Nothing tells which offering the ticket is about: no "
                                     "classification rule holds, and no pattern matches.",
    [OFP_REASON_OFFERING_BELOW_THRESHOLD] =
        "The ticket's text points to {offering}, but its score of {score} does not reach the "
        "policy's threshold of {limit}.",
    [OFP_REASON_OFFERING_TIE] = "The ticket's text points to {offering} and to {next} equally: "
                                "both have a score of {score}.",
    [OFP_REASON_OFFERING_LEAD_TOO_SMALL] =
        "The ticket's text points to {offering}: score {score}{behind}. The policy wants a lead "
        "of {limit} or more.",
    [OFP_REASON_ORG_UNKNOWN] = "Nobody knows yet which org the ticket is from.",
    [OFP_REASON_ENTITLEMENT_ACTIVE] =
        "Entitlement {number}, {offering} at level {level}, is active {end}.",
    [OFP_REASON_ENTITLEMENT_UNPAID] = "Entitlement {number}, {offering} at level {level}, does not "
                                      "count: that level is not a paid one.",
    [OFP_REASON_ENTITLEMENT_ON_HOLD] =
        "Entitlement {number}, {offering} at level {level}, runs {end}, but is on hold.",
    [OFP_REASON_ENTITLEMENT_UPCOMING] =
        "Entitlement {number}, {offering} at level {level}, starts only on {start}.",
    [OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD] =
        "Entitlement {number}, {offering} at level {level}, does not count: it starts only on "
        "{start}, and is on hold.",
    [OFP_REASON_ENTITLEMENT_ENDED] =
        "Entitlement {number}, {offering} at level {level}, ended {past_end}.",
    [OFP_REASON_MIGRATION_LIVE] =
        "Migration \"{id}\" to {offering} at level {level} is approved {end}.",
    [OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT] =
        "Migration \"{id}\" to {offering} at level {level} is approved {end}, but does not count: "
        "the org has no active entitlement left to migrate from.",
    [OFP_REASON_MIGRATION_OPEN] = "Migration \"{id}\" to {offering} at level {level}, {end}, has "
                                  "been asked for and is not approved yet.",
    [OFP_REASON_MIGRATION_REFUSED] = "Migration \"{id}\" to {offering} at level {level}, target "
                                     "date {date}, was refused, and that still counts.",
    [OFP_REASON_MIGRATION_ENDED] = "Migration \"{id}\" to {offering} at level {level} was approved "
                                   "and ended {past_end}, which still counts.",
    [OFP_REASON_MIGRATION_MISSED] =
        "Migration \"{id}\" to {offering} at level {level} ended {past_end} without ever being "
        "approved, which still counts.",
    [OFP_REASON_MIGRATION_FORGOTTEN] =
        "Migration \"{id}\" to {offering}, target date {date}, is so "
        "old that it counts for nothing since {start}.",
    [OFP_REASON_MIGRATION_COMPLETED] = "Migration \"{id}\" to {offering}, target date {date}, is "
                                       "completed and counts for nothing any more.",
    [OFP_REASON_MIGRATION_CANCELLED] = "Migration \"{id}\" to {offering}, target date {date}, was "
                                       "withdrawn and counts for nothing.",
    [OFP_REASON_LEVEL_HELD] = "The level is {level}, the highest that counts here.",
    [OFP_REASON_LEVEL_PROVISIONAL] =
        "The level is {level} for the time being: the policy's provisional level.",
    [OFP_REASON_LEVEL_GOODWILL_USED] =
        "The level is only {level}: the org had this offering, or a migration to it, before, so "
        "that there is no goodwill left.",
    [OFP_REASON_LEVEL_UNPAID] = "The level is {level}: nothing that is paid for counts here.",
    [OFP_REASON_SLA_RULE] = "SLA rule \"{id}\" (policy line {line}) holds.",
    [OFP_REASON_SLA_RULE_FAILED] =
        "SLA rule \"{id}\" (policy line {line}) does not hold: its {condition} fails.",
    [OFP_REASON_SLA_NONE] = "No time is promised: no SLA rule holds.",
    [OFP_REASON_SLA_TARGET_LEFT_OUT] =
        "SLA rule \"{id}\" sets no {metric} time for priority {priority}.",
    [OFP_REASON_SLA_OUT_OF_REACH] =
        "SLA rule \"{id}\" sets a {metric} time that is never reached: its calendar is not open "
        "long enough within 4,392 days.",
    [OFP_REASON_OFFERING_RECORDED] =
        "The ticket's texts are left out; patterns had told from them that it is about {offering}.",
    [OFP_REASON_OFFERING_RECORDED_UNSURE] = "The ticket's texts are left out; patterns could not "
                                            "tell from them which offering it is about.",
};

void ofp_sentence_put_words(const ofp_sentence *sentence, const char *words, ofp_buffer *buffer)
{
    for (const char *brace; (brace = strchr(words, '{'));) {
        const char *end = strchr(brace, '}');
        ofp_buffer_put(buffer, words, (size_t)(brace - words));
        ofp_sentence_put_fact(sentence, (ofp_text){brace + 1, (size_t)(end - brace - 1)}, buffer);
        words = end + 1;
    }
    ofp_buffer_puts(buffer, words);
}

void ofp_sentence_put(const ofp_sentence *sentence, ofp_buffer *buffer)
{
    ofp_sentence_put_words(sentence, sentences[sentence->reason->code], buffer);
}

ofp_status ofp_decision_reason_sentence(const ofp_decision *decision, size_t index,
                                        ofp_buffer *buffer, ofp_error **reterr)
{
    const ofp_policy *policy = ofp_decision_policy(decision);
    const ofp_clock clock = {ofp_policy_zone(policy), OFP_OFFSET_NONE, " "};
    const size_t mark = buffer->size;
    ofp_reason reason;
    if (!ofp_decision_reason(decision, index, &reason))
        return ofp_fail(reterr, OFP_CODE_MISUSE, "`index` is %zu, but the decision has %zu reasons",
                        index, ofp_decision_reason_count(decision));
    ofp_sentence_put(&(ofp_sentence){policy, &clock, &reason}, buffer);
    return ofp_buffer_check(buffer, mark, reterr);
}
