/* SPDX-License-Identifier: MIT */
/* What the tables hold for the policy of the contract, and for small policies of their own. */
#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "parse.h"
#include "tables.h"

static ofp_policy *policy;

static void stop(void)
{
    policy = ofp_policy_unref(policy);
}

static void load_contract(void)
{
    policy = load_policy(CASES "/contract/policy.yaml");
}

static void expect_tag(int32_t tag, const char *name)
{
    ck_assert_str_eq(ofp_policy_tag_name(policy, tag), name);
}

START_TEST(head)
{
    load_contract();
    ck_assert_str_eq(policy->name, "northwind-support");
    ck_assert_str_eq(policy->revision, "2026-11");
    ck_assert_str_eq(ofp_zone_name(policy->zone), "America/Los_Angeles");
    ck_assert_uint_eq(policy->zone_count, 4); /* UTC for `always`, and three that are named */
    ck_assert_uint_eq(policy->levels.count, 4);
    ck_assert_str_eq(ofp_policy_level_name(policy, 3), "ultimate");
    ck_assert(!ofp_policy_level_is_paid(policy, 0));
    ck_assert(ofp_policy_level_is_paid(policy, 1));
    ck_assert_int_eq(policy->lowest_unpaid, 0);
    ck_assert_str_eq(ofp_policy_priority_name(policy, 3), "urgent");
    ck_assert_int_eq(policy->default_priority, 1);
}
END_TEST

START_TEST(offerings_and_tags)
{
    static const char *const names[] = {
        "sm_standard",  "sm_premium",      "sm_ultimate",        "saas_standard",
        "saas_premium", "saas_ultimate",   "dedicated_ultimate", "focus_self_managed",
        "focus_saas",   "focus_dedicated", "region_emea",
    };
    load_contract();
    ck_assert_int_eq(policy->level_tag_count, 7);
    ck_assert_int_eq(policy->focus_tag_count, 3);
    ck_assert_int_eq(ofp_policy_tag_count(policy), 11);
    for (int32_t i = 0; i < 11; i++)
        expect_tag(i, names[i]);
    ck_assert_str_eq(policy->offerings[1].title, "Northwind Cloud");
    ck_assert_int_eq(policy->offerings[2].level_tags[1], OFP_NONE);
    ck_assert_int_eq(policy->offerings[2].level_tags[3], 6);
    ck_assert_int_eq(policy->offerings[2].focus_tag, 9);
    ck_assert_uint_eq(policy->tags[4].use_count, 1);
    ck_assert_int_eq(policy->tags[4].uses[0].offering, 1);
    ck_assert_int_eq(policy->tags[4].uses[0].level, 2);
    ck_assert_uint_eq(policy->tags[9].use_count, 0);
}
END_TEST

START_TEST(shared_tags_count_for_each)
{
    policy = parse_policy(POLICY_HEAD "}");
    /* s1, p1, s2: in the order written, p1 at its first place. */
    ck_assert_int_eq(policy->level_tag_count, 3);
    expect_tag(0, "s1");
    expect_tag(1, "p1");
    expect_tag(2, "s2");
    ck_assert_uint_eq(policy->tags[1].use_count, 2);
    ck_assert_int_eq(policy->tags[1].uses[0].offering, 0);
    ck_assert_int_eq(policy->tags[1].uses[1].offering, 1);
    ck_assert_int_eq(policy->tags[1].uses[1].level, 2);
    ck_assert_str_eq(policy->offerings[0].title, "one");
}
END_TEST

START_TEST(classification)
{
    load_contract();
    ck_assert_int_eq(policy->threshold, 3);
    ck_assert_int_eq(policy->margin, 2);
    ck_assert_uint_eq(policy->classify_rule_count, 2);
    ck_assert_int_eq(policy->classify_rules[1].result, 0);
    ck_assert_uint_eq(policy->classify_rules[1].line, 38);
    ck_assert_int_eq(policy->classify_rules[1].rule, 1);
    ck_assert_uint_eq(policy->pattern_count, 7);
    ck_assert_int_eq(policy->patterns[6].offering, 2);
    ck_assert_int_eq(policy->patterns[6].weight, 4);
    ck_assert_uint_eq(policy->patterns[6].line, 45);
    ck_assert_int_eq(policy->patterns[6].rule, 8);
    ck_assert_ptr_null(policy->priority_whens);
}
END_TEST

START_TEST(promises)
{
    load_contract();
    ck_assert_uint_eq(policy->sla_rule_count, 5);
    ck_assert_uint_eq(policy->most_targets, 2);
    const ofp_sla_rule *rule = &policy->sla_rules[1];
    ck_assert_str_eq(rule->id, "ultimate-dedicated");
    ck_assert_uint_eq(rule->line, 70);
    ck_assert_uint_eq(rule->target_count, 2);
    const ofp_target_spec *target = &rule->targets[1];
    ck_assert_int_eq(target->metric, OFP_METRIC_RESOLUTION);
    ck_assert_int_eq(target->kind, OFP_TARGET_SLO);
    ck_assert_str_eq(ofp_names_get(&policy->calendar_names, target->calendar), "business");
    ck_assert_int_eq(target->seconds[0], 0);
    ck_assert_int_eq(target->seconds[2], 24 * 3600);
    ck_assert_int_eq(target->seconds[3], 8 * 3600);
    ck_assert_int_eq(policy->sla_rules[0].targets[0].seconds[0], 1800);
    ck_assert_int_eq(policy->sla_rules[0].targets[0].seconds[3], 1800);
}
END_TEST

static int64_t due(const char *calendar, const char *start, int64_t seconds)
{
    int64_t instant, result;
    const int32_t index = ofp_policy_find_calendar(policy, ofp_text_of(calendar));
    expect_ok(ofp_instant_parse(ofp_text_of(start), &instant, &error));
    expect_ok(
        ofp_calendar_due(ofp_policy_calendar(policy, index), instant, seconds, &result, &error));
    return result;
}

static void expect_due(const char *calendar, const char *start, int64_t seconds,
                       const char *expected)
{
    char text[OFP_INSTANT_SIZE];
    ofp_instant_format(due(calendar, start, seconds), text);
    ck_assert_str_eq(text, expected);
}

START_TEST(calendars)
{
    load_contract();
    ck_assert_uint_eq(policy->calendar_count, 4);
    expect_due("always", "2026-11-20T00:00:00Z", 3600, "2026-11-20T01:00:00Z");
    /* Wednesday before a break; then Thursday's short day; then a holiday and a weekend. */
    expect_due("emea", "2026-12-23T13:30:00Z", 3600, "2026-12-23T15:30:00Z");
    expect_due("emea", "2026-12-24T07:00:00Z", 4 * 3600, "2026-12-24T11:00:00Z");
    expect_due("emea", "2026-12-24T11:00:00Z", 1, "2026-12-28T07:00:01Z");
    expect_due("emea", "2026-12-28T09:59:59Z", 2, "2026-12-28T12:00:01Z");
    expect_due("night", "2026-11-20T16:15:00Z", 8 * 3600, "2026-11-21T00:15:00Z");
    expect_due("business", "2026-11-21T01:00:00Z", 1, "2026-11-22T23:00:01Z");
}
END_TEST

static void expect_message(const ofp_template *message, const char *expected)
{
    ofp_text values[OFP_PLACEHOLDER_COUNT];
    ofp_buffer buffer = {0};
    for (int i = 0; i < OFP_PLACEHOLDER_COUNT; i++)
        values[i] = ofp_placeholder_names[i];
    ofp_template_render(message, values, &buffer);
    ck_assert_str_eq(ofp_buffer_text(&buffer).data, expected);
    ofp_buffer_release(&buffer);
}

START_TEST(migrations)
{
    load_contract();
    const ofp_migration_rules *rules = &policy->migration;
    ck_assert_int_eq(rules->realise, OFP_REALISE_ORG_TAG);
    ck_assert_int_eq(rules->provisional_level, OFP_LEVEL_CURRENT);
    ck_assert_int_eq(rules->max_days, 90);
    ck_assert_int_eq(rules->max_extensions, 2);
    ck_assert_int_eq(rules->max_live, 30);
    ck_assert_int_eq(rules->max_live_per_org, 1);
    ck_assert_int_eq(rules->grace_days, 0);
    ck_assert_int_eq(rules->memory_days, 180);
    ck_assert_uint_eq(rules->approver_count, 1);
    ck_assert_str_eq(rules->approvers[0], "support_manager");
    expect_message(&rules->ops_request, "Offering migration for org: current_offering to offering, "
                                        "level level, until target_date.");
    expect_message(&rules->internal_note[OFP_VERDICT_MIGRATION_PENDING],
                   "An offering migration to offering has been asked for and is not approved yet. "
                   "Ask Support Ops before you promise anything.");
}
END_TEST

START_TEST(migrations_have_defaults)
{
    policy = parse_policy(POLICY_HEAD "}");
    const ofp_migration_rules *rules = &policy->migration;
    ck_assert_int_eq(rules->realise, OFP_REALISE_ORG_TAG);
    ck_assert_int_eq(rules->provisional_level, 0);
    ck_assert_int_eq(rules->max_days, OFP_NONE);
    ck_assert_int_eq(rules->max_extensions, OFP_NONE);
    ck_assert_int_eq(rules->max_live, OFP_NONE);
    ck_assert_int_eq(rules->max_live_per_org, OFP_NONE);
    ck_assert_int_eq(rules->grace_days, 0);
    ck_assert_int_eq(rules->memory_days, 180);
    ck_assert_uint_eq(rules->approver_count, 0);
    ck_assert(!rules->self_approval);
    ck_assert_uint_eq(rules->remind_count, 0);
    ck_assert_uint_gt(rules->reminder.count, 0);
    ck_assert_uint_gt(rules->ask_customer.count, 0);
    ck_assert_uint_gt(rules->ops_request.count, 0);
    ck_assert_uint_gt(rules->org_note.count, 0);
    for (int i = 0; i < OFP_VERDICT_COUNT; i++) {
        const bool noted = i != OFP_VERDICT_ENTITLED && i != OFP_VERDICT_UNPAID;
        ck_assert_int_eq(rules->internal_note[i].count > 0, noted);
    }
    ck_assert_int_eq(policy->threshold, 1);
    ck_assert_int_eq(policy->margin, 1);
    ck_assert_str_eq(ofp_zone_name(policy->zone), "UTC");
}
END_TEST

START_TEST(migrations_as_written)
{
    policy = parse_policy(
        "{policy: p, levels: [paid, free, none], unpaid: [none, free], priorities: [low], "
        "default_priority: low, offerings: {one: {}}, migration: {realise: note, "
        "provisional_level: paid, max_days: 1, max_extensions: 0, max_live: 0, grace_days: 3, "
        "memory_days: 0, approvers: [b, a], self_approval: true, remind: [3d, 3650d, 1d, 014d], "
        "messages: {reminder: \"{owner}: {reason}, {evidence}\", org_note: \"x\\n\\n\", "
        "internal_note: "
        "{lapsed: \"{ticket}\\n y\\n\"}}}}");
    const ofp_migration_rules *rules = &policy->migration;
    ck_assert_int_eq(policy->lowest_unpaid, 1);
    ck_assert_int_eq(rules->realise, OFP_REALISE_NOTE);
    ck_assert_int_eq(rules->provisional_level, 0);
    ck_assert_int_eq(rules->max_days, 1);
    ck_assert_int_eq(rules->max_extensions, 0);
    ck_assert_int_eq(rules->max_live, 0);
    ck_assert_int_eq(rules->max_live_per_org, OFP_NONE);
    ck_assert_int_eq(rules->grace_days, 3);
    ck_assert_int_eq(rules->memory_days, 0);
    ck_assert_str_eq(rules->approvers[0], "b");
    ck_assert_str_eq(rules->approvers[1], "a");
    ck_assert(rules->self_approval);
    ck_assert_uint_eq(rules->remind_count, 4);
    ck_assert_mem_eq(rules->remind, ((const int32_t[]){3650, 14, 3, 1}), 4 * sizeof(int32_t));
    expect_message(&rules->org_note, "x");
    expect_message(&rules->reminder, "owner: reason, evidence");
    expect_message(&rules->internal_note[OFP_VERDICT_LAPSED], "ticket\n y");
}
END_TEST

/* Who approves, and until when, stands in the built-in texts. */
START_TEST(built_in_texts_say_what_people_need)
{
    policy = parse_policy(POLICY_HEAD "}");
    const ofp_migration_rules *rules = &policy->migration;
    expect_message(&rules->ops_request,
                   "Please approve an offering migration for org: from current_offering "
                   "(current_level) to offering, at level level, until target_date (migration "
                   "migration).\nAccountable: owner\nReason: reason\nEvidence: evidence");
    expect_message(&rules->org_note,
                   "org is moving from current_offering to offering. We support offering at level "
                   "level until target_date (migration migration). Accountable: owner.");
    expect_message(&rules->reminder,
                   "owner, the migration of org to offering (migration, level level) has the "
                   "target date target_date. If it is not approved yet, have it approved; if org "
                   "has bought offering, complete it; if more time is needed, have it extended. "
                   "Otherwise our support for offering ends.");
}
END_TEST

START_TEST(zones_are_loaded_once)
{
    policy = parse_policy("{policy: p, levels: [free], unpaid: [free], priorities: [low], "
                          "default_priority: low, offerings: {one: {}}, time_zone: Asia/Tokyo, "
                          "calendars: {a: {always_open: true, time_zone: Asia/Tokyo}, "
                          "b: {always_open: true, time_zone: Europe/Paris}, c: {always_open: true, "
                          "time_zone: Europe/Paris}}}");
    ck_assert_uint_eq(policy->zone_count, 2);
}
END_TEST

TCase *tables_case(void)
{
    TCase *tests = tcase_create("tables");
    tcase_add_checked_fixture(tests, NULL, stop);
    tcase_add_test(tests, head);
    tcase_add_test(tests, offerings_and_tags);
    tcase_add_test(tests, shared_tags_count_for_each);
    tcase_add_test(tests, classification);
    tcase_add_test(tests, promises);
    tcase_add_test(tests, calendars);
    tcase_add_test(tests, migrations);
    tcase_add_test(tests, migrations_have_defaults);
    tcase_add_test(tests, migrations_as_written);
    tcase_add_test(tests, built_in_texts_say_what_people_need);
    tcase_add_test(tests, zones_are_loaded_once);
    return tests;
}
