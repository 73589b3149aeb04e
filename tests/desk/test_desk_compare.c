/* SPDX-License-Identifier: MIT */
/* What differs between a logged decision and one that is made anew. */
#include "desk_setting.h"

static ofp_buffer *buffer;
static ofp_records *records;

static void start(void)
{
    start_setting();
    expect_ok(ofp_buffer_new(&buffer, &error));
    put_status(OFP_MIGRATION_APPROVED);
    open_desk(true, false);
    decide();
    records = read_log(1);
    open_desk(false, false);
}

static void stop(void)
{
    records = ofp_records_free(records);
    buffer = ofp_buffer_free(buffer);
    stop_setting();
}

/* Compares with what was logged. @return is it the same? */
static bool compare(void)
{
    bool same;
    ofp_buffer_clear(buffer);
    expect_ok(ofp_desk_compare(desk, first_logged(records), decision, buffer, &same, &error));
    return same;
}

START_TEST(the_same_decision)
{
    decide();
    ck_assert(compare());
    ck_assert_str_eq(ofp_buffer_text(buffer).data, "{}");
}
END_TEST

/* Texts of actions and reasons are no decision. */
START_TEST(other_words_for_the_same)
{
    decide_by(parse_changed(
        (const char *[]){"revision: \"2026-11\"", "revision: \"2027-01\"", "title: Northwind Cloud",
                         "title: Cloud", "Keep only the level tag", "Keep the level tag", NULL}));
    decide();
    ck_assert(compare());
}
END_TEST

START_TEST(another_answer)
{
    request.offering = OFP_NONE;
    decide();
    ck_assert(!compare());
    const char *text = ofp_buffer_text(buffer).data;
    ck_assert_msg(strstr(text, "\"verdict\":[\"migration\",\"unsure\"]"), "%s", text);
    ck_assert_msg(strstr(text, "\"level\":[\"ultimate\",\"premium\"]"), "%s", text);
    ck_assert_msg(strstr(text, "\"offering\":[\"saas\",null]"), "%s", text);
    ck_assert_msg(!strstr(text, "\"ticket\":") && !strstr(text, "\"reasons\":"), "%s", text);
}
END_TEST

START_TEST(other_targets_and_tags)
{
    static const ofp_text tag = {"sm_standard", 11};
    decide_by(
        parse_changed((const char *[]){"{urgent: 30m, high: 4h, normal: 8h, low: 24h}",
                                       "{urgent: 30m, high: 4h, normal: 9h, low: 24h}", NULL}));
    decide();
    ck_assert(!compare());
    const char *text = ofp_buffer_text(buffer).data;
    ck_assert_msg(strstr(text, "{\"sla\":[{") == text, "%s", text);
    ck_assert_msg(strstr(text, "\"seconds\":28800") && strstr(text, "\"seconds\":32400"), "%s",
                  text);
    decide_by(ofp_policy_ref(policy));
    request.tags = &tag;
    request.tag_count = 1;
    decide();
    ck_assert(!compare());
    text = ofp_buffer_text(buffer).data;
    ck_assert_msg(strstr(text, "{\"do\":\"ticket.remove_tag\",\"tag\":\"sm_standard\"}"), "%s",
                  text);
}
END_TEST

START_TEST(until_when_it_holds)
{
    ofp_entitlement ends_soon = request.entitlements[0];
    ends_soon.ends = NOW + DAY;
    request.entitlements = &ends_soon;
    decide();
    ck_assert(!compare());
    ck_assert_str_eq(ofp_buffer_text(buffer).data,
                     "{\"valid_until\":[\"2027-01-01T08:00:00Z\",\"2026-11-21T18:00:00Z\"]}");
}
END_TEST

START_TEST(what_is_in_the_buffer_stays)
{
    bool same = false;
    decide();
    for (int i = 0; i < 2; i++)
        expect_ok(ofp_desk_compare(desk, first_logged(records), decision, buffer, &same, &error));
    ck_assert(same);
    ck_assert_str_eq(ofp_buffer_text(buffer).data, "{}{}");
}
END_TEST

START_TEST(a_damaged_document_is_a_failure)
{
    bool same = true;
    ofp_logged_decision damaged = *first_logged(records);
    damaged.decision = ofp_text_of("{\"verdict\":");
    decide();
    expect_failure(ofp_desk_compare(desk, &damaged, decision, buffer, &same, &error),
                   OFP_CODE_STORE_CORRUPT);
    ck_assert_uint_eq(ofp_buffer_text(buffer).size, 0);
    ck_assert(same);
    decide();
    ck_assert(compare());
}
END_TEST

TCase *desk_compare_case(void)
{
    TCase *tests = tcase_create("comparing");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, the_same_decision);
    tcase_add_test(tests, other_words_for_the_same);
    tcase_add_test(tests, another_answer);
    tcase_add_test(tests, other_targets_and_tags);
    tcase_add_test(tests, until_when_it_holds);
    tcase_add_test(tests, what_is_in_the_buffer_stays);
    tcase_add_test(tests, a_damaged_document_is_a_failure);
    return tests;
}
