/* SPDX-License-Identifier: MIT */
/* A tag that stands for several things goes only when none of them needs it any more. */
#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

/* A migration of acme that is approved at once. */
static void promise(const char *id, const char *from, const char *to, const char *level)
{
    start_request(NOON);
    know("acme");
    entitle(from, "ultimate");
    know_it();
    step.from = ofp_text_of(from);
    step.to = ofp_text_of(to);
    step.level = ofp_text_of(level);
    take();
    approve(id, NOON);
}

START_TEST(another_live_migration_needs_it)
{
    promise("M-1", "desk", "cloud", "ultimate");
    promise("M-2", "desk", "edge", "ultimate");
    expect_actions("+shared_u, note");
    end("M-1", NOON + HOUR);
    expect_actions("-note");
    end("M-2", NOON + HOUR);
    expect_actions("-note, -shared_u unless edge ultimate");
}
END_TEST

START_TEST(one_that_has_ended_does_not_need_it)
{
    promise("M-1", "desk", "cloud", "ultimate");
    promise("M-2", "desk", "edge", "ultimate");
    extend("M-1", "2027-01-31", NOON);
    sweep(YEAR_END);
    expect_actions("-note");
    end("M-1", YEAR_END);
    expect_actions("-note, -shared_u unless cloud ultimate");
}
END_TEST

START_TEST(an_open_one_does_not_need_it)
{
    promise("M-1", "desk", "cloud", "ultimate");
    start_request(NOON);
    step.to = ofp_text_of("edge");
    step.level = ofp_text_of("ultimate");
    take();
    end("M-1", NOON + HOUR);
    expect_actions("-note, -shared_u unless cloud ultimate");
}
END_TEST

START_TEST(another_orgs_does_not_need_it)
{
    promise("M-1", "desk", "cloud", "ultimate");
    know("other");
    entitle("desk", "ultimate");
    know_it();
    start_request(NOON);
    step.org = ofp_text_of("other");
    step.level = ofp_text_of("ultimate");
    take();
    approve("M-2", NOON);
    end("M-1", NOON + HOUR);
    expect_actions("-note, -shared_u unless cloud ultimate");
}
END_TEST

/* From the edge to the cloud: both have the same tag. */
START_TEST(the_old_offering_needs_it_at_an_end)
{
    promise("M-1", "edge", "cloud", "ultimate");
    expect_actions("+shared_u, note");
    end("M-1", NOON + HOUR);
    expect_actions("-note");
}
END_TEST

START_TEST(the_new_offering_needs_it_at_a_completion)
{
    promise("M-1", "edge", "cloud", "ultimate");
    complete("M-1", NOON + HOUR);
    expect_actions("-note");
}
END_TEST

START_TEST(another_live_migration_needs_the_old_tag)
{
    promise("M-1", "desk", "edge", "ultimate");
    promise("M-2", "cloud", "desk", "standard");
    complete("M-2", NOON + HOUR);
    expect_actions("-note");
}
END_TEST

START_TEST(what_was_bought_needs_it_at_an_end)
{
    promise("M-1", "desk", "cloud", "ultimate");
    know("acme");
    entitle("edge", "ultimate");
    know_it();
    sweep(YEAR_END);
    expect_actions("-note");
}
END_TEST

START_TEST(what_was_bought_needs_it_at_a_completion)
{
    promise("M-1", "edge", "desk", "standard");
    know("acme");
    entitle("edge", "ultimate")->ends = YEAR_END;
    know_it();
    start_step(OFP_STEP_COMPLETE, "M-1", NOON + HOUR);
    step.outcome = OFP_OUTCOME_REACHED;
    step.facts = facts;
    const ofp_step completion = step;
    entitle("cloud", "ultimate");
    know_it();
    step = completion;
    take();
    expect_actions("-note");
}
END_TEST

/* Of the old offering, too, if it is at another level with the same tag. */
START_TEST(another_level_of_the_old_offering_needs_it)
{
    use_policy("{policy: p, levels: [free, standard, premium], unpaid: [free], priorities: [n], "
               "default_priority: n, offerings: {desk: {level_tags: {standard: desk_t, premium: "
               "desk_t}}, cloud: {}}, migration: {approvers: [manager]}}");
    request(NOON);
    approve("M-1", NOON);
    know("acme");
    entitle("desk", "premium")->ends = YEAR_END;
    know_it();
    start_step(OFP_STEP_COMPLETE, "M-1", NOON);
    step.outcome = OFP_OUTCOME_REACHED;
    step.facts = facts;
    const ofp_step completion = step;
    take();
    expect_actions("-note, -desk_t from 2026-12-31T23:00:00Z");
    know("acme");
    entitle("desk", "premium");
    know_it();
    request(NOON);
    approve("M-2", NOON);
    know("acme");
    entitle("desk", "premium")->ends = YEAR_END;
    entitle("desk", "standard");
    know_it();
    step = completion;
    step.migration = ofp_text_of("M-2");
    take();
    expect_actions("-note");
}
END_TEST

/* On hold it gives nothing. */
START_TEST(what_is_on_hold_does_not_need_it)
{
    promise("M-1", "desk", "cloud", "ultimate");
    know("acme");
    entitle("edge", "ultimate")->hold = true;
    know_it();
    sweep(YEAR_END);
    expect_actions("-note, -shared_u");
}
END_TEST

TCase *shared_case(void)
{
    TCase *tests = tcase_create("shared tags");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, another_live_migration_needs_it);
    tcase_add_test(tests, one_that_has_ended_does_not_need_it);
    tcase_add_test(tests, an_open_one_does_not_need_it);
    tcase_add_test(tests, another_orgs_does_not_need_it);
    tcase_add_test(tests, the_old_offering_needs_it_at_an_end);
    tcase_add_test(tests, the_new_offering_needs_it_at_a_completion);
    tcase_add_test(tests, another_live_migration_needs_the_old_tag);
    tcase_add_test(tests, what_was_bought_needs_it_at_an_end);
    tcase_add_test(tests, what_was_bought_needs_it_at_a_completion);
    tcase_add_test(tests, another_level_of_the_old_offering_needs_it);
    tcase_add_test(tests, what_is_on_hold_does_not_need_it);
    return tests;
}
