/* SPDX-License-Identifier: MIT */
#include "rule_search.h"

bool ofp_search_rules(ofp_scratch *scratch, const ofp_rules *rules, size_t count,
                      const ofp_fact *facts, ofp_reason_code failed, int32_t *ret)
{
    *ret = -1;
    if (!rules)
        return true;
    ofp_decision *decision = &scratch->decision;
    uint64_t *work = ofp_arena_take(&scratch->arena, ofp_rules_work_size(rules), sizeof *work);
    if (!work)
        return false;
    *ret = ofp_rules_first(rules, facts, work);
    const int32_t passed_over = *ret < 0 ? (int32_t)count : *ret;
    if (passed_over)
        ofp_decision_note(decision, failed, false, passed_over);
    return true;
}
