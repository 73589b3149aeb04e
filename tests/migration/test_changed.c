/* SPDX-License-Identifier: MIT */
/* The policy has changed between two steps: what was promised stays. */
#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

/* The shop of the other tests with other rules for migrations. */
#define RULES(text) SHOP "migration: {approvers: [manager], " text "}\n"

/* The same shop on the other side of the world, nine hours behind. */
#define MOVED(text) \
    "policy: moved\n" \
    "time_zone: America/Los_Angeles\n" \
    "levels: [free, standard, premium, ultimate]\n" \
    "unpaid: [free]\n" \
    "priorities: [normal]\n" \
    "default_priority: normal\n" \
    "offerings: {desk: {}, cloud: {level_tags: {premium: new_p}}}\n" \
    "migration: {approvers: [manager], " text "}\n"

static void make_live(void)
{
    request(NOON);
    approve("M-1", NOON);
}

START_TEST(ends_are_fixed_anew_by_each_step)
{
    ck_assert_int_eq(request(NOON)->ends_at, YEAR_END);
    use_policy(MOVED("grace_days: 1, memory_days: 2"));
    const ofp_migration_record *record = approve("M-1", NOON);
    ck_assert_int_eq(record->ends_at, YEAR_END + 9 * HOUR + DAY);
    ck_assert_int_eq(record->forgotten_at, YEAR_END + 9 * HOUR + 3 * DAY);
    expect_text(record->policy, "moved");
    ck_assert_ptr_null(record->policy_revision.data);
    ck_assert_str_eq(record->policy_digest.data, ofp_policy_digest(policy));
    expect_actions("+new_p, note");
}
END_TEST

/* Until a step is taken nothing moves. */
START_TEST(a_promise_does_not_move)
{
    make_live();
    use_policy(MOVED("grace_days: 100"));
    sweep(YEAR_END - 1);
    expect_events("remind M-1");
    ck_assert_int_eq(look_up("M-1")->ends_at, YEAR_END);
    sweep(YEAR_END);
    expect_events("expire M-1");
    expect_actions("-note, -cloud_p unless cloud premium");
}
END_TEST

START_TEST(an_extension_never_shortens)
{
    use_policy(RULES("grace_days: 60, memory_days: 100"));
    make_live();
    use_policy(RULES("memory_days: 1"));
    const ofp_migration_record *record = extend("M-1", "2027-01-10", NOON);
    ck_assert_int_eq(record->ends_at, YEAR_END + 60 * DAY);
    ck_assert_int_eq(record->forgotten_at, instant_of("2027-06-10T00:00:00+02:00"));
    expect_text(record->policy, "shop");
    record = extend("M-1", "2027-06-30", NOON);
    ck_assert_int_eq(record->ends_at, instant_of("2027-07-01T00:00:00+02:00"));
    ck_assert_int_eq(record->forgotten_at, instant_of("2027-07-02T00:00:00+02:00"));
}
END_TEST

START_TEST(within_its_grace_a_date_that_has_passed_can_be_extended)
{
    use_policy(RULES("grace_days: 10"));
    make_live();
    start_step(OFP_STEP_EXTEND, "M-1", YEAR_END + 5 * DAY);
    step.target_date = date_of("2027-01-05");
    refused(OFP_CODE_DATE_PAST, "the target date 2027-01-05 is in the past: today is 2027-01-06");
    step.target_date = date_of("2027-01-06");
    take();
}
END_TEST

START_TEST(an_approval_of_what_would_have_ended)
{
    use_policy(RULES("grace_days: 10"));
    request(NOON);
    use_policy(RULES("grace_days: 1"));
    start_step(OFP_STEP_APPROVE, "M-1", YEAR_END + DAY);
    refused(OFP_CODE_STATE_NOT_ALLOWED,
            "by this policy a migration with the target date 2026-12-31 has ended already");
    step.at--;
    take();
}
END_TEST

#define WITHOUT(levels, unpaid, offerings) \
    "{policy: p, levels: " levels ", unpaid: " unpaid ", priorities: [n], default_priority: n, " \
    "offerings: " offerings ", migration: {approvers: [manager]}}"

static const struct {
    const char *policy, *refusal;
} without[] = {
    {WITHOUT("[free, premium]", "[free]", "{desk: {}}"),
     "M-1 promises \"cloud\" at level \"premium\", but the policy does not know that offering"},
    {WITHOUT("[free, standard]", "[free]", "{desk: {}, cloud: {}}"),
     "M-1 promises \"cloud\" at level \"premium\", but the policy does not know that level"},
    {WITHOUT("[free, premium, more]", "[free, premium]", "{desk: {}, cloud: {}}"),
     "M-1 promises \"cloud\" at level \"premium\", but by the policy nobody pays for that level"},
};

START_TEST(what_the_policy_lacks_can_not_be_promised)
{
    request(NOON);
    use_policy(without[_i].policy);
    start_step(OFP_STEP_APPROVE, "M-1", NOON);
    refused(OFP_CODE_POLICY_LACKS_NAME, without[_i].refusal);
    /* But it can be refused. */
    start_step(OFP_STEP_REFUSE, "M-1", NOON);
    take();
}
END_TEST

START_TEST(what_the_policy_lacks_can_not_be_extended)
{
    make_live();
    use_policy(without[_i].policy);
    start_step(OFP_STEP_EXTEND, "M-1", NOON);
    step.target_date = date_of("2027-01-31");
    refused(OFP_CODE_POLICY_LACKS_NAME, without[_i].refusal);
    /* But it can be ended, and takes its tag with it. */
    end("M-1", NOON);
    expect_actions("-note, -cloud_p unless cloud premium");
}
END_TEST

/* What it moves from need not be known any more. */
START_TEST(the_old_offering_is_gone)
{
    size_t count;
    request(NOON);
    use_policy("{policy: p, levels: [free, premium], unpaid: [free], priorities: [n], "
               "default_priority: n, offerings: {cloud: {title: Clouds}}, migration: {approvers: "
               "[manager], messages: {org_note: '{current_offering} to {offering}'}}}");
    approve("M-1", NOON);
    expect_actions("note");
    expect_text(ofp_records_actions(answer, &count)->text, "desk to Clouds");
    complete("M-1", NOON);
    expect_actions("-note");
}
END_TEST

START_TEST(tags_that_were_put_on_go_whatever_the_policy_says)
{
    make_live();
    use_policy(RULES("realise: note"));
    end("M-1", NOON);
    expect_actions("-note, -cloud_p unless cloud premium");
}
END_TEST

START_TEST(tags_that_were_never_put_on_stay)
{
    use_policy(RULES("realise: note"));
    make_live();
    use_policy(RULES("realise: org_tag"));
    end("M-1", NOON);
    expect_actions("-note");
}
END_TEST

/* Facts can't speak of an offering that their policy does not know. */
START_TEST(facts_of_a_policy_that_lacks_the_offering)
{
    make_live();
    use_policy(without[0].policy);
    know("acme");
    entitle("desk", "premium");
    know_it();
    sweep(YEAR_END);
    expect_actions("-note, -cloud_p unless cloud premium");
}
END_TEST

START_TEST(facts_of_another_policy)
{
    static const char refusal[] =
        "the facts were made with another policy: their indexes mean other things";
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    ofp_policy *other = NULL, *same = NULL;
    start_request(NOON);
    expect_ok(ofp_policy_parse(ofp_text_of(RULES("max_days: 3650")), &options, &other, &error));
    expect_ok(ofp_policy_parse(ofp_text_of(SHOP PLAIN), &options, &same, &error));
    ofp_policy *first = policy;
    policy = other;
    refused(OFP_CODE_MISUSE, refusal);
    ofp_sweep how = OFP_SWEEP_INIT;
    how.at = NOON;
    how.facts = facts;
    expect_failure(ofp_sweep_run(&how, store, policy, &answer, &error), OFP_CODE_MISUSE);
    /* Loaded twice it is the same. */
    policy = same;
    take();
    policy = first;
    ofp_policy_unref(other);
    ofp_policy_unref(same);
}
END_TEST

TCase *changed_case(void)
{
    TCase *tests = tcase_create("changed policy");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, ends_are_fixed_anew_by_each_step);
    tcase_add_test(tests, a_promise_does_not_move);
    tcase_add_test(tests, an_extension_never_shortens);
    tcase_add_test(tests, within_its_grace_a_date_that_has_passed_can_be_extended);
    tcase_add_test(tests, an_approval_of_what_would_have_ended);
    tcase_add_loop_test(tests, what_the_policy_lacks_can_not_be_promised, 0, 3);
    tcase_add_loop_test(tests, what_the_policy_lacks_can_not_be_extended, 0, 3);
    tcase_add_test(tests, the_old_offering_is_gone);
    tcase_add_test(tests, tags_that_were_put_on_go_whatever_the_policy_says);
    tcase_add_test(tests, tags_that_were_never_put_on_stay);
    tcase_add_test(tests, facts_of_a_policy_that_lacks_the_offering);
    tcase_add_test(tests, facts_of_another_policy);
    return tests;
}
