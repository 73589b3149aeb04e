/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cases.h"
#include "expect.h"
#include "record_table.h"
#include "record_words.h"

START_TEST(names_what_there_is)
{
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_OPEN), "open");
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_LIVE), "live");
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_REFUSED), "refused");
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_COMPLETED), "completed");
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_CANCELLED), "cancelled");
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_ENDED), "ended");
    ck_assert_str_eq(ofp_migration_state_name(OFP_MIGRATION_IS_MISSED), "missed");
    ck_assert_str_eq(ofp_outcome_name(OFP_OUTCOME_REACHED), "reached");
    ck_assert_str_eq(ofp_outcome_name(OFP_OUTCOME_NOT_REACHED), "not_reached");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_REQUEST), "request");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_APPROVE), "approve");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_REFUSE), "refuse");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_EXTEND), "extend");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_END), "end");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_COMPLETE), "complete");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_CANCEL), "cancel");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_EXPIRE), "expire");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_REMIND), "remind");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_CREATE), "create");
    ck_assert_str_eq(ofp_event_kind_name(OFP_EVENT_PRUNE_LOG), "prune_log");
    ck_assert_str_eq(ofp_host_action_kind_name(OFP_HOST_ADD_TAG), "org.add_tag");
    ck_assert_str_eq(ofp_host_action_kind_name(OFP_HOST_REMOVE_TAG), "org.remove_tag");
    ck_assert_str_eq(ofp_host_action_kind_name(OFP_HOST_ADD_NOTE), "org.add_note");
    ck_assert_str_eq(ofp_host_action_kind_name(OFP_HOST_REMOVE_NOTE), "org.remove_note");
    ck_assert_str_eq(ofp_host_action_kind_name(OFP_HOST_ASK_OPS), "ops.request");
    ck_assert_str_eq(ofp_host_action_kind_name(OFP_HOST_REMIND), "owner.remind");
    ck_assert_str_eq(ofp_host_action_state_name(OFP_HOST_PENDING), "pending");
    ck_assert_str_eq(ofp_host_action_state_name(OFP_HOST_DONE), "done");
    ck_assert_str_eq(ofp_host_action_state_name(OFP_HOST_WITHDRAWN), "withdrawn");
}
END_TEST

START_TEST(names_nothing_else)
{
    ck_assert_ptr_null(ofp_migration_state_name(OFP_MIGRATION_ANY));
    ck_assert_ptr_null(ofp_migration_state_name((ofp_migration_state)7));
    ck_assert_ptr_null(ofp_outcome_name(OFP_OUTCOME_NONE));
    ck_assert_ptr_null(ofp_outcome_name((ofp_outcome)3));
    ck_assert_ptr_null(ofp_event_kind_name((ofp_event_kind)11));
    ck_assert_ptr_null(ofp_host_action_kind_name((ofp_host_action_kind)6));
    ck_assert_ptr_null(ofp_host_action_state_name((ofp_host_action_state)3));
}
END_TEST

START_TEST(finds_words)
{
    for (int i = 0; ofp_status_words[i]; i++)
        ck_assert_int_eq(ofp_words_find(ofp_status_words, ofp_text_of(ofp_status_words[i])), i);
    ck_assert_int_eq(ofp_words_find(ofp_status_words, ofp_text_of("approve")), -1);
    ck_assert_int_eq(ofp_words_find(ofp_status_words, (ofp_text){0}), -1);
}
END_TEST

START_TEST(states_follow_the_clock)
{
    enum { END = 1000 };
    static const struct {
        ofp_migration_status status;
        ofp_migration_state before, after;
    } cases[] = {
        {OFP_MIGRATION_REQUESTED, OFP_MIGRATION_IS_OPEN, OFP_MIGRATION_IS_MISSED},
        {OFP_MIGRATION_APPROVED, OFP_MIGRATION_IS_LIVE, OFP_MIGRATION_IS_ENDED},
        {OFP_MIGRATION_REFUSED, OFP_MIGRATION_IS_REFUSED, OFP_MIGRATION_IS_REFUSED},
        {OFP_MIGRATION_COMPLETED, OFP_MIGRATION_IS_COMPLETED, OFP_MIGRATION_IS_COMPLETED},
        {OFP_MIGRATION_CANCELLED, OFP_MIGRATION_IS_CANCELLED, OFP_MIGRATION_IS_CANCELLED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_migration_record record = {.status = cases[i].status, .ends_at = END};
        ck_assert_int_eq(ofp_migration_record_state(&record, END - 1), cases[i].before);
        ck_assert_int_eq(ofp_migration_record_state(&record, END), cases[i].after);
    }
}
END_TEST

START_TEST(ids_are_read_and_written)
{
    static const int64_t numbers[] = {1, 9, 10, 17, 999999999999999999};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char id[OFP_ID_SIZE];
        ofp_migration_id_format(numbers[i], id);
        ck_assert_int_eq(ofp_migration_id_parse(ofp_text_of(id)), numbers[i]);
    }
    char longest[OFP_ID_SIZE];
    ofp_migration_id_format(INT64_MAX, longest);
    ck_assert_str_eq(longest, "M-9223372036854775807");
}
END_TEST

START_TEST(what_is_no_id_has_no_number)
{
    static const char *const others[] = {
        "",
        "M",
        "M-",
        "M-0",
        "M-01",
        "m-1",
        "M-1 ",
        " M-1",
        "M-1x",
        "M--1",
        "M-+1",
        "17",
        "M-1000000000000000000",
        "M-99999999999999999999999999",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_int_eq(ofp_migration_id_parse(ofp_text_of(others[i])), 0);
    ck_assert_int_eq(ofp_migration_id_parse((ofp_text){0}), 0);
    ck_assert_int_eq(ofp_migration_id_parse(OFP_LITERAL("M-1\0")), 0);
}
END_TEST

TCase *words_case(void)
{
    TCase *tcase = tcase_create("words");
    tcase_add_test(tcase, names_what_there_is);
    tcase_add_test(tcase, names_nothing_else);
    tcase_add_test(tcase, finds_words);
    tcase_add_test(tcase, states_follow_the_clock);
    tcase_add_test(tcase, ids_are_read_and_written);
    tcase_add_test(tcase, what_is_no_id_has_no_number);
    return tcase;
}
