/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <offerpolicy/instant.h>

#include "allocations.h"
#include "expect.h"
#include "explain_cases.h"
#include "sentence.h"
#include "sentence_cases.h"

static ofp_buffer buffer;

/* A reason with all the facts that any code can have. */
static ofp_reason full_reason(ofp_reason_code code)
{
    ofp_reason reason = {
        .code = code,
        .index = 1,
        .id = ofp_text_of("m1"),
        .line = 95,
        .offering = ofp_policy_find_offering(test_policy, ofp_text_of("saas")),
        .level = ofp_policy_find_level(test_policy, ofp_text_of("premium")),
        .priority = ofp_policy_find_priority(test_policy, ofp_text_of("high")),
        .condition = "form",
        .field = "first_reply",
        .score = 5,
        .next = ofp_policy_find_offering(test_policy, ofp_text_of("self_managed")),
        .next_score = 4,
        .limit = 2,
    };
    expect_ok(ofp_instant_parse(ofp_text_of("2027-01-01T08:00:00Z"), &reason.at, &error));
    expect_ok(ofp_date_parse(ofp_text_of("2026-12-31"), &reason.date, &error));
    return reason;
}

static const char *sentence_of(const ofp_reason *reason)
{
    const ofp_clock clock = {ofp_policy_zone(test_policy), OFP_OFFSET_NONE, " "};
    ofp_buffer_clear(&buffer);
    ofp_sentence_put(&(ofp_sentence){test_policy, &clock, reason}, &buffer);
    return ofp_buffer_text(&buffer).data;
}

static const char *const wanted[] = {
    [OFP_REASON_PRIORITY_GIVEN] = "The ticket came with priority high.",
    [OFP_REASON_PRIORITY_DEFAULT] =
        "The ticket came without a priority: the policy's default, high, counts.",
    [OFP_REASON_PRIORITY_RULE] = "The priority rule in policy line 95 makes the priority high.",
    [OFP_REASON_PRIORITY_RULE_FAILED] =
        "The priority rule in policy line 95 does not hold: its condition on \"form\" fails.",
    [OFP_REASON_OFFERING_EXPLICIT] = "The ticket itself says that it is about Northwind Cloud.",
    [OFP_REASON_OFFERING_RULE] =
        "The classification rule in policy line 95 says that the ticket is about Northwind Cloud.",
    [OFP_REASON_OFFERING_RULE_FAILED] = "The classification rule for Northwind Cloud in policy "
                                        "line 95 does not hold: its condition on \"form\" fails.",
    [OFP_REASON_PATTERN_MATCHED] =
        "The pattern in policy line 95 matches the first_reply and adds 5 to Northwind Cloud.",
    [OFP_REASON_PATTERN_GAVE_UP] =
        "The pattern for Northwind Cloud in policy line 95 reached a limit on the first_reply, so "
        "that nobody can say whether it matches.",
    [OFP_REASON_OFFERING_SCORED] = "The ticket's text points to Northwind Cloud: score 5, ahead "
                                   "of Self-managed with 4.",
    [OFP_REASON_OFFERING_NO_MATCH] = "Nothing tells which offering the ticket is about: no "
                                     "classification rule holds, and no pattern matches.",
    [OFP_REASON_OFFERING_BELOW_THRESHOLD] =
        "The ticket's text points to Northwind Cloud, but its score of 5 does not reach the "
        "policy's threshold of 2.",
    [OFP_REASON_OFFERING_TIE] = "The ticket's text points to Northwind Cloud and to Self-managed "
                                "equally: both have a score of 5.",
    [OFP_REASON_OFFERING_LEAD_TOO_SMALL] =
        "The ticket's text points to Northwind Cloud: score 5, ahead of Self-managed with 4. The "
        "policy wants a lead of 2 or more.",
    [OFP_REASON_ORG_UNKNOWN] = "Nobody knows yet which org the ticket is from.",
    [OFP_REASON_ENTITLEMENT_ACTIVE] = "Entitlement 2, Northwind Cloud at level premium, is active "
                                      "through Thu 31 Dec 2026.",
    [OFP_REASON_ENTITLEMENT_UNPAID] = "Entitlement 2, Northwind Cloud at level premium, does not "
                                      "count: that level is not a paid one.",
    [OFP_REASON_ENTITLEMENT_ON_HOLD] = "Entitlement 2, Northwind Cloud at level premium, runs "
                                       "through Thu 31 Dec 2026, but is on hold.",
    [OFP_REASON_ENTITLEMENT_UPCOMING] =
        "Entitlement 2, Northwind Cloud at level premium, starts only on Fri 1 Jan 2027.",
    [OFP_REASON_ENTITLEMENT_UPCOMING_ON_HOLD] =
        "Entitlement 2, Northwind Cloud at level premium, does not count: it starts only on Fri 1 "
        "Jan 2027, and is on hold.",
    [OFP_REASON_ENTITLEMENT_ENDED] = "Entitlement 2, Northwind Cloud at level premium, ended at "
                                     "the end of Thu 31 Dec 2026.",
    [OFP_REASON_MIGRATION_LIVE] = "Migration \"m1\" to Northwind Cloud at level premium is "
                                  "approved through Thu 31 Dec 2026.",
    [OFP_REASON_MIGRATION_WITHOUT_ENTITLEMENT] =
        "Migration \"m1\" to Northwind Cloud at level premium is approved through Thu 31 Dec 2026, "
        "but does not count: the org has no active entitlement left to migrate from.",
    [OFP_REASON_MIGRATION_OPEN] =
        "Migration \"m1\" to Northwind Cloud at level premium, through Thu 31 Dec 2026, has been "
        "asked for and is not approved yet.",
    [OFP_REASON_MIGRATION_REFUSED] =
        "Migration \"m1\" to Northwind Cloud at level premium, target date Thu 31 Dec 2026, was "
        "refused, and that still counts.",
    [OFP_REASON_MIGRATION_ENDED] =
        "Migration \"m1\" to Northwind Cloud at level premium was approved and ended at the end of "
        "Thu 31 Dec 2026, which still counts.",
    [OFP_REASON_MIGRATION_MISSED] =
        "Migration \"m1\" to Northwind Cloud at level premium ended at the end of Thu 31 Dec 2026 "
        "without ever being approved, which still counts.",
    [OFP_REASON_MIGRATION_FORGOTTEN] =
        "Migration \"m1\" to Northwind Cloud, target date Thu 31 Dec 2026, is so old that it "
        "counts for nothing since Fri 1 Jan 2027.",
    [OFP_REASON_MIGRATION_COMPLETED] =
        "Migration \"m1\" to Northwind Cloud, target date Thu 31 Dec 2026, is completed and counts "
        "for nothing any more.",
    [OFP_REASON_MIGRATION_CANCELLED] =
        "Migration \"m1\" to Northwind Cloud, target date Thu 31 Dec 2026, was withdrawn and "
        "counts for nothing.",
    [OFP_REASON_LEVEL_HELD] = "The level is premium, the highest that counts here.",
    [OFP_REASON_LEVEL_PROVISIONAL] =
        "The level is premium for the time being: the policy's provisional level.",
    [OFP_REASON_LEVEL_GOODWILL_USED] =
        "The level is only premium: the org had this offering, or a migration to it, before, so "
        "that there is no goodwill left.",
    [OFP_REASON_LEVEL_UNPAID] = "The level is premium: nothing that is paid for counts here.",
    [OFP_REASON_SLA_RULE] = "SLA rule \"m1\" (policy line 95) holds.",
    [OFP_REASON_SLA_RULE_FAILED] =
        "SLA rule \"m1\" (policy line 95) does not hold: its condition on \"form\" fails.",
    [OFP_REASON_SLA_NONE] = "No time is promised: no SLA rule holds.",
    [OFP_REASON_SLA_TARGET_LEFT_OUT] =
        "SLA rule \"m1\" sets no first reply time for priority high.",
    [OFP_REASON_SLA_OUT_OF_REACH] =
        "SLA rule \"m1\" sets a first reply time that is never reached: its calendar is not open "
        "long enough within 4,392 days.",
    [OFP_REASON_OFFERING_RECORDED] = "The ticket's texts are left out; patterns had told from them "
                                     "that it is about Northwind Cloud.",
    [OFP_REASON_OFFERING_RECORDED_UNSURE] = "The ticket's texts are left out; patterns could not "
                                            "tell from them which offering it is about.",
};

/* A code without an expectation here fails, so that a new one can't be forgotten. */
START_TEST(has_a_sentence_for_every_code)
{
    int code = 0;
    for (; ofp_reason_name((ofp_reason_code)code); code++) {
        const ofp_reason reason = full_reason((ofp_reason_code)code);
        ck_assert_msg((size_t)code < sizeof wanted / sizeof *wanted && wanted[code], "%s",
                      ofp_reason_name(reason.code));
        ck_assert_str_eq(sentence_of(&reason), wanted[code]);
    }
    ck_assert_uint_eq((size_t)code, sizeof wanted / sizeof *wanted);
}
END_TEST

START_TEST(leaves_out_what_is_not_there)
{
    ofp_reason reason = full_reason(OFP_REASON_OFFERING_SCORED);
    reason.next = reason.next_score = OFP_NONE;
    ck_assert_str_eq(sentence_of(&reason), "The ticket's text points to Northwind Cloud: score 5.");
    reason = full_reason(OFP_REASON_ENTITLEMENT_ACTIVE);
    reason.at = OFP_INSTANT_NONE;
    reason.date = OFP_DATE_NONE;
    ck_assert_str_eq(sentence_of(&reason), "Entitlement 2, Northwind Cloud at level premium, is "
                                           "active without an end.");
}
END_TEST

START_TEST(names_the_part_of_a_condition)
{
    static const char *const parts[] = {"any", "all", "not"};
    ofp_reason reason = full_reason(OFP_REASON_SLA_RULE_FAILED);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char expected[100];
        reason.condition = parts[i];
        snprintf(expected, sizeof expected,
                 "SLA rule \"m1\" (policy line 95) does not hold: its part \"%s\" fails.",
                 parts[i]);
        ck_assert_str_eq(sentence_of(&reason), expected);
    }
}
END_TEST

/* Days of grace, and ends that were fixed in another zone. */
START_TEST(tells_a_target_date_that_is_not_the_end)
{
    ofp_reason reason = full_reason(OFP_REASON_MIGRATION_LIVE);
    reason.at += 14 * 86400;
    ck_assert_str_eq(sentence_of(&reason),
                     "Migration \"m1\" to Northwind Cloud at level premium is approved through Thu "
                     "14 Jan 2027 (target date Thu 31 Dec 2026).");
    reason.code = OFP_REASON_MIGRATION_ENDED;
    reason.at += 3600;
    ck_assert_str_eq(sentence_of(&reason),
                     "Migration \"m1\" to Northwind Cloud at level premium was approved and ended "
                     "on Fri 15 Jan 2027 01:00 PST (UTC-8) (target date Thu 31 Dec 2026), which "
                     "still counts.");
}
END_TEST

START_TEST(makes_ids_harmless_and_short)
{
    char id[300];
    ofp_reason reason = full_reason(OFP_REASON_MIGRATION_REFUSED);
    reason.id = OFP_LITERAL("a\x1B[2J\n\xFF");
    ck_assert_ptr_nonnull(strstr(sentence_of(&reason), "Migration \"a\xEF\xBF\xBD[2J\xEF\xBF\xBD"
                                                       "\xEF\xBF\xBD\" to"));
    memset(id, 'x', sizeof id);
    reason.id = (ofp_text){id, sizeof id};
    ck_assert_ptr_nonnull(strstr(sentence_of(&reason), "xxxx\xE2\x80\xA6\" to"));
}
END_TEST

static const ofp_decision *decide(ofp_scratch *scratch)
{
    static const explain_case from = {
        .offering = "saas",
        .entitlements = {{"self_managed", "premium", "2026-01-15", "2027-01-14", false}},
    };
    static case_request made;
    const ofp_decision *decision = NULL;
    case_fill_request(&from, test_policy, &made);
    expect_ok(ofp_decide(test_policy, &made.request, scratch, &decision, &error));
    return decision;
}

START_TEST(writes_a_decisions_reasons)
{
    ofp_scratch *scratch = NULL;
    expect_ok(ofp_scratch_new(&scratch, &error));
    const ofp_decision *decision = decide(scratch);
    const size_t count = ofp_decision_reason_count(decision);
    ofp_buffer_clear(&buffer);
    ofp_buffer_puts(&buffer, "> ");
    expect_ok(ofp_decision_reason_sentence(decision, 2, &buffer, &error));
    expect_text(ofp_buffer_text(&buffer), "> Entitlement 1, Self-managed at level premium, is "
                                          "active through Thu 14 Jan 2027.");
    ofp_buffer_clear(&buffer);
    expect_ok(ofp_decision_reason_sentence(decision, count - 1, &buffer, &error));
    expect_text(ofp_buffer_text(&buffer), "SLA rule \"priority\" (policy line 75) holds.");
    expect_failure(ofp_decision_reason_sentence(decision, count, &buffer, &error), OFP_CODE_MISUSE);
    ck_assert_int_eq(ofp_decision_reason_sentence(decision, SIZE_MAX, &buffer, NULL),
                     OFP_STATUS_MISUSE);
    ofp_scratch_free(scratch);
}
END_TEST

START_TEST(leaves_nothing_behind_out_of_memory)
{
    ofp_scratch *scratch = NULL;
    expect_ok(ofp_scratch_new(&scratch, &error));
    const ofp_decision *decision = decide(scratch);
    ofp_buffer_release(&buffer);
    ofp_buffer_puts(&buffer, "kept");
    ck_assert_uint_lt(buffer.capacity, 70);
    ofp_error *error = NULL;
    allocations_fail_after(0);
    const ofp_status status = ofp_decision_reason_sentence(decision, 2, &buffer, &error);
    allocations_allow();
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    ck_assert_int_eq(ofp_error_status(error), OFP_STATUS_NO_MEMORY);
    expect_text(ofp_buffer_text(&buffer), "kept");
    ofp_error_free(error);
    ofp_scratch_free(scratch);
}
END_TEST

static void release_buffer(void)
{
    ofp_buffer_release(&buffer);
}

TCase *sentence_case(void)
{
    TCase *tests = tcase_create("sentence");
    tcase_add_checked_fixture(tests, NULL, release_buffer);
    tcase_add_test(tests, has_a_sentence_for_every_code);
    tcase_add_test(tests, leaves_out_what_is_not_there);
    tcase_add_test(tests, names_the_part_of_a_condition);
    tcase_add_test(tests, tells_a_target_date_that_is_not_the_end);
    tcase_add_test(tests, makes_ids_harmless_and_short);
    tcase_add_test(tests, writes_a_decisions_reasons);
    tcase_add_test(tests, leaves_nothing_behind_out_of_memory);
    return tests;
}
