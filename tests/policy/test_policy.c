/* SPDX-License-Identifier: MIT */
/* What a compiled policy tells about itself. */
#include <offerpolicy/policy.h>

#include "cases.h"
#include "expect.h"
#include "tables.h"

static const char yaml[] =
    "policy: shop\n"
    "revision: '7'\n"
    "time_zone: America/Los_Angeles\n"
    "levels: [free, gold, trial, platinum]\n"
    "unpaid: [free, trial]\n"
    "priorities: [low, high]\n"
    "default_priority: low\n"
    "offerings:\n"
    "  one: {title: Number One, focus_tag: f1, level_tags: {platinum: p, gold: g1}}\n"
    "  two: {focus_tag: f2, level_tags: {gold: g2, platinum: p}}\n"
    "fields: {form: [a, b, c], kind: [x]}\n"
    "calendars: {always: {always_open: true}, week: {hours: {mon-fri: ['09:00-17:00']}}}\n"
    "sla:\n"
    "  - {id: first, when: {level: gold, org_tag: vip, tag: loud}, targets: {first_reply: {kind:"
    " sla, calendar: week, within: 1h}}}\n"
    "  - {id: second, when: {level: gold}, targets: {first_reply: {kind: sla, calendar: week,"
    " within: 1h}}}\n"
    "migration: {grace_days: 3, memory_days: 10}\n";

static ofp_policy *policy;

static void start(void)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    expect_ok(ofp_policy_parse(ofp_text_of(yaml), &options, &policy, &error));
}

static void stop(void)
{
    policy = ofp_policy_unref(policy);
    ck_assert_ptr_null(policy);
}

/* Every index names something and is found by its name; the others name nothing. */
#define expect_names(count_call, name_call, find_call, ...) \
    do { \
        static const char *const names[] = {__VA_ARGS__}; \
        const int32_t count = (int32_t)(sizeof names / sizeof *names); \
        ck_assert_int_eq(count_call, count); \
        for (int32_t i = 0; i < count; i++) { \
            const ofp_text name = ofp_text_of(names[i]); \
            ck_assert_str_eq(name_call(policy, i), names[i]); \
            ck_assert_int_eq(find_call(policy, name), i); \
        } \
        const int32_t wrong[] = {-1, -2, INT32_MIN, count, INT32_MAX}; \
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) \
            ck_assert_ptr_null(name_call(policy, wrong[i])); \
        ck_assert_int_eq(find_call(policy, OFP_LITERAL("nothing")), OFP_NONE); \
        ck_assert_int_eq(find_call(policy, (ofp_text){0}), OFP_NONE); \
    } while (0)

static const char *calendar_name(const ofp_policy *of, int32_t index)
{
    const ofp_calendar *calendar = ofp_policy_calendar(of, index);
    return calendar ? ofp_calendar_name(calendar) : NULL;
}

static const char *form_name(const ofp_policy *of, int32_t index)
{
    return ofp_policy_value_name(of, 0, index);
}

static int32_t find_form(const ofp_policy *of, ofp_text name)
{
    return ofp_policy_find_value(of, 0, name);
}

START_TEST(names_and_indexes)
{
    expect_names(ofp_policy_level_count(policy), ofp_policy_level_name, ofp_policy_find_level,
                 "free", "gold", "trial", "platinum");
    expect_names(ofp_policy_priority_count(policy), ofp_policy_priority_name,
                 ofp_policy_find_priority, "low", "high");
    expect_names(ofp_policy_offering_count(policy), ofp_policy_offering_name,
                 ofp_policy_find_offering, "one", "two");
    expect_names(ofp_policy_field_count(policy), ofp_policy_field_name, ofp_policy_find_field,
                 "form", "kind");
    expect_names(ofp_policy_value_count(policy, 0), form_name, find_form, "a", "b", "c");
    expect_names(ofp_policy_calendar_count(policy), calendar_name, ofp_policy_find_calendar,
                 "always", "week");
}
END_TEST

START_TEST(values_of_fields_out_of_range)
{
    ck_assert_int_eq(ofp_policy_value_count(policy, 1), 1);
    ck_assert_int_eq(ofp_policy_value_count(policy, 2), 0);
    ck_assert_int_eq(ofp_policy_value_count(policy, -1), 0);
    ck_assert_ptr_null(ofp_policy_value_name(policy, 2, 0));
    ck_assert_ptr_null(ofp_policy_value_name(policy, -1, 0));
    ck_assert_int_eq(ofp_policy_find_value(policy, 2, OFP_LITERAL("a")), OFP_NONE);
    ck_assert_int_eq(ofp_policy_find_value(policy, -1, OFP_LITERAL("a")), OFP_NONE);
    ck_assert_int_eq(ofp_policy_find_value(policy, 1, OFP_LITERAL("a")), OFP_NONE);
}
END_TEST

START_TEST(what_a_policy_is_called)
{
    ck_assert_str_eq(ofp_policy_name(policy), "shop");
    ck_assert_str_eq(ofp_policy_revision(policy), "7");
    ck_assert_str_eq(ofp_policy_tzdata(policy), "2026f");
    ck_assert_str_eq(ofp_zone_name(ofp_policy_zone(policy)), "America/Los_Angeles");
    /* sha256sum of the text */
    ck_assert_str_eq(ofp_policy_digest(policy),
                     "sha256:9f32862f2d108f91e7ff5c4f870efb1d942fe45fe4c6cb78e70ea89660158ce0");
}
END_TEST

START_TEST(levels_are_paid_or_not)
{
    ck_assert(!ofp_policy_level_is_paid(policy, 0));
    ck_assert(ofp_policy_level_is_paid(policy, 1));
    ck_assert(!ofp_policy_level_is_paid(policy, 2));
    ck_assert(ofp_policy_level_is_paid(policy, 3));
    ck_assert(!ofp_policy_level_is_paid(policy, 4));
    ck_assert(!ofp_policy_level_is_paid(policy, OFP_NONE));
}
END_TEST

START_TEST(the_first_level_may_be_paid)
{
    stop();
    expect_ok(ofp_policy_parse(OFP_LITERAL("policy: p\nlevels: [gold, free]\nunpaid: [free]\n"
                                           "priorities: [x]\ndefault_priority: x\n"
                                           "offerings: {o: {}}\n"),
                               NULL, &policy, &error));
    ck_assert(ofp_policy_level_is_paid(policy, 0));
    ck_assert(!ofp_policy_level_is_paid(policy, 1));
}
END_TEST

START_TEST(titles_are_names_by_default)
{
    ck_assert_str_eq(ofp_policy_offering_title(policy, 0), "Number One");
    ck_assert_str_eq(ofp_policy_offering_title(policy, 1), "two");
    ck_assert_ptr_null(ofp_policy_offering_title(policy, 2));
    ck_assert_ptr_null(ofp_policy_offering_title(policy, OFP_NONE));
}
END_TEST

START_TEST(sla_rules_have_ids)
{
    ck_assert(ofp_policy_has_sla(policy));
    ck_assert_int_eq(ofp_policy_sla_rule_count(policy), 2);
    ck_assert_str_eq(ofp_policy_sla_rule_id(policy, 0), "first");
    ck_assert_str_eq(ofp_policy_sla_rule_id(policy, 1), "second");
    ck_assert_ptr_null(ofp_policy_sla_rule_id(policy, 2));
    ck_assert_ptr_null(ofp_policy_sla_rule_id(policy, OFP_NONE));
}
END_TEST

/* Level tags first, as the offerings write them, then focus tags, then those of conditions. */
START_TEST(tags_have_an_order)
{
    static const char *const tags[] = {"p", "g1", "g2", "f1", "f2"};
    ck_assert_int_eq(ofp_policy_tag_count(policy), 7);
    for (int32_t i = 0; i < 5; i++)
        ck_assert_str_eq(ofp_policy_tag_name(policy, i), tags[i]);
    ck_assert_ptr_nonnull(ofp_policy_tag_name(policy, 6));
    ck_assert_ptr_null(ofp_policy_tag_name(policy, 7));
    ck_assert_ptr_null(ofp_policy_tag_name(policy, OFP_NONE));
}
END_TEST

/* In local days: 2027-03-14 has 23 hours in this zone. */
START_TEST(migrations_end_with_local_days)
{
    int64_t end = 0, forgotten = 0;
    int32_t date = 0;
    ofp_date_parse(OFP_LITERAL("2027-03-10"), &date, NULL);
    ck_assert_int_eq(ofp_policy_date_start(policy, date), 1804665600); /* 2027-03-10 00:00 PST */
    ofp_policy_migration_end(policy, date, &end, &forgotten);
    ck_assert_int_eq(end, 1805011200);                         /* 2027-03-14 00:00 PST */
    ck_assert_int_eq(forgotten, 1805871600);                   /* 2027-03-24 00:00 PDT */
    ofp_policy_migration_end(policy, 84370, &end, &forgotten); /* the last date that there is */
    ck_assert_int_gt(end, OFP_INSTANT_END);
    ck_assert_int_gt(forgotten, end);
}
END_TEST

START_TEST(parts_of_conditions_have_names)
{
    static const char *const names[] = {"level", "offering", "priority", "verdict",
                                        "tag",   "org_tag",  "form",     "kind"};
    ck_assert_uint_eq(ofp_policy_attribute_count(policy), 8);
    for (int i = 0; i < 8; i++)
        ck_assert_str_eq(ofp_policy_part_name(policy, i), names[i]);
    ck_assert_str_eq(ofp_policy_part_name(policy, OFP_PART_ALL), "all");
    ck_assert_str_eq(ofp_policy_part_name(policy, OFP_PART_ANY), "any");
    ck_assert_str_eq(ofp_policy_part_name(policy, OFP_PART_NOT), "not");
    ck_assert_ptr_null(ofp_policy_part_name(policy, OFP_PART_NONE));
}
END_TEST

START_TEST(references_keep_it_alive)
{
    ofp_policy *again = ofp_policy_ref(policy);
    ck_assert_ptr_eq(again, policy);
    ck_assert_ptr_null(ofp_policy_unref(policy));
    ck_assert_str_eq(ofp_policy_name(again), "shop");
    ck_assert_ptr_null(ofp_policy_unref(NULL));
}
END_TEST

START_TEST(warnings_can_be_read)
{
    const size_t count = ofp_policy_warning_count(policy);
    ck_assert_uint_gt(count, 0); /* platinum has no first reply */
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(ofp_policy_warning(policy, i)->severity, OFP_SEVERITY_WARNING);
    ck_assert_ptr_null(ofp_policy_warning(policy, count));
    ck_assert_ptr_null(ofp_policy_warning(policy, SIZE_MAX));
}
END_TEST

START_TEST(what_a_policy_may_leave_out)
{
    stop();
    expect_ok(ofp_policy_parse(OFP_LITERAL("policy: p\nlevels: [a]\nunpaid: [a]\npriorities: [x]\n"
                                           "default_priority: x\nofferings: {o: {}}\n"),
                               NULL, &policy, &error));
    ck_assert_ptr_null(ofp_policy_revision(policy));
    ck_assert(!ofp_policy_has_sla(policy));
    ck_assert_str_eq(ofp_zone_name(ofp_policy_zone(policy)), "UTC");
    ck_assert_int_eq(ofp_policy_field_count(policy), 0);
    ck_assert_int_eq(ofp_policy_calendar_count(policy), 0);
    ck_assert_int_eq(ofp_policy_tag_count(policy), 0);
    ck_assert_int_eq(ofp_policy_find_field(policy, OFP_LITERAL("form")), OFP_NONE);
    ck_assert_uint_eq(ofp_policy_warning_count(policy), 0);
}
END_TEST

TCase *policy_case(void)
{
    TCase *tests = tcase_create("policy");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, names_and_indexes);
    tcase_add_test(tests, values_of_fields_out_of_range);
    tcase_add_test(tests, what_a_policy_is_called);
    tcase_add_test(tests, levels_are_paid_or_not);
    tcase_add_test(tests, the_first_level_may_be_paid);
    tcase_add_test(tests, titles_are_names_by_default);
    tcase_add_test(tests, sla_rules_have_ids);
    tcase_add_test(tests, tags_have_an_order);
    tcase_add_test(tests, migrations_end_with_local_days);
    tcase_add_test(tests, parts_of_conditions_have_names);
    tcase_add_test(tests, references_keep_it_alive);
    tcase_add_test(tests, warnings_can_be_read);
    tcase_add_test(tests, what_a_policy_may_leave_out);
    return tests;
}
