/* SPDX-License-Identifier: MIT */
#include "steps.h"

#include "rule_search.h"
#include "text_scan.h"

bool ofp_decide_priority(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    const ofp_policy *policy = decision->policy;
    const bool given = decision->request->priority != OFP_NONE;
    decision->priority = decision->first_priority;
    int32_t rule;
    if (!ofp_search_rules(scratch, policy->priority_whens, policy->priority_rule_count,
                          decision->first_facts, OFP_REASON_PRIORITY_RULE_FAILED, &rule))
        return false;
    if (rule >= 0) {
        decision->priority = policy->priority_rules[rule].result;
        ofp_decision_note(decision, OFP_REASON_PRIORITY_RULE, true, rule);
        return true;
    }
    ofp_decision_note(decision, given ? OFP_REASON_PRIORITY_GIVEN : OFP_REASON_PRIORITY_DEFAULT,
                      true, OFP_NONE);
    return true;
}

/* Notes how the offering was told, or why it could not be. */
static void settle(ofp_decision *decision, ofp_reason_code code, int32_t index, int32_t offering,
                   ofp_offering_source source)
{
    decision->offering = offering;
    decision->source = source;
    ofp_decision_note(decision, code, true, index);
}

static void settle_unsure(ofp_decision *decision, ofp_reason_code code)
{
    settle(decision, code, OFP_NONE, OFP_NONE, OFP_SOURCE_NONE);
}

/* Adds up the weights by offering. @return OFP_MATCH_YES, or what stopped it */
static ofp_match add_weights(ofp_decision *decision, const ofp_text_scan *scan, int32_t *sums)
{
    const size_t count = decision->policy->pattern_count;
    for (size_t i = ofp_text_scan_next(scan, 0); i < count; i = ofp_text_scan_next(scan, i + 1)) {
        bool in_description;
        const ofp_match match = ofp_text_scan_match(scan, i, &in_description);
        if (match == OFP_MATCH_NO)
            continue;
        if (match == OFP_MATCH_NO_MEMORY)
            return match;
        const bool gave_up = match == OFP_MATCH_GAVE_UP;
        ofp_decision_note(decision,
                          gave_up ? OFP_REASON_PATTERN_GAVE_UP : OFP_REASON_PATTERN_MATCHED,
                          gave_up, (int32_t)i);
        decision->notes[decision->note_count - 1].in_description = in_description;
        if (gave_up)
            return match;
        const ofp_classify_pattern *pattern = &decision->policy->patterns[i];
        sums[pattern->offering] += pattern->weight;
    }
    return OFP_MATCH_YES;
}

/* The highest sum and the one behind it; of equal ones, the one that the policy names first. */
static ofp_scores rank(const int32_t *sums, size_t count)
{
    ofp_scores scores = {OFP_NONE, -1, OFP_NONE, -1};
    for (size_t i = 0; i < count; i++) {
        if (sums[i] > scores.best_score) {
            scores.next = scores.best;
            scores.next_score = scores.best_score;
            scores.best = (int32_t)i;
            scores.best_score = sums[i];
        } else if (sums[i] > scores.next_score) {
            scores.next = (int32_t)i;
            scores.next_score = sums[i];
        }
    }
    return scores;
}

static void settle_by_scores(ofp_decision *decision)
{
    const ofp_policy *policy = decision->policy;
    const ofp_scores *scores = &decision->scores;
    if (scores->best_score == 0)
        settle_unsure(decision, OFP_REASON_OFFERING_NO_MATCH);
    else if (scores->best_score < policy->threshold)
        settle_unsure(decision, OFP_REASON_OFFERING_BELOW_THRESHOLD);
    else if (scores->best_score == scores->next_score)
        settle_unsure(decision, OFP_REASON_OFFERING_TIE);
    else if (scores->next != OFP_NONE && scores->best_score - scores->next_score < policy->margin)
        settle_unsure(decision, OFP_REASON_OFFERING_LEAD_TOO_SMALL);
    else
        settle(decision, OFP_REASON_OFFERING_SCORED, OFP_NONE, scores->best, OFP_SOURCE_PATTERNS);
}

/* As patterns told from texts that are left out now. */
static void settle_as_recorded(ofp_decision *decision)
{
    const int32_t offering = decision->request->classified_as;
    if (offering == OFP_NONE)
        settle_unsure(decision, OFP_REASON_OFFERING_RECORDED_UNSURE);
    else
        settle(decision, OFP_REASON_OFFERING_RECORDED, OFP_NONE, offering, OFP_SOURCE_PATTERNS);
}

static bool classify_by_patterns(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    const size_t offering_count = decision->policy->offering_names.count;
    int32_t *sums = ofp_arena_alloc(&scratch->arena, offering_count, sizeof *sums);
    ofp_text_scan scan;
    if (!sums || !ofp_text_scan_start(scratch, &scan))
        return false;
    const ofp_match match = add_weights(decision, &scan, sums);
    decision->offering = OFP_NONE;
    decision->source = OFP_SOURCE_NONE;
    if (match == OFP_MATCH_YES) {
        decision->scores = rank(sums, offering_count);
        settle_by_scores(decision);
    }
    return match != OFP_MATCH_NO_MEMORY;
}

bool ofp_decide_offering(ofp_scratch *scratch)
{
    ofp_decision *decision = &scratch->decision;
    const ofp_policy *policy = decision->policy;
    if (decision->request->offering != OFP_NONE) {
        settle(decision, OFP_REASON_OFFERING_EXPLICIT, OFP_NONE, decision->request->offering,
               OFP_SOURCE_EXPLICIT);
        return true;
    }
    int32_t rule;
    if (!ofp_search_rules(scratch, policy->classify_whens, policy->classify_rule_count,
                          decision->first_facts, OFP_REASON_OFFERING_RULE_FAILED, &rule))
        return false;
    if (rule >= 0)
        settle(decision, OFP_REASON_OFFERING_RULE, rule, policy->classify_rules[rule].result,
               OFP_SOURCE_RULE);
    else if (decision->request->classified)
        settle_as_recorded(decision);
    else
        return classify_by_patterns(scratch);
    return true;
}
