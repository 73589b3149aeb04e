/* SPDX-License-Identifier: MIT */
/* Which offering a ticket is about. */
#include <stdio.h>

#include "allocations.h"
#include "cases.h"
#include "matching.h"
#include "setting.h"

#define RULES \
    SHOP "classify:\n" \
         "  threshold: 3\n" \
         "  margin: 2\n" \
         "  rules:\n" \
         "    - {offering: edge, when: {form: other}}\n" \
         "    - {offering: cloud, match: '\\bcloud\\b', weight: 3}\n" \
         "    - {offering: cloud, when: {form: cloud}}\n" \
         "    - {offering: cloud, match: '\\brunner\\b', weight: 2}\n" \
         "    - {offering: desk, match: '\\bdesk\\b', weight: 3}\n" \
         "    - {offering: desk, match: '\\bctl\\b'}\n" \
         "    - {offering: edge, match: '\\bedge\\b', weight: 4}\n" \
         "    - {offering: edge, match: '(x+)+$', weight: 1}\n"

/* The line of the first rule. */
enum { FIRST_LINE = SHOP_END + 4 };

static void start(void)
{
    start_setting();
    use_policy(RULES);
    entitle("desk", "premium");
}

static void start_prepared(void)
{
    prepares_policies = true;
    start();
}

static void write_ticket(const char *subject, const char *description)
{
    request.subject = ofp_text_of(subject);
    request.description = ofp_text_of(description);
}

/* Decides, and expects an offering, or NULL where none can be told. */
static void expect_offering(const char *name, ofp_offering_source source)
{
    decide();
    const char *got = ofp_policy_offering_name(policy, ofp_decision_offering(decision));
    ck_assert_pstr_eq(got, name);
    ck_assert_int_eq(ofp_decision_offering_source(decision), source);
    ck_assert_int_eq(ofp_decision_verdict(decision) == OFP_VERDICT_UNSURE, !name);
}

#define expect_told(name) expect_offering(name, OFP_SOURCE_PATTERNS)
#define expect_unsure() expect_offering(NULL, OFP_SOURCE_NONE)

START_TEST(a_ticket_may_say_so_itself)
{
    about("cloud");
    write_ticket("desk desk edge", "edge");
    set_field("form", "other");
    expect_offering("cloud", OFP_SOURCE_EXPLICIT);
    const ofp_reason reason = reason_of(OFP_REASON_OFFERING_EXPLICIT);
    ck_assert_int_eq(reason.offering, offering_of("cloud"));
    ck_assert(reason.decides);
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_MATCHED), 0);
}
END_TEST

START_TEST(rules_come_before_patterns)
{
    write_ticket("desk", "desk");
    set_field("form", "cloud");
    expect_offering("cloud", OFP_SOURCE_RULE);
    const ofp_reason failed = reason_of(OFP_REASON_OFFERING_RULE_FAILED);
    ck_assert_int_eq(failed.index, 0);
    ck_assert_uint_eq(failed.line, FIRST_LINE);
    ck_assert_int_eq(failed.offering, offering_of("edge"));
    ck_assert_str_eq(failed.condition, "form");
    const ofp_reason rule = reason_of(OFP_REASON_OFFERING_RULE);
    ck_assert_int_eq(rule.index, 2);
    ck_assert_uint_eq(rule.line, FIRST_LINE + 2);
    ck_assert_int_eq(rule.offering, offering_of("cloud"));
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_MATCHED), 0);
}
END_TEST

START_TEST(the_first_rule_that_holds_decides)
{
    set_field("form", "other");
    expect_offering("edge", OFP_SOURCE_RULE);
}
END_TEST

START_TEST(patterns_add_their_weights)
{
    write_ticket("Our CLOUD is slow", NULL);
    expect_told("cloud");
    const ofp_reason matched = reason_of(OFP_REASON_PATTERN_MATCHED);
    ck_assert_int_eq(matched.index, 1);
    ck_assert_uint_eq(matched.line, FIRST_LINE + 1);
    ck_assert_str_eq(matched.field, "subject");
    ck_assert_int_eq(matched.score, 3);
    ck_assert_int_eq(matched.offering, offering_of("cloud"));
    const ofp_reason scored = reason_of(OFP_REASON_OFFERING_SCORED);
    ck_assert_int_eq(scored.offering, offering_of("cloud"));
    ck_assert_int_eq(scored.score, 3);
    ck_assert_int_eq(scored.next_score, 0);
    ck_assert_uint_eq(reason_count(OFP_REASON_OFFERING_RULE_FAILED), 2);
}
END_TEST

START_TEST(a_pattern_counts_once)
{
    write_ticket("runner runner runner", "runner");
    expect_unsure(); /* 2, not 4 or more */
    const ofp_reason below = reason_of(OFP_REASON_OFFERING_BELOW_THRESHOLD);
    ck_assert_int_eq(below.offering, offering_of("cloud"));
    ck_assert_int_eq(below.score, 2);
    ck_assert_int_eq(below.limit, 3);
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_MATCHED), 1);
}
END_TEST

START_TEST(subject_and_description_count_apart)
{
    write_ticket("desk", "runner");
    expect_unsure(); /* 3 to 2: a lead of 1 */
    const ofp_reason lead = reason_of(OFP_REASON_OFFERING_LEAD_TOO_SMALL);
    ck_assert_int_eq(lead.offering, offering_of("desk"));
    ck_assert_int_eq(lead.score, 3);
    ck_assert_int_eq(lead.next, offering_of("cloud"));
    ck_assert_int_eq(lead.next_score, 2);
    ck_assert_int_eq(lead.limit, 2);
    write_ticket("the de", "sk"); /* no word runs from one into the other */
    expect_unsure();
    write_ticket(NULL, "ctl at the desk, and a runner");
    expect_told("desk"); /* 4 to 2 */
    ck_assert_str_eq(reason_of(OFP_REASON_PATTERN_MATCHED).field, "description");
}
END_TEST

START_TEST(a_tie_is_unsure)
{
    write_ticket("desk", "cloud");
    expect_unsure();
    const ofp_reason tie = reason_of(OFP_REASON_OFFERING_TIE);
    ck_assert_int_eq(tie.score, 3);
    ck_assert_int_eq(tie.next_score, 3);
    ck_assert_int_eq(tie.offering, offering_of("desk")); /* in the policy's order */
    ck_assert_int_eq(tie.next, offering_of("cloud"));
    ck_assert(tie.decides);
}
END_TEST

START_TEST(no_match_is_unsure)
{
    write_ticket("help", "it does not work");
    expect_unsure();
    reason_of(OFP_REASON_OFFERING_NO_MATCH);
    write_ticket(NULL, NULL);
    expect_unsure();
    reason_of(OFP_REASON_OFFERING_NO_MATCH);
}
END_TEST

static const char *const explosive = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!";

START_TEST(a_pattern_that_gives_up_is_unsure)
{
    write_ticket(explosive, "cloud, cloud runner");
    expect_unsure();
    const ofp_reason reason = reason_of(OFP_REASON_PATTERN_GAVE_UP);
    ck_assert_int_eq(reason.index, 7);
    ck_assert_uint_eq(reason.line, FIRST_LINE + 7);
    ck_assert_int_eq(reason.offering, offering_of("edge"));
    ck_assert_str_eq(reason.field, "subject");
    ck_assert(reason.decides);
    write_ticket("cloud, cloud runner", explosive);
    expect_unsure();
    ck_assert_str_eq(reason_of(OFP_REASON_PATTERN_GAVE_UP).field, "description");
    set_field("form", "cloud"); /* patterns are then not asked */
    expect_offering("cloud", OFP_SOURCE_RULE);
}
END_TEST

/* Steps are counted where a pattern may be slow, and each decision has as many as the first. */
START_TEST(a_decision_does_not_pay_for_the_last_one)
{
    static char letters[20001];
    use_policy(SHOP "classify: {rules: [{offering: cloud, match: '\\w+\\.?\\w*@\\d'}]}\n");
    memset(letters, 'x', sizeof letters - 2);
    letters[sizeof letters - 2] = '@';
    write_ticket(letters, NULL);
    expect_unsure();
    reason_of(OFP_REASON_PATTERN_GAVE_UP);
    strcpy(letters + 300, "@");
    write_ticket(letters, NULL);
    expect_unsure();
    reason_of(OFP_REASON_OFFERING_NO_MATCH);
}
END_TEST

/* The threshold and the margin are reached when they are equalled. */
START_TEST(limits_may_be_reached_exactly)
{
    write_ticket("desk", "ctl runner"); /* 4 to 2, lead 2 */
    expect_told("desk");
    ck_assert_int_eq(reason_of(OFP_REASON_OFFERING_SCORED).next, offering_of("cloud"));
    ck_assert_int_eq(reason_of(OFP_REASON_OFFERING_SCORED).next_score, 2);
}
END_TEST

START_TEST(limits_are_one_by_default)
{
    use_policy(SHOP "classify: {rules: [{offering: desk, match: a}, {offering: cloud, match: b},"
                    " {offering: cloud, match: c}]}\n");
    write_ticket("a", NULL);
    expect_told("desk");
    write_ticket("ab", NULL);
    expect_unsure();
    write_ticket("abc", NULL);
    expect_told("cloud");
}
END_TEST

/* What nothing speaks for scores 0, which counts for the lead. */
START_TEST(the_lead_is_measured_against_zero_too)
{
    use_policy(SHOP "classify: {margin: 5, rules: [{offering: desk, match: a, weight: 4},"
                    " {offering: desk, match: b, weight: 1}]}\n");
    write_ticket("a", NULL);
    expect_unsure();
    ck_assert_int_eq(reason_of(OFP_REASON_OFFERING_LEAD_TOO_SMALL).next_score, 0);
    write_ticket("ab", NULL);
    expect_told("desk");
}
END_TEST

START_TEST(a_single_offering_needs_no_lead)
{
    use_policy("policy: p\nlevels: [free]\nunpaid: [free]\npriorities: [low]\n"
               "default_priority: low\nofferings: {only: {}}\n"
               "classify: {threshold: 2, margin: 100, rules: ["
               "{offering: only, match: a, weight: 2}, {offering: only, match: b}]}\n");
    write_ticket("a", NULL);
    expect_told("only");
    ck_assert_int_eq(reason_of(OFP_REASON_OFFERING_SCORED).next, OFP_NONE);
    ck_assert_int_eq(reason_of(OFP_REASON_OFFERING_SCORED).next_score, OFP_NONE);
    write_ticket("b", NULL);
    expect_unsure();
}
END_TEST

/* Some more patterns than a machine word has bits, each about one offering of three in turn. */
START_TEST(many_patterns_are_told_apart)
{
    enum { COUNT = 150 };
    static const char *const names[] = {"desk", "cloud", "edge"};
    char yaml[16384], subject[48] = "", description[64] = "";
    int size = snprintf(yaml, sizeof yaml, "%s", SHOP "classify:\n  rules:\n");
    for (int i = 0; i < COUNT; i++)
        size += snprintf(yaml + size, sizeof yaml - (size_t)size,
                         "    - {offering: %s, match: '\\bword%03d\\b'}\n", names[i % 3], i);
    use_policy(yaml);
    for (int i = 0; i < COUNT; i++) {
        snprintf(subject, sizeof subject, "word%03d", i);
        snprintf(description, sizeof description, "or WORD%03d", (i + 3) % COUNT);
        write_ticket(subject, description);
        expect_told(names[i % 3]);
        ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_MATCHED), 2);
        write_ticket("words", description);
        expect_told(names[i % 3]);
        const ofp_reason reason = reason_of(OFP_REASON_PATTERN_MATCHED);
        ck_assert_int_eq(reason.index, (i + 3) % COUNT);
        ck_assert_str_eq(reason.field, "description");
    }
}
END_TEST

/* At any time, and as often as one likes. */
START_TEST(a_policy_may_be_prepared_between_decisions)
{
    write_ticket("Our CLOUD is slow", NULL);
    for (int i = 0; i < 3; i++) {
        expect_told("cloud");
        expect_ok(ofp_policy_prepare(policy, &error));
    }
    use_policy(SHOP);
    expect_ok(ofp_policy_prepare(policy, &error));
    expect_unsure();
}
END_TEST

/* Without memory for it a policy decides as before. */
START_TEST(preparing_may_fail)
{
    ofp_status status = OFP_STATUS_NO_MEMORY;
    for (size_t i = 0; status != OFP_STATUS_OK; i++) {
        ofp_error *error = NULL;
        ofp_policy *kept = policy;
        policy = NULL;
        use_policy(RULES);
        ofp_policy_unref(kept);
        write_ticket("Our CLOUD is slow", NULL);
        allocations_fail_after(i);
        status = ofp_policy_prepare(policy, &error);
        allocations_allow();
        ck_assert(status == OFP_STATUS_OK || status == OFP_STATUS_NO_MEMORY);
        ck_assert_int_eq(!error, status == OFP_STATUS_OK);
        expect_told("cloud");
        ck_assert_uint_lt(i, 100);
    }
}
END_TEST

/* Nor does want of memory for scanning change an answer: there is none, or it is the same. */
START_TEST(scanning_may_fail)
{
    ofp_status status = OFP_STATUS_NO_MEMORY;
    expect_ok(ofp_policy_prepare(policy, &error));
    write_ticket("Our CLOUD is slow", NULL);
    for (size_t i = 0; status != OFP_STATUS_OK; i++) {
        scratch = ofp_scratch_free(scratch);
        expect_ok(ofp_scratch_new(&scratch, &error));
        allocations_fail_after(i);
        status = ofp_decide(policy, &request, scratch, &decision, NULL);
        allocations_allow();
        ck_assert_uint_lt(i, 100);
    }
    ck_assert_int_eq(ofp_decision_offering(decision), offering_of("cloud"));
}
END_TEST

START_TEST(a_policy_need_not_classify)
{
    use_policy(SHOP);
    write_ticket("cloud", "cloud");
    expect_unsure();
    reason_of(OFP_REASON_OFFERING_NO_MATCH);
}
END_TEST

/* The texts are left out: patterns told this from them before. */
static void recorded(const char *name)
{
    request.classified = true;
    request.classified_as = name ? offering_of(name) : OFP_NONE;
}

/* As many patterns as there are steps for on a large text, and one more, whatever rules them out.
 */
START_TEST(all_patterns_together_may_take_too_long)
{
    enum { PATTERNS = 256 };
    static char yaml[20000], text[(1 << 20) + 1];
    size_t size = (size_t)sprintf(yaml, "%sclassify:\n  rules:\n", SHOP);
    for (int i = 0; i < PATTERNS; i++)
        size += (size_t)sprintf(yaml + size, "    - {offering: cloud, match: word%d}\n", i);
    sprintf(yaml + size, "    - {offering: desk, match: '[yz][yz]'}\n");
    use_policy(yaml);
    memset(text, 'a', sizeof text - 1);
    write_ticket(NULL, text);
    expect_unsure();
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_GAVE_UP), 1);
    text[sizeof text / 2] = '\0';
    write_ticket(NULL, text);
    expect_unsure();
    ck_assert_uint_eq(reason_count(OFP_REASON_PATTERN_GAVE_UP), 0);
}
END_TEST

/* Far more patterns than the other notes of a decision. */
START_TEST(many_patterns_may_match)
{
    enum { PATTERNS = 100 };
    static char yaml[12000];
    size_t size = (size_t)sprintf(yaml, "%sclassify:\n  rules:\n", SHOP);
    for (int i = 0; i < PATTERNS; i++)
        size += (size_t)sprintf(yaml + size, "    - {offering: cloud, match: 'a.{%d}'}\n", i);
    use_policy(yaml);
    entitle("cloud", "premium");
    static char text[PATTERNS + 2];
    memset(text, 'a', PATTERNS + 1);
    write_ticket(text, NULL);
    expect_told("cloud");
    ck_assert_int_eq(reason_of(OFP_REASON_OFFERING_SCORED).score, PATTERNS);
    ofp_reason reason;
    int32_t next = 0;
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++)
        if (reason.code == OFP_REASON_PATTERN_MATCHED)
            ck_assert_int_eq(reason.index, next++);
    ck_assert_int_eq(next, PATTERNS);
    ck_assert(reason_of(OFP_REASON_ENTITLEMENT_ACTIVE).decides);
}
END_TEST

START_TEST(matching_says_when_memory_is_out)
{
    const ofp_decision *result = NULL;
    write_ticket("cloud", "runner");
    set_matching_result(PCRE2_ERROR_NOMEMORY);
    const ofp_status status = ofp_decide(policy, &request, scratch, &result, NULL);
    set_matching_result(MATCHING_AS_USUAL);
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    ck_assert_ptr_null(result);
    expect_told("cloud");
}
END_TEST

START_TEST(what_patterns_told_before_stands_for_the_texts)
{
    recorded("cloud");
    expect_told("cloud");
    const ofp_reason reason = reason_of(OFP_REASON_OFFERING_RECORDED);
    ck_assert_int_eq(reason.offering, offering_of("cloud"));
    ck_assert(reason.decides);
    ck_assert_uint_eq(reason_count(OFP_REASON_OFFERING_NO_MATCH), 0);
    recorded(NULL);
    expect_unsure();
    ck_assert(reason_of(OFP_REASON_OFFERING_RECORDED_UNSURE).decides);
}
END_TEST

START_TEST(rules_come_before_what_patterns_told)
{
    recorded("cloud");
    set_field("form", "other");
    expect_offering("edge", OFP_SOURCE_RULE);
    recorded(NULL);
    expect_offering("edge", OFP_SOURCE_RULE);
}
END_TEST

START_TEST(sources_have_names)
{
    ck_assert_ptr_null(ofp_offering_source_name(OFP_SOURCE_NONE));
    ck_assert_str_eq(ofp_offering_source_name(OFP_SOURCE_EXPLICIT), "explicit");
    ck_assert_str_eq(ofp_offering_source_name(OFP_SOURCE_RULE), "rule");
    ck_assert_str_eq(ofp_offering_source_name(OFP_SOURCE_PATTERNS), "patterns");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_ticket_may_say_so_itself);
    tcase_add_test(tests, rules_come_before_patterns);
    tcase_add_test(tests, the_first_rule_that_holds_decides);
    tcase_add_test(tests, patterns_add_their_weights);
    tcase_add_test(tests, a_pattern_counts_once);
    tcase_add_test(tests, subject_and_description_count_apart);
    tcase_add_test(tests, a_tie_is_unsure);
    tcase_add_test(tests, no_match_is_unsure);
    tcase_add_test(tests, a_pattern_that_gives_up_is_unsure);
    tcase_add_test(tests, a_decision_does_not_pay_for_the_last_one);
    tcase_add_test(tests, limits_may_be_reached_exactly);
    tcase_add_test(tests, limits_are_one_by_default);
    tcase_add_test(tests, the_lead_is_measured_against_zero_too);
    tcase_add_test(tests, a_single_offering_needs_no_lead);
    tcase_add_test(tests, a_policy_need_not_classify);
    tcase_add_test(tests, all_patterns_together_may_take_too_long);
    tcase_add_test(tests, many_patterns_may_match);
    tcase_add_test(tests, matching_says_when_memory_is_out);
    tcase_add_test(tests, what_patterns_told_before_stands_for_the_texts);
    tcase_add_test(tests, rules_come_before_what_patterns_told);
    tcase_add_test(tests, sources_have_names);
    tcase_add_test(tests, many_patterns_are_told_apart);
}

TCase *classify_case(void)
{
    TCase *tests = tcase_create("classify");
    tcase_add_checked_fixture(tests, start, stop_setting);
    add_tests(tests);
    tcase_add_test(tests, a_policy_may_be_prepared_between_decisions);
    tcase_add_test(tests, preparing_may_fail);
    tcase_add_test(tests, scanning_may_fail);
    return tests;
}

/* The same, with a prefilter where there is one. */
TCase *classify_prepared_case(void)
{
    TCase *tests = tcase_create("classify, prepared");
    tcase_add_checked_fixture(tests, start_prepared, stop_setting);
    add_tests(tests);
    return tests;
}
