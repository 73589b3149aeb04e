/* SPDX-License-Identifier: MIT */
/* What the host shall do because of each step, and under which conditions. */
#include "cases.h"
#include "setting.h"

#define YEAR_END INT64_C(1798758000) /* 2027-01-01, 00:00 in Amsterdam */

static void make_live(void)
{
    request(NOON);
    approve("M-1", NOON + HOUR);
}

/* Forgets what is known, and knows acme anew, without anything. */
static void know_acme(void)
{
    know("acme");
    know_it();
}

static void end_with_facts(void)
{
    know_it();
    start_step(OFP_STEP_END, "M-1", NOON + DAY);
    step.facts = facts;
    take();
}

static void complete_with_facts(void)
{
    know_it();
    start_step(OFP_STEP_COMPLETE, "M-1", NOON + DAY);
    step.outcome = OFP_OUTCOME_REACHED;
    step.facts = facts;
    take();
}

START_TEST(an_action_has_all_that_the_host_needs)
{
    size_t count;
    make_live();
    const ofp_host_action *list = ofp_records_actions(answer, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(list[0].seq, 2);
    expect_text(list[0].migration, "M-1");
    expect_text(list[0].org, "acme");
    expect_text(list[0].tag, "cloud_p");
    ck_assert_ptr_null(list[0].text.data);
    ck_assert_ptr_null(list[0].owner.data);
    ck_assert_ptr_null(list[0].unless_offering.data);
    ck_assert_int_eq(list[0].not_before, OFP_INSTANT_NONE);
    ck_assert_int_eq(list[0].created_at, NOON + HOUR);
    ck_assert_int_eq(list[0].state, OFP_HOST_PENDING);
    expect_text(list[1].text, "note 2026-12-31");
    ck_assert_ptr_null(list[1].tag.data);
    ck_assert_str_ne(list[0].key.data, list[1].key.data);
    ck_assert_str_eq(outbox(NOON + HOUR), "ask, +cloud_p, note");
}
END_TEST

START_TEST(with_notes_only)
{
    use_policy(SHOP "migration: {realise: note, approvers: [manager]}\n");
    make_live();
    expect_actions("note");
    complete("M-1", NOON + DAY);
    expect_actions("-note");
}
END_TEST

START_TEST(a_level_without_a_tag)
{
    start_request(NOON);
    step.to = ofp_text_of("edge");
    step.level = ofp_text_of("standard");
    take();
    approve("M-1", NOON);
    expect_actions("note");
    end("M-1", NOON);
    expect_actions("-note");
}
END_TEST

START_TEST(an_approval_wants_its_tag_back)
{
    make_live();
    end("M-1", NOON + DAY);
    ck_assert_str_eq(outbox(NOON + DAY),
                     "ask, +cloud_p, note, -note, -cloud_p unless cloud premium");
    start_request(NOON + DAY);
    take();
    approve("M-2", NOON + DAY + HOUR);
    expect_actions("+cloud_p, note");
    ck_assert_str_eq(outbox(NOON + 2 * DAY), "ask, +cloud_p, note, -note, ask, +cloud_p, note");
    size_t count;
    look_up("M-1");
    ck_assert_int_eq(ofp_records_actions(seen(), &count)[4].state, OFP_HOST_WITHDRAWN);
    ck_assert_int_eq(ofp_records_actions(seen(), &count)[4].settled_at, NOON + DAY + HOUR);
}
END_TEST

/* Other tags, and other orgs' tags, are left alone. */
START_TEST(nothing_else_is_withdrawn)
{
    make_live();
    end("M-1", NOON + DAY);
    know("other");
    entitle("desk", "premium");
    know_it();
    start_request(NOON + DAY);
    step.org = ofp_text_of("other");
    take();
    approve("M-2", NOON + DAY);
    start_request(NOON + DAY);
    step.level = ofp_text_of("standard");
    take();
    approve("M-3", NOON + DAY);
    ck_assert_ptr_nonnull(strstr(outbox(NOON + DAY), "-cloud_p unless cloud premium"));
}
END_TEST

START_TEST(an_end_when_the_org_has_bought_it)
{
    make_live();
    know_acme();
    entitle("cloud", "premium");
    end_with_facts();
    expect_actions("-note");
}
END_TEST

/* The facts settle it at once. */
START_TEST(an_end_when_the_org_has_not_bought_it)
{
    make_live();
    know_acme();
    entitle("desk", "premium");
    entitle("cloud", "standard");
    entitle("cloud", "ultimate");
    entitle("cloud", "premium")->hold = true;
    entitle("cloud", "premium")->ends = NOON + DAY;
    entitle("cloud", "premium")->starts = NOON + DAY + 1;
    end_with_facts();
    expect_actions("-note, -cloud_p");
}
END_TEST

START_TEST(a_completion_when_the_old_one_has_an_end)
{
    make_live();
    know_acme();
    entitle("desk", "premium")->ends = YEAR_END;
    entitle("desk", "premium")->ends = YEAR_END + DAY;
    entitle("desk", "ultimate")->ends = NOON + DAY;
    entitle("desk", "free");
    entitle("cloud", "premium");
    complete_with_facts();
    expect_actions("-note, -desk_p from 2027-01-01T23:00:00Z");
}
END_TEST

START_TEST(a_completion_when_the_old_one_has_none)
{
    make_live();
    know_acme();
    entitle("desk", "standard");
    entitle("desk", "ultimate")->ends = YEAR_END;
    complete_with_facts();
    expect_actions("-note, -desk_u unless desk ultimate");
}
END_TEST

START_TEST(a_completion_when_the_old_one_is_over)
{
    make_live();
    know_acme();
    entitle("desk", "premium")->ends = NOON + DAY;
    entitle("desk", "free");
    entitle("cloud", "premium");
    complete_with_facts();
    expect_actions("-note, -desk_p");
}
END_TEST

/* What is on hold, or comes later, is still a reason for the tag. */
START_TEST(a_completion_when_the_old_one_goes_on_later)
{
    make_live();
    know_acme();
    entitle("desk", "premium")->hold = true;
    complete_with_facts();
    expect_actions("-note, -desk_p unless desk premium");
    request(NOON + 2 * DAY);
    approve("M-2", NOON + 2 * DAY);
    know_acme();
    ofp_entitlement *later = entitle("desk", "standard");
    later->starts = YEAR_END;
    later->ends = YEAR_END + DAY;
    know_it();
    start_step(OFP_STEP_COMPLETE, "M-2", NOON + 2 * DAY);
    step.outcome = OFP_OUTCOME_NOT_REACHED;
    step.facts = facts;
    take();
    expect_actions("-note, -desk_s from 2027-01-01T23:00:00Z");
}
END_TEST

START_TEST(texts_speak_of_the_migration)
{
    size_t count;
    use_policy(SHOP
               "migration:\n  approvers: [manager]\n  messages: {ops_request: "
               "'{org}|{org_name}|{offering}|{level}|{current_offering}|{current_level}|"
               "{target_date}|{migration}|{owner}|{reason}|{evidence}|{ticket}|{priority}'}\n");
    start_request(NOON);
    step.reason = ofp_text_of("so {org}\nsaid");
    step.to = ofp_text_of("edge");
    take();
    expect_text(ofp_records_actions(answer, &count)->text,
                "acme|\xE2\x80\x93|edge|premium|The Desk|premium|2026-12-31|M-1|kim|so {org} said|"
                "\xE2\x80\x93|\xE2\x80\x93|\xE2\x80\x93");
}
END_TEST

START_TEST(texts_have_the_orgs_name)
{
    size_t count;
    ofp_request named = OFP_REQUEST_INIT;
    const ofp_entitlement desk = {
        .offering = 0, .level = 1, .starts = OFP_INSTANT_NONE, .ends = OFP_INSTANT_NONE};
    use_policy(SHOP "migration: {approvers: [manager], messages: {ops_request: '{org_name}'}}\n");
    named.has_org = true;
    named.org = ofp_text_of("acme");
    named.org_name = ofp_text_of("Acme Ltd");
    named.entitlements = &desk;
    named.entitlement_count = 1;
    start_request(NOON);
    expect_ok(ofp_facts_add(facts, policy, &named, &error));
    expect_text(take()->org_name, "Acme Ltd");
    expect_text(ofp_records_actions(answer, &count)->text, "Acme Ltd");
}
END_TEST

TCase *actions_case(void)
{
    TCase *tests = tcase_create("actions");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, an_action_has_all_that_the_host_needs);
    tcase_add_test(tests, with_notes_only);
    tcase_add_test(tests, a_level_without_a_tag);
    tcase_add_test(tests, an_approval_wants_its_tag_back);
    tcase_add_test(tests, nothing_else_is_withdrawn);
    tcase_add_test(tests, an_end_when_the_org_has_bought_it);
    tcase_add_test(tests, an_end_when_the_org_has_not_bought_it);
    tcase_add_test(tests, a_completion_when_the_old_one_has_an_end);
    tcase_add_test(tests, a_completion_when_the_old_one_has_none);
    tcase_add_test(tests, a_completion_when_the_old_one_is_over);
    tcase_add_test(tests, a_completion_when_the_old_one_goes_on_later);
    tcase_add_test(tests, texts_speak_of_the_migration);
    tcase_add_test(tests, texts_have_the_orgs_name);
    return tests;
}
