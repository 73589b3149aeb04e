/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "run.h"

ofp_match match_text(ofp_text source, ofp_text text, bool use_jit)
{
    ofp_pattern_problem problem = {0};
    ofp_pattern *pattern = ofp_pattern_compile(source, true, &problem);
    ck_assert_msg(pattern, "%.*s: %s", (int)source.size, source.data, problem.message);
    ofp_matcher *matcher = ofp_matcher_new();
    ck_assert_ptr_nonnull(matcher);
    ofp_matcher_use_jit(matcher, use_jit);
    const ofp_match result = ofp_pattern_match(pattern, matcher, text, 0);
    ofp_matcher_free(matcher);
    ofp_pattern_free(pattern);
    return result;
}

int main(void)
{
    static const test_case_maker makers[] = {
        pattern_compile_case, pattern_cost_case,   pattern_match_case,
        pattern_effort_case,  pattern_limits_case, pattern_literals_case,
        prefilter_case,       random_match_case,   NULL,
    };
    return run_test_cases("match", makers);
}
