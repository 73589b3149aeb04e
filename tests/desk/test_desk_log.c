/* SPDX-License-Identifier: MIT */
/* The decision log: what is kept of a decision, when it is written, and what happens if it can't
 * be. */
#include <string.h>

#include "connection.h"
#include "desk_setting.h"

/* Is this text anywhere in another one? */
static bool has(ofp_text text, const char *part)
{
    return memmem(text.data, text.size, part, strlen(part)) != NULL;
}

static void expect_logged(size_t count)
{
    ofp_records_free(read_log(count));
}

START_TEST(nothing_is_kept_unless_asked)
{
    decide();
    expect_ok(ofp_desk_flush(desk, &error));
    expect_logged(0);
}
END_TEST

START_TEST(a_decision_is_kept_with_what_made_it)
{
    put_status(OFP_MIGRATION_APPROVED);
    open_desk(true, false);
    expect_verdict("migration", "ultimate");
    ofp_records *records = read_log(1);
    const ofp_logged_decision *logged = first_logged(records);
    ck_assert_int_eq(logged->seq, 1);
    ck_assert_int_eq(logged->at, NOW);
    expect_text(logged->ticket, "T-1");
    expect_text(logged->org, "acme");
    ck_assert_str_eq(logged->policy_digest.data, ofp_policy_digest(policy));
    ck_assert_str_eq(logged->tzdata.data, ofp_policy_tzdata(policy));
    expect_text(logged->request,
                "{\"now\":\"2026-11-20T18:00:00Z\",\"ticket\":{\"id\":\"T-1\",\"created_at\":"
                "\"2026-11-20T18:00:00Z\",\"offering\":\"saas\"},\"org\":{\"id\":\"acme\"},"
                "\"entitlements\":[{\"offering\":\"self_managed\",\"level\":\"premium\"}],"
                "\"migrations\":[{\"id\":\"M-1\",\"to\":\"saas\",\"level\":\"ultimate\","
                "\"target_date\":\"2026-12-31\",\"status\":\"approved\",\"ends_at\":"
                "\"2027-01-01T08:00:00Z\",\"forgotten_at\":\"2027-06-30T07:00:00Z\"}]}");
    ck_assert(has(logged->decision, "\"verdict\":\"migration\""));
    ck_assert(has(logged->decision, "\"code\":\"migration_live\""));
    ck_assert(has(logged->decision, "{\"do\":\"ticket.internal_note\",\"key\":\"v1:"));
    ck_assert(!has(logged->decision, "\"text\":"));
    ofp_records_free(records);
}
END_TEST

START_TEST(texts_are_kept_only_if_asked)
{
    for (int texts = 0; texts < 2; texts++) {
        open_desk(true, texts);
        decide();
    }
    ofp_records *records = read_log(2);
    const ofp_logged_decision *without = first_logged(records), *with = without + 1;
    ck_assert(!has(without->request, "secret"));
    ck_assert(!has(without->decision, "secret"));
    static const char *const secrets[] = {"\"secret subject\"", "\"secret description\"",
                                          "\"secret name\"", "\"secret notes\""};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        ck_assert(has(with->request, secrets[i]));
    ck_assert(!has(with->decision, "secret"));
    ofp_records_free(records);
}
END_TEST

START_TEST(what_patterns_told_is_kept)
{
    open_desk(true, false);
    request.offering = OFP_NONE;
    request.description = ofp_text_of("our dedicated tenant");
    decide();
    request.description = ofp_text_of("help");
    decide();
    ofp_records *records = read_log(2);
    const ofp_logged_decision *told = first_logged(records);
    ck_assert(has(told->request, "\"classified\":\"dedicated\""));
    ck_assert(has(told[1].request, "\"classified\":null"));
    ofp_records_free(records);
}
END_TEST

START_TEST(there_may_be_no_org)
{
    open_desk(true, true);
    request.has_org = false;
    request.entitlement_count = 0;
    decide();
    ofp_records *records = read_log(1);
    ck_assert_ptr_null(first_logged(records)->org.data);
    ofp_records_free(records);
}
END_TEST

START_TEST(while_one_look_is_held_it_waits)
{
    open_desk(true, false);
    expect_ok(ofp_desk_begin(desk, &error));
    for (int i = 0; i < 3; i++)
        decide();
    expect_failure(ofp_desk_flush(desk, &error), OFP_CODE_STORE_HELD);
    ofp_desk_end(desk);
    expect_logged(0);
    expect_ok(ofp_desk_flush(desk, &error));
    expect_logged(3);
    expect_ok(ofp_desk_flush(desk, &error));
    expect_logged(3);
}
END_TEST

START_TEST(a_failed_flush_keeps_what_waits)
{
    open_desk(true, false);
    expect_ok(ofp_desk_begin(desk, &error));
    decide();
    decide();
    ofp_desk_end(desk);
    expect_ok(ofp_store_begin_write(other, &error));
    expect_failure(ofp_desk_flush(desk, &error), OFP_CODE_STORE_BUSY);
    ofp_store_rollback(other);
    /* The next decision takes them along. */
    decide();
    expect_logged(3);
}
END_TEST

START_TEST(a_decision_that_can_not_be_logged_is_not_given)
{
    open_desk(true, false);
    decision = NULL;
    expect_ok(ofp_store_begin_write(other, &error));
    expect_failure(ofp_desk_decide(desk, &request, &decision, &error), OFP_CODE_STORE_BUSY);
    ck_assert_ptr_null(decision);
    ofp_store_rollback(other);
    expect_ok(ofp_desk_flush(desk, &error));
    expect_logged(0);
    decide();
    expect_logged(1);
}
END_TEST

START_TEST(a_refused_request_is_not_logged)
{
    open_desk(true, false);
    request.ticket = (ofp_text){0};
    expect_refused(OFP_CODE_EMPTY_ID, "/ticket/id", "the id is empty");
    request.ticket = (ofp_text){"T\0", 2};
    expect_refused(OFP_CODE_STEP_TEXT_INVALID, "/ticket/id",
                   "the id has a zero byte: such a decision can't be logged");
    request.ticket = ofp_text_of("T");
    request.org = (ofp_text){"o\0", 2};
    expect_refused(OFP_CODE_STEP_TEXT_INVALID, "/org/id",
                   "the id has a zero byte: such a decision can't be logged");
    expect_logged(0);
}
END_TEST

START_TEST(other_texts_may_have_zero_bytes)
{
    static const ofp_text tag = {"a\0b", 3};
    open_desk(true, true);
    request.tags = &tag;
    request.tag_count = 1;
    request.subject = (ofp_text){"\0", 1};
    decide();
    ofp_records *records = read_log(1);
    ck_assert(has(first_logged(records)->request, "\"tags\":[\"a\\u0000b\"]"));
    ofp_records_free(records);
}
END_TEST

START_TEST(a_store_for_reading_keeps_no_log)
{
    const ofp_desk_options options = {.size = sizeof options, .log = true};
    ofp_store *reading = open_store(OFP_STORE_READ);
    ofp_desk *made = NULL;
    expect_failure(ofp_desk_new(reading, policy, &options, &made, &error),
                   OFP_CODE_STORE_READ_ONLY);
    expect_ok(ofp_desk_new(reading, policy, NULL, &made, &error));
    expect_ok(ofp_desk_decide(made, &request, &decision, &error));
    expect_ok(ofp_desk_flush(made, &error));
    ofp_desk_free(made);
    ofp_store_close(reading);
}
END_TEST

START_TEST(what_was_not_flushed_is_lost_with_the_desk)
{
    open_desk(true, false);
    expect_ok(ofp_desk_begin(desk, &error));
    decide();
    open_desk(true, false);
    decide();
    expect_logged(1);
}
END_TEST

TCase *desk_log_case(void)
{
    TCase *tests = tcase_create("decision log");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, nothing_is_kept_unless_asked);
    tcase_add_test(tests, a_decision_is_kept_with_what_made_it);
    tcase_add_test(tests, texts_are_kept_only_if_asked);
    tcase_add_test(tests, what_patterns_told_is_kept);
    tcase_add_test(tests, there_may_be_no_org);
    tcase_add_test(tests, while_one_look_is_held_it_waits);
    tcase_add_test(tests, a_failed_flush_keeps_what_waits);
    tcase_add_test(tests, a_decision_that_can_not_be_logged_is_not_given);
    tcase_add_test(tests, a_refused_request_is_not_logged);
    tcase_add_test(tests, other_texts_may_have_zero_bytes);
    tcase_add_test(tests, a_store_for_reading_keeps_no_log);
    tcase_add_test(tests, what_was_not_flushed_is_lost_with_the_desk);
    return tests;
}
