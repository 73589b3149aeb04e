/* SPDX-License-Identifier: MIT */
/* Texts and lists of a request: what is in them, and how long they may be. */
#include <stdlib.h>

#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
    entitle("desk", "premium");
    migrate("m0", "cloud", "premium", "2026-12-31", OFP_MIGRATION_APPROVED);
    migrate("m1", "edge", "premium", "2026-12-31", OFP_MIGRATION_REQUESTED);
    decide();
}

static ofp_migration *second_migration(void)
{
    return (ofp_migration *)&request.migrations[1];
}

/* Makes each text of the request a given one in turn, and expects a refusal that names it. */
static void expect_texts_refused(ofp_code code, ofp_text names, ofp_text texts)
{
    static ofp_text list[2];
    const struct {
        ofp_text *text;
        bool is_name;
        const char *pointer;
    } places[] = {
        {&request.ticket, true, "/ticket/id"},
        {&request.subject, false, "/ticket/subject"},
        {&request.description, false, "/ticket/description"},
        {&request.org, true, "/org/id"},
        {&request.org_name, true, "/org/name"},
        {&request.org_notes, false, "/org/notes"},
        {&request.org_time_zone, true, "/org/time_zone"},
        {&second_migration()->id, true, "/migrations/1/id"},
        {&list[1], true, "/ticket/tags/1"},
        {&list[1], true, "/org/tags/1"},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const ofp_text before = *places[i].text;
        request.tags = request.org_tags = list;
        request.tag_count = i == 8 ? 2 : 0;
        request.org_tag_count = i == 9 ? 2 : 0;
        *places[i].text = places[i].is_name ? names : texts;
        expect_refused(code, places[i].pointer);
        *places[i].text = before;
    }
}

START_TEST(texts_are_utf8)
{
    request.offering = OFP_NONE;
    expect_texts_refused(OFP_CODE_INVALID_UTF8, ofp_text_of("a\xFF"), ofp_text_of("a\xC3"));
}
END_TEST

START_TEST(texts_have_limits)
{
    char *large = malloc(OFP_TEXT_LIMIT + 1);
    ck_assert_ptr_nonnull(large);
    memset(large, 'a', OFP_TEXT_LIMIT + 1);
    expect_texts_refused(OFP_CODE_TEXT_TOO_LONG, (ofp_text){large, OFP_NAME_LIMIT + 1},
                         (ofp_text){large, OFP_TEXT_LIMIT + 1});
    /* What is as long as allowed works. */
    const ofp_text longest_name = {large, OFP_NAME_LIMIT}, longest = {large, OFP_TEXT_LIMIT};
    clear_request();
    request.ticket = request.org = request.org_name = longest_name;
    request.subject = request.description = request.org_notes = longest;
    carry_tag("x");
    *(ofp_text *)request.tags = longest_name;
    entitle("desk", "premium");
    migrate("m", "cloud", "premium", "2026-12-31", OFP_MIGRATION_APPROVED)->id = longest_name;
    decide();
    free(large);
}
END_TEST

START_TEST(lists_may_be_null_when_they_are_empty)
{
    request.tags = request.org_tags = NULL;
    request.fields = NULL;
    request.entitlements = NULL;
    request.migrations = NULL;
    request.tag_count = request.org_tag_count = request.field_count = 0;
    request.entitlement_count = request.migration_count = 0;
    expect_verdict("unpaid", "free");
}
END_TEST

START_TEST(lists_have_limits)
{
    const size_t size = OFP_LIST_LIMIT + 1;
    ofp_text *tags = calloc(size, sizeof *tags);
    ofp_entitlement *entitlements = calloc(size, sizeof *entitlements);
    ofp_migration *migrations = calloc(size, sizeof *migrations);
    ck_assert(tags && entitlements && migrations);
    for (size_t i = 0; i < size; i++) {
        tags[i] = ofp_text_of("tag");
        entitlements[i] = request.entitlements[0];
        migrations[i] = request.migrations[0];
    }
    request.tags = request.org_tags = tags;
    request.entitlements = entitlements;
    request.migrations = migrations;
    const struct {
        size_t *count;
        const char *pointer;
    } lists[] = {
        {&request.tag_count, "/ticket/tags"},
        {&request.org_tag_count, "/org/tags"},
        {&request.entitlement_count, "/entitlements"},
        {&request.migration_count, "/migrations"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        *lists[i].count = size;
        expect_refused(OFP_CODE_LIST_TOO_LONG, lists[i].pointer);
        *lists[i].count = SIZE_MAX;
        expect_refused(OFP_CODE_LIST_TOO_LONG, lists[i].pointer);
        *lists[i].count = OFP_LIST_LIMIT;
        expect_ok(ofp_decide(policy, &request, scratch, &decision, &error));
    }
    free(tags);
    free(entitlements);
    free(migrations);
}
END_TEST

START_TEST(fields_have_a_limit_too)
{
    request.field_count = OFP_LIST_LIMIT + 1;
    expect_refused(OFP_CODE_LIST_TOO_LONG, "/ticket/fields");
}
END_TEST

/* A program that says that its texts are valid is believed, but the rest is checked. */
START_TEST(valid_texts_need_no_check)
{
    request.valid_utf8 = true;
    decide();
    request.ticket = (ofp_text){0};
    expect_refused(OFP_CODE_EMPTY_ID, "/ticket/id");
}
END_TEST

TCase *request_limits_case(void)
{
    TCase *tests = tcase_create("request limits");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, texts_are_utf8);
    tcase_add_test(tests, texts_have_limits);
    tcase_add_test(tests, lists_may_be_null_when_they_are_empty);
    tcase_add_test(tests, lists_have_limits);
    tcase_add_test(tests, fields_have_a_limit_too);
    tcase_add_test(tests, valid_texts_need_no_check);
    return tests;
}
