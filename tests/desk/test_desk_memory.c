/* SPDX-License-Identifier: MIT */
/* Every allocation fails once; and once all has grown, none is needed. */
#include "allocations.h"
#include "desk_setting.h"

enum { ROUNDS = 50 };

/* Makes a desk, decides twice in one look and compares. @return the first failure */
static ofp_status work(bool *retanswered, ofp_error **reterr)
{
    const ofp_desk_options options = {.size = sizeof options, .log = true, .log_texts = true};
    ofp_desk *made = NULL;
    ofp_buffer *buffer = NULL;
    const ofp_decision *answer = NULL;
    const ofp_logged_decision logged = {.decision = {"{\"actions\":[]}", 14}};
    bool same;
    ofp_status status = ofp_desk_new(store, policy, &options, &made, reterr);
    if (!status)
        status = ofp_buffer_new(&buffer, reterr);
    if (!status)
        status = ofp_desk_begin(made, reterr);
    for (int i = 0; !status && i < 2; i++)
        status = ofp_desk_decide(made, &request, &answer, reterr);
    if (made)
        ofp_desk_end(made);
    *retanswered = answer;
    if (!status)
        status = ofp_desk_flush(made, reterr);
    if (!status)
        status = ofp_desk_compare(made, &logged, answer, buffer, &same, reterr);
    ofp_buffer_free(buffer);
    ofp_desk_free(made);
    return status;
}

static int64_t count_logged(void)
{
    ofp_store_stats stats = {.size = sizeof stats};
    expect_ok(ofp_store_get_stats(other, NOW, &stats, &error));
    return stats.decisions;
}

START_TEST(survives_each_failed_allocation)
{
    put_status(OFP_MIGRATION_APPROVED);
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_error *error = NULL;
        bool answered;
        const int64_t before = count_logged();
        allocations_fail_after(allowed);
        status = work(&answered, &error);
        allocations_allow();
        ck_assert_int_eq(error ? ofp_error_status(error) : OFP_STATUS_OK, status);
        ofp_error_free(error);
        /* Both or none; none without an answer. */
        const int64_t logged = count_logged() - before;
        ck_assert_msg(logged == 0 || (logged == 2 && answered), "%d rows", (int)logged);
        ck_assert_uint_lt(allowed, 1000);
    }
    ck_assert_int_eq(status, OFP_STATUS_OK);
    ck_assert_uint_gt(allowed, 10);
}
END_TEST

/* Decides often. Check's own assertions would allocate. @return did all work? */
static bool decide_often(void)
{
    bool works = true;
    for (int i = 0; i < ROUNDS; i++) {
        works &= ofp_desk_begin(desk, NULL) == OFP_STATUS_OK;
        works &= ofp_desk_decide(desk, &request, &decision, NULL) == OFP_STATUS_OK;
        works &= ofp_desk_decide(desk, &request, &decision, NULL) == OFP_STATUS_OK;
        ofp_desk_end(desk);
        works &= ofp_desk_flush(desk, NULL) == OFP_STATUS_OK;
        works &= ofp_desk_decide(desk, &request, &decision, NULL) == OFP_STATUS_OK;
    }
    return works;
}

START_TEST(allocates_nothing_once_it_has_grown)
{
    for (int i = 0; i < 3; i++)
        put_status(OFP_MIGRATION_APPROVED);
    for (int log = 0; log < 2; log++) {
        open_desk(log, log);
        bool works = decide_often();
        allocations_allow();
        works &= decide_often();
        const size_t asked = allocations_count();
        ck_assert(works);
        ck_assert_uint_eq(asked, 0);
    }
}
END_TEST

TCase *desk_memory_case(void)
{
    TCase *tests = tcase_create("memory");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, survives_each_failed_allocation);
    tcase_add_test(tests, allocates_nothing_once_it_has_grown);
    return tests;
}
