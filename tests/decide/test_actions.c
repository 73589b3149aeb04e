/* SPDX-License-Identifier: MIT */
/* What the host shall do: tags first, then words. */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
}

#define CARRY_ALL() \
    CARRY("mine", "edge_u", "focus_cloud", "cloud_u", "cloud_s", "desk_u", "focus_desk", \
          "cloud_p", "desk_s", "desk_p")

START_TEST(an_entitled_ticket_has_one_level_tag)
{
    entitle("cloud", "premium");
    entitle("desk", "ultimate");
    expect_actions("+cloud_p +focus_cloud");
    CARRY("cloud_p", "focus_cloud", "mine");
    expect_actions("");
    CARRY("cloud_s", "focus_desk");
    expect_actions("-cloud_s -focus_desk +cloud_p +focus_cloud");
    CARRY_ALL();
    expect_actions("-desk_s -desk_p -desk_u -cloud_s -cloud_u -edge_u -focus_desk");
}
END_TEST

START_TEST(a_migrated_ticket_too)
{
    entitle("desk", "premium");
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    CARRY("desk_p", "cloud_p");
    expect_actions("-desk_p -cloud_p +cloud_s +focus_cloud note");
}
END_TEST

START_TEST(an_offering_may_lack_a_tag)
{
    about("edge");
    entitle("edge", "standard"); /* edge has a tag for ultimate only, and no focus tag */
    CARRY_ALL();
    expect_actions("-desk_s -desk_p -desk_u -cloud_s -cloud_p -cloud_u -edge_u -focus_desk "
                   "-focus_cloud");
    CARRY("mine");
    expect_actions("");
}
END_TEST

START_TEST(other_tickets_keep_what_the_org_has)
{
    CARRY_ALL();
    entitle("desk", "premium");
    entitle("desk", "ultimate")->hold = true;
    entitle("desk", "standard")->ends = NOW;
    entitle("edge", "ultimate");
    expect_actions("-desk_s -desk_u -cloud_s -cloud_p -cloud_u -focus_desk reply note");
    migrate("m1", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    migrate("m2", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_actions("-desk_s -desk_u -cloud_s -cloud_p -cloud_u -focus_desk note");
}
END_TEST

START_TEST(live_migrations_elsewhere_keep_their_tags)
{
    CARRY_ALL();
    entitle("desk", "premium");
    migrate("m1", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_actions("-desk_s -desk_u -cloud_s -cloud_p -cloud_u -focus_desk reply note");
    request.migration_count = 0;
    migrate("m0", "edge", "premium", "2026-12-31", OFP_MIGRATION_CANCELLED);
    migrate("m1", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_actions("-desk_s -desk_u -cloud_s -cloud_p -cloud_u -focus_desk reply note");
    request.migration_count = 0;
    migrate("m1", "edge", "ultimate", "2026-11-19", OFP_MIGRATION_APPROVED);
    expect_actions("-desk_s -desk_u -cloud_s -cloud_p -cloud_u -edge_u -focus_desk reply note");
}
END_TEST

START_TEST(nothing_is_added_to_other_tickets_but_the_focus)
{
    entitle("desk", "premium");
    expect_actions("+focus_cloud reply note");
    clear_request();
    about("cloud");
    expect_actions("+focus_cloud");
    clear_request();
    about("edge");
    expect_actions("");
}
END_TEST

START_TEST(unsure_changes_no_tags)
{
    CARRY_ALL();
    request.offering = OFP_NONE;
    expect_actions("note");
    request.has_org = false;
    expect_actions("note");
    about("cloud");
    expect_actions("note");
}
END_TEST

START_TEST(a_tag_that_is_carried_twice_goes_once)
{
    CARRY("desk_s", "desk_s", "focus_desk", "focus_desk", "cloud_p", "cloud_p");
    entitle("cloud", "premium");
    expect_actions("-desk_s -focus_desk +focus_cloud");
}
END_TEST

START_TEST(tags_are_compared_whole)
{
    CARRY("desk", "desk_", "desk_s ", "DESK_S", "cloud_pp");
    entitle("cloud", "premium");
    expect_actions("+cloud_p +focus_cloud");
    request.org_tag_count = 0;
    carry_org_tag("cloud_p"); /* the org's tags are not the ticket's */
    expect_actions("+cloud_p +focus_cloud");
}
END_TEST

START_TEST(each_verdict_has_its_words)
{
    entitle("cloud", "premium");
    CARRY("cloud_p", "focus_cloud");
    expect_actions("");
    request.entitlements = (const ofp_entitlement[]){{.offering = offering_of("cloud"),
                                                      .level = level_of("premium"),
                                                      .starts = NOW + 1,
                                                      .ends = OFP_INSTANT_NONE}};
    CARRY("focus_cloud");
    expect_actions("note"); /* upcoming */
    clear_request();
    about("cloud");
    CARRY("focus_cloud");
    expect_actions(""); /* unpaid */
    entitle("desk", "premium")->ends = NOW;
    expect_actions("note"); /* lapsed */
    entitle("desk", "premium")->hold = true;
    expect_actions("note"); /* on_hold */
    entitle("desk", "premium");
    expect_actions("reply note"); /* migration_offer */
    migrate("m1", "cloud", "premium", "2026-11-19", OFP_MIGRATION_APPROVED);
    expect_actions("note"); /* migration_expired */
    migrate("m2", "cloud", "premium", "2026-12-31", OFP_MIGRATION_REFUSED);
    expect_actions("note"); /* migration_refused */
    migrate("m3", "cloud", "premium", "2026-12-31", OFP_MIGRATION_REQUESTED);
    expect_actions("note"); /* migration_pending */
}
END_TEST

START_TEST(actions_have_names)
{
    ck_assert_str_eq(ofp_action_kind_name(OFP_ACTION_REMOVE_TAG), "ticket.remove_tag");
    ck_assert_str_eq(ofp_action_kind_name(OFP_ACTION_ADD_TAG), "ticket.add_tag");
    ck_assert_str_eq(ofp_action_kind_name(OFP_ACTION_PUBLIC_REPLY), "ticket.public_reply");
    ck_assert_str_eq(ofp_action_kind_name(OFP_ACTION_INTERNAL_NOTE), "ticket.internal_note");
    ck_assert_ptr_null(ofp_action_kind_name((ofp_action_kind)4));
    ck_assert_ptr_null(ofp_action_kind_name((ofp_action_kind)-1));
}
END_TEST

TCase *actions_case(void)
{
    TCase *tests = tcase_create("actions");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, an_entitled_ticket_has_one_level_tag);
    tcase_add_test(tests, a_migrated_ticket_too);
    tcase_add_test(tests, an_offering_may_lack_a_tag);
    tcase_add_test(tests, other_tickets_keep_what_the_org_has);
    tcase_add_test(tests, live_migrations_elsewhere_keep_their_tags);
    tcase_add_test(tests, nothing_is_added_to_other_tickets_but_the_focus);
    tcase_add_test(tests, unsure_changes_no_tags);
    tcase_add_test(tests, a_tag_that_is_carried_twice_goes_once);
    tcase_add_test(tests, tags_are_compared_whole);
    tcase_add_test(tests, each_verdict_has_its_words);
    tcase_add_test(tests, actions_have_names);
    return tests;
}
