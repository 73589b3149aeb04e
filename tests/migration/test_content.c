/* SPDX-License-Identifier: MIT */
/* What steps ask for, held against policy, facts and limits. */
#include <stdio.h>

#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

START_TEST(unknown_names)
{
    start_request(NOON);
    step.from = ofp_text_of("desc");
    step.to = ofp_text_of("clod");
    step.level = ofp_text_of("premum");
    refused(OFP_CODE_STEP_UNKNOWN_NAME, "unknown offering \"desc\": did you mean \"desk\"?");
    step.from = ofp_text_of("desk");
    refused(OFP_CODE_STEP_UNKNOWN_NAME, "unknown offering \"clod\": did you mean \"cloud\"?");
    step.to = ofp_text_of("satellite");
    refused(OFP_CODE_STEP_UNKNOWN_NAME,
            "unknown offering \"satellite\"; the policy knows desk, cloud, edge");
    step.to = ofp_text_of("cloud");
    refused(OFP_CODE_STEP_UNKNOWN_NAME, "unknown level \"premum\": did you mean \"premium\"?");
}
END_TEST

START_TEST(many_names_are_not_all_listed)
{
    use_policy("{policy: p, levels: [free, a, b, c, d, e, f, g, h, i, j, k, l, m], unpaid: [free], "
               "priorities: [n], default_priority: n, offerings: {desk: {}, cloud: {}}}");
    know("acme");
    entitle("desk", "a");
    know_it();
    start_step(OFP_STEP_REQUEST, NULL, NOON);
    step.org = ofp_text_of("acme");
    step.from = ofp_text_of("desk");
    step.to = ofp_text_of("cloud");
    step.level = ofp_text_of("nothing like it");
    step.target_date = date_of("2199-12-31");
    step.owner = ofp_text_of("kim");
    step.facts = facts;
    refused(OFP_CODE_STEP_UNKNOWN_NAME,
            "unknown level \"nothing like it\"; the policy knows free, a, b, c, d, e, f, g, h, i, "
            "j, k and 2 more");
    /* Without max_days any date will do. */
    step.level = ofp_text_of("a");
    take();
}
END_TEST

START_TEST(what_can_not_be_promised)
{
    start_request(NOON);
    step.to = ofp_text_of("desk");
    step.level = ofp_text_of("free");
    refused(OFP_CODE_STEP_UNPAID_LEVEL,
            "nobody pays for the level \"free\": name the paid level to promise");
    step.level = ofp_text_of("standard");
    refused(OFP_CODE_SAME_OFFERING, "the org would move from \"desk\" to the same offering");
}
END_TEST

START_TEST(dates_of_a_request)
{
    start_request(NOON);
    step.target_date = date_of("2026-11-19");
    refused(OFP_CODE_DATE_PAST, "the target date 2026-11-19 is in the past: today is 2026-11-20");
    step.target_date = date_of("2027-02-19");
    refused(OFP_CODE_DATE_TOO_FAR, "the target date 2027-02-19 is too far ahead: the last one "
                                   "allowed is 2027-02-18 (max_days: 90)");
    step.target_date = date_of("2027-02-18");
    take();
    start_request(NOON);
    step.to = ofp_text_of("edge");
    step.target_date = date_of("2026-11-20");
    take();
}
END_TEST

/* In Amsterdam it is tomorrow already. */
START_TEST(today_is_the_policys_today)
{
    start_request(instant_of("2026-11-20T23:30:00Z"));
    step.target_date = date_of("2026-11-20");
    refused(OFP_CODE_DATE_PAST, "the target date 2026-11-20 is in the past: today is 2026-11-21");
}
END_TEST

START_TEST(facts_are_needed)
{
    start_request(NOON);
    step.facts = NULL;
    refused(OFP_CODE_FACTS_MISSING,
            "the facts say nothing about the org \"acme\": give its entitlements");
    step.facts = facts;
    step.org = ofp_text_of("Acme");
    refused(OFP_CODE_FACTS_MISSING,
            "the facts say nothing about the org \"Acme\": give its entitlements");
}
END_TEST

#define NOT_BOUGHT \
    "the org \"acme\" has no active paid entitlement for \"desk\", which it would move from"

START_TEST(only_customers_can_move)
{
    start_request(NOON);
    know("acme");
    know_it();
    refused(OFP_CODE_NOT_BOUGHT, NOT_BOUGHT);
    entitle("desk", "free");
    entitle("cloud", "ultimate");
    entitle("desk", "premium")->hold = true;
    entitle("desk", "premium")->ends = NOON;
    entitle("desk", "premium")->starts = NOON + 1;
    know_it();
    refused(OFP_CODE_NOT_BOUGHT, NOT_BOUGHT);
    entitle("desk", "standard")->starts = NOON;
    know_it();
    expect_text(take()->from_level, "standard");
}
END_TEST

START_TEST(the_best_level_counts)
{
    start_request(NOON);
    know("acme");
    entitle("desk", "premium")->ends = NOON + 1;
    entitle("desk", "ultimate")->ends = NOON;
    entitle("desk", "standard");
    know_it();
    expect_text(take()->from_level, "premium");
}
END_TEST

START_TEST(one_at_a_time)
{
    request(NOON);
    start_request(NOON + HOUR);
    step.level = ofp_text_of("standard");
    refused(OFP_CODE_ALREADY_REQUESTED,
            "the org \"acme\" has a migration to \"cloud\" already: M-1, which is open");
    approve("M-1", NOON + 2 * HOUR);
    start_request(NOON + 3 * HOUR);
    step.level = ofp_text_of("standard");
    refused(OFP_CODE_ALREADY_REQUESTED,
            "the org \"acme\" has a migration to \"cloud\" already: M-1, which is live");
    /* But elsewhere, and another org. */
    step.to = ofp_text_of("edge");
    take();
    know("other");
    entitle("desk", "premium");
    know_it();
    start_request(NOON + 3 * HOUR);
    step.org = ofp_text_of("other");
    take();
    start_request(YEAR_END);
    step.target_date = date_of("2027-01-31");
    expect_text(take()->id, "M-4");
}
END_TEST

START_TEST(limit_of_all)
{
    use_policy(SHOP "migration: {max_live: 1, max_live_per_org: 1, approvers: [manager]}\n");
    know("other");
    entitle("desk", "premium");
    know_it();
    request(NOON);
    start_request(NOON);
    step.org = ofp_text_of("other");
    take();
    approve("M-1", NOON + HOUR);
    start_step(OFP_STEP_APPROVE, "M-2", NOON + HOUR);
    refused(OFP_CODE_TOO_MANY_LIVE, "there are as many live migrations as the policy allows "
                                    "(max_live: 1): complete or end one first");
    end("M-1", NOON + 2 * HOUR);
    approve("M-2", NOON + 2 * HOUR);
}
END_TEST

START_TEST(limit_of_an_org)
{
    use_policy(SHOP "migration: {max_live: 2, max_live_per_org: 1, approvers: [manager]}\n");
    request(NOON);
    start_request(NOON);
    step.to = ofp_text_of("edge");
    step.target_date = date_of("2027-06-30");
    take();
    approve("M-1", NOON + HOUR);
    start_step(OFP_STEP_APPROVE, "M-2", NOON + HOUR);
    refused(OFP_CODE_TOO_MANY_LIVE, "the org has as many live migrations as the policy allows "
                                    "(max_live_per_org: 1): complete or end one first");
    /* What has ended does not count, whether a sweep has seen it or not. */
    approve("M-2", YEAR_END);
}
END_TEST

START_TEST(limit_of_none)
{
    use_policy(SHOP "migration: {max_live: 0, approvers: [manager]}\n");
    request(NOON);
    start_step(OFP_STEP_APPROVE, "M-1", NOON + HOUR);
    refused(OFP_CODE_TOO_MANY_LIVE, "there are as many live migrations as the policy allows "
                                    "(max_live: 0): complete or end one first");
}
END_TEST

START_TEST(dates_of_an_extension)
{
    request(NOON);
    approve("M-1", NOON);
    start_step(OFP_STEP_EXTEND, "M-1", NOON + DAY);
    step.target_date = date_of("2026-11-20");
    refused(OFP_CODE_DATE_PAST, "the target date 2026-11-20 is in the past: today is 2026-11-21");
    step.target_date = date_of("2027-02-20");
    refused(OFP_CODE_DATE_TOO_FAR, "the target date 2027-02-20 is too far ahead: the last one "
                                   "allowed is 2027-02-19 (max_days: 90)");
    step.target_date = date_of("2026-12-31");
    refused(OFP_CODE_DATE_NOT_LATER, "the target date 2026-12-31 is not later than the present one "
                                     "of M-1, 2026-12-31");
    step.target_date = date_of("2027-01-01");
    take();
}
END_TEST

START_TEST(extensions_are_counted)
{
    request(NOON);
    approve("M-1", NOON);
    extend("M-1", "2027-01-01", NOON);
    extend("M-1", "2027-01-02", NOON);
    start_step(OFP_STEP_EXTEND, "M-1", NOON);
    step.target_date = date_of("2027-01-03");
    refused(OFP_CODE_TOO_MANY_EXTENSIONS,
            "M-1 was extended 2 times, and the policy allows 2 (max_extensions): request a new one "
            "when it has ended");
    use_policy(SHOP "migration: {approvers: [manager]}\n");
    take();
}
END_TEST

START_TEST(facts_about_somebody_else)
{
    request(NOON);
    approve("M-1", NOON);
    facts = ofp_facts_free(facts);
    expect_ok(ofp_facts_new(&facts, &error));
    start_step(OFP_STEP_END, "M-1", NOON + DAY);
    step.facts = facts;
    refused(OFP_CODE_FACTS_MISSING,
            "the facts say nothing about the org \"acme\": give its entitlements");
    start_step(OFP_STEP_COMPLETE, "M-1", NOON + DAY);
    step.outcome = OFP_OUTCOME_REACHED;
    step.facts = facts;
    refused(OFP_CODE_FACTS_MISSING,
            "the facts say nothing about the org \"acme\": give its entitlements");
    step.facts = NULL;
    take();
}
END_TEST

TCase *content_case(void)
{
    TCase *tests = tcase_create("content");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, unknown_names);
    tcase_add_test(tests, many_names_are_not_all_listed);
    tcase_add_test(tests, what_can_not_be_promised);
    tcase_add_test(tests, dates_of_a_request);
    tcase_add_test(tests, today_is_the_policys_today);
    tcase_add_test(tests, facts_are_needed);
    tcase_add_test(tests, only_customers_can_move);
    tcase_add_test(tests, the_best_level_counts);
    tcase_add_test(tests, one_at_a_time);
    tcase_add_test(tests, limit_of_all);
    tcase_add_test(tests, limit_of_an_org);
    tcase_add_test(tests, limit_of_none);
    tcase_add_test(tests, dates_of_an_extension);
    tcase_add_test(tests, extensions_are_counted);
    tcase_add_test(tests, facts_about_somebody_else);
    return tests;
}
