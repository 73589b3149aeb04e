/* SPDX-License-Identifier: MIT */
/* Who may do what. */
#include "cases.h"
#include "setting.h"

static void make_open(void)
{
    request(NOON);
}

static void make_live(void)
{
    request(NOON);
    approve("M-1", NOON + HOUR);
}

/* A step by somebody; what only some kinds need is there. */
static void start_by(ofp_step_kind kind, const char *actor, const char *role)
{
    start_step(kind, "M-1", NOON + DAY);
    step.actor = ofp_text_of(actor);
    step.role = ofp_text_of(role);
    if (kind == OFP_STEP_EXTEND)
        step.target_date = date_of("2027-01-31");
    if (kind == OFP_STEP_COMPLETE)
        step.outcome = OFP_OUTCOME_REACHED;
}

static const struct {
    ofp_step_kind kind;
    void (*make)(void);
    const char *refusal;
} for_approvers[] = {
    {OFP_STEP_APPROVE, make_open,
     "only somebody in the role manager or director may approve M-1; al gave no role"},
    {OFP_STEP_REFUSE, make_open,
     "only somebody in the role manager or director may refuse M-1; al gave no role"},
    {OFP_STEP_EXTEND, make_live,
     "only somebody in the role manager or director may extend M-1; al gave no role"},
    {OFP_STEP_END, make_live,
     "only somebody in the role manager or director may end M-1; al gave no role"},
    {OFP_STEP_CANCEL, make_open,
     "only bo, who requested it, or somebody in the role manager or director may cancel M-1; al "
     "gave no role"},
};

START_TEST(only_approvers)
{
    for_approvers[_i].make();
    start_by(for_approvers[_i].kind, "al", NULL);
    refused(OFP_CODE_ROLE_NOT_ALLOWED, for_approvers[_i].refusal);
    start_by(for_approvers[_i].kind, "al", "director");
    take();
}
END_TEST

START_TEST(another_role)
{
    make_open();
    start_by(OFP_STEP_REFUSE, "al", "Manager");
    refused(OFP_CODE_ROLE_NOT_ALLOWED,
            "only somebody in the role manager or director may refuse M-1; al is here as Manager");
}
END_TEST

START_TEST(everybody_may_complete)
{
    make_live();
    start_by(OFP_STEP_COMPLETE, "al", NULL);
    take();
}
END_TEST

START_TEST(who_requested_may_cancel)
{
    make_open();
    start_by(OFP_STEP_CANCEL, "bo", NULL);
    take();
}
END_TEST

START_TEST(nobody_approves_their_own_request)
{
    make_open();
    start_by(OFP_STEP_APPROVE, "bo", "manager");
    refused(OFP_CODE_SELF_APPROVAL, "bo requested M-1 and can't approve it: somebody else must");
    /* Their role is asked first. */
    start_by(OFP_STEP_APPROVE, "bo", NULL);
    refused(OFP_CODE_ROLE_NOT_ALLOWED,
            "only somebody in the role manager or director may approve M-1; bo gave no role");
}
END_TEST

START_TEST(but_may_refuse_it_and_extend_it)
{
    make_open();
    start_by(OFP_STEP_REFUSE, "bo", "manager");
    take();
    make_open();
    approve("M-2", NOON + HOUR);
    start_by(OFP_STEP_EXTEND, "bo", "manager");
    step.migration = ofp_text_of("M-2");
    take();
}
END_TEST

START_TEST(unless_the_policy_says_so)
{
    make_open();
    use_policy(SHOP "migration: {approvers: [manager], self_approval: true}\n");
    start_by(OFP_STEP_APPROVE, "bo", "manager");
    take();
}
END_TEST

START_TEST(without_approvers_nobody_decides)
{
    make_open();
    use_policy(SHOP);
    start_by(OFP_STEP_APPROVE, "mia", "manager");
    refused(OFP_CODE_ROLE_NOT_ALLOWED,
            "only an approver (the policy names none) may approve M-1; mia is here as manager");
    start_by(OFP_STEP_CANCEL, "mia", "manager");
    refused(OFP_CODE_ROLE_NOT_ALLOWED,
            "only bo, who requested it, or an approver (the policy names none) may cancel M-1; mia "
            "is here as manager");
    start_by(OFP_STEP_CANCEL, "bo", NULL);
    take();
}
END_TEST

START_TEST(many_roles_are_not_all_named)
{
    make_open();
    use_policy(SHOP "migration: {approvers: [a, b, c, d, e, f, g, h, i, j, k, l, m, n]}\n");
    start_by(OFP_STEP_REFUSE, "mia", "manager");
    refused(OFP_CODE_ROLE_NOT_ALLOWED,
            "only somebody in the role a, b, c, d, e, f, g, h, i, j, k, l or 2 other roles may "
            "refuse M-1; mia is here as manager");
    step.role = ofp_text_of("n");
    take();
}
END_TEST

TCase *rights_case(void)
{
    TCase *tests = tcase_create("rights");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_loop_test(tests, only_approvers, 0, sizeof for_approvers / sizeof *for_approvers);
    tcase_add_test(tests, another_role);
    tcase_add_test(tests, everybody_may_complete);
    tcase_add_test(tests, who_requested_may_cancel);
    tcase_add_test(tests, nobody_approves_their_own_request);
    tcase_add_test(tests, but_may_refuse_it_and_extend_it);
    tcase_add_test(tests, unless_the_policy_says_so);
    tcase_add_test(tests, without_approvers_nobody_decides);
    tcase_add_test(tests, many_roles_are_not_all_named);
    return tests;
}
