/* SPDX-License-Identifier: MIT */
/* One look at the store for many decisions. */
#include <sys/wait.h>
#include <unistd.h>

#include "connection.h"
#include "desk_setting.h"

START_TEST(all_decisions_see_the_same_moment)
{
    expect_ok(ofp_desk_begin(desk, &error));
    /* Before the first decision, too: the moment is that of the begin. */
    put_status(OFP_MIGRATION_APPROVED);
    expect_verdict("migration_offer", "premium");
    expect_verdict("migration_offer", "premium");
    ofp_desk_end(desk);
    expect_verdict("migration", "ultimate");
}
END_TEST

START_TEST(a_new_look_sees_what_is_new)
{
    for (int i = 0; i < 3; i++) {
        expect_ok(ofp_desk_begin(desk, &error));
        expect_verdict(i ? "migration" : "migration_offer", i ? "ultimate" : "premium");
        ofp_desk_end(desk);
        put_status(OFP_MIGRATION_APPROVED);
    }
}
END_TEST

START_TEST(begin_and_end_need_not_fit)
{
    ofp_desk_end(desk);
    expect_ok(ofp_desk_begin(desk, &error));
    expect_ok(ofp_desk_begin(desk, &error));
    expect_verdict("migration_offer", "premium");
    ofp_desk_end(desk);
    ofp_desk_end(desk);
    ck_assert(!store->held);
    /* A desk that goes takes its look with it. */
    expect_ok(ofp_desk_begin(desk, &error));
    desk = ofp_desk_free(desk);
    ck_assert(!store->held);
}
END_TEST

START_TEST(a_refusal_does_not_end_it)
{
    ofp_migration_record record = make_migration();
    record.level = ofp_text_of("platinum");
    put(&record);
    expect_ok(ofp_desk_begin(desk, &error));
    for (int i = 0; i < 2; i++)
        expect_failure(ofp_desk_decide(desk, &request, &decision, &error),
                       OFP_CODE_POLICY_LACKS_NAME);
    request.org = ofp_text_of("other");
    put_status(OFP_MIGRATION_APPROVED);
    expect_verdict("migration_offer", "premium");
    ofp_desk_end(desk);
}
END_TEST

START_TEST(another_process_needs_its_own)
{
    const pid_t child = fork();
    if (child == 0) {
        ofp_error *error = NULL;
        const ofp_status decided = ofp_desk_decide(desk, &request, &decision, &error);
        const bool named = error && ofp_error_first(error)->code == OFP_CODE_STORE_FORKED;
        ofp_error_free(error);
        const ofp_status begun = ofp_desk_begin(desk, NULL);
        _exit(decided == OFP_STATUS_MISUSE && begun == OFP_STATUS_MISUSE && named ? 0 : 1);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    expect_verdict("migration_offer", "premium");
}
END_TEST

TCase *desk_hold_case(void)
{
    TCase *tests = tcase_create("one look at the store");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, all_decisions_see_the_same_moment);
    tcase_add_test(tests, a_new_look_sees_what_is_new);
    tcase_add_test(tests, begin_and_end_need_not_fit);
    tcase_add_test(tests, a_refusal_does_not_end_it);
    tcase_add_test(tests, another_process_needs_its_own);
    return tests;
}
