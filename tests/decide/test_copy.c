/* SPDX-License-Identifier: MIT */
/* Copies outlive everything they were made from. */
#include "allocations.h"
#include "buffer.h"
#include "cases.h"
#include "decision_state.h"
#include "setting.h"

#define POLICY \
    SHOP CURRENT "priority_rules: [{when: {form: other}, priority: low}]\n" \
                 "classify: {rules: [{offering: edge, when: {form: desk}}," \
                 " {offering: cloud, match: cloud, weight: 5}, {offering: desk, match: desk}]}\n" \
                 "sla:\n" \
                 "  - {id: none, when: {form: desk, tag: loud, org_tag: vip}, targets:" \
                 " {first_reply: {kind: sla, calendar: always, within: 1h}}}\n" \
                 "  - {id: far, when: {form: cloud, region: apac}, targets: {first_reply:" \
                 " {kind: sla, calendar: always, within: 1h}}}\n" \
                 "  - {id: all, when: {level: {not: [free]}}, targets: {first_reply: {kind: sla," \
                 " calendar: always, within: {normal: 1h}}, resolution: {kind: slo, calendar:" \
                 " always, within: {urgent: 1h}}}}\n"

/* Texts that the tests can take away. */
static char ticket[] = "t1", org[] = "acme", name[] = "Acme", zone[] = "Europe/Amsterdam";
static char subject[] = "about the desk", description[] = "in the cloud";
static char id[] = "m1", second_id[] = "m2";
static char tag[] = "desk_s", org_tag[] = "vip";

static void start(void)
{
    start_setting();
    use_policy(POLICY);
    request.ticket = ofp_text_of(strcpy(ticket, "t1"));
    request.org = ofp_text_of(strcpy(org, "acme"));
    request.org_name = ofp_text_of(strcpy(name, "Acme"));
    request.org_time_zone = ofp_text_of(strcpy(zone, "Europe/Amsterdam"));
    request.subject = ofp_text_of(strcpy(subject, "about the desk"));
    request.description = ofp_text_of(strcpy(description, "in the cloud"));
    carry_tag(strcpy(tag, "desk_s"));
    carry_org_tag(strcpy(org_tag, "vip"));
    set_field("form", "cloud");
    set_field("region", "emea");
    entitle("desk", "premium")->ends = NOW + DAY;
    entitle("edge", "ultimate")->ends = NOW - DAY;
    migrate(strcpy(id, "m1"), "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    migrate(strcpy(second_id, "m2"), "cloud", "standard", "2026-11-10", OFP_MIGRATION_REFUSED);
}

static void wipe(char *text)
{
    memset(text, '!', strlen(text));
}

/* Takes away all that a decision in a scratch borrows. */
static void take_everything_away(void)
{
    char *const texts[] = {ticket,      org, name,      zone, subject,
                           description, id,  second_id, tag,  org_tag};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        wipe(texts[i]);
    memset((void *)request.entitlements, 0x55, 2 * sizeof *request.entitlements);
    memset((void *)request.migrations, 0x55, 2 * sizeof *request.migrations);
    memset((void *)request.tags, 0x55, sizeof *request.tags);
    memset((void *)request.fields, 0x55, 2 * sizeof *request.fields);
    scratch = ofp_scratch_free(scratch);
    policy = ofp_policy_unref(policy);
}

/* What explanations look up in a decision. */
static void write_standing(const ofp_decision *from, ofp_buffer *buffer)
{
    for (size_t i = 0; i < from->request->entitlement_count; i++)
        ofp_buffer_printf(buffer, "%d ", from->entitlement_states[i]);
    for (size_t i = 0; i < from->request->migration_count; i++)
        ofp_buffer_printf(buffer, "%d %lld %lld\n", from->standings[i], (long long)from->ends[i],
                          (long long)from->forgottens[i]);
}

/* Everything that a decision says, in one text. */
static void write_all(const ofp_decision *from, ofp_buffer *buffer)
{
    char key[OFP_KEY_SIZE];
    size_t target_count, action_count;
    const ofp_target *targets = ofp_decision_targets(from, &target_count);
    const ofp_action *list = ofp_decision_actions(from, &action_count);
    const ofp_text texts[] = {ofp_decision_ticket(from), ofp_decision_org(from),
                              ofp_decision_org_name(from), ofp_decision_org_time_zone(from)};
    ofp_reason reason;
    write_standing(from, buffer);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ofp_buffer_printf(buffer, "%.*s\n", (int)texts[i].size, texts[i].data);
    ofp_buffer_printf(
        buffer, "%s %lld %lld %lld %d %d %d %d %d %d\n", ofp_policy_name(ofp_decision_policy(from)),
        (long long)ofp_decision_now(from), (long long)ofp_decision_created_at(from),
        (long long)ofp_decision_valid_until(from), ofp_decision_verdict(from),
        ofp_decision_offering(from), ofp_decision_offering_source(from),
        ofp_decision_priority(from), ofp_decision_level(from), ofp_decision_sla_rule(from));
    for (size_t i = 0; i < target_count; i++)
        ofp_buffer_printf(buffer, "%d %d %d %lld %lld\n", targets[i].metric, targets[i].kind,
                          targets[i].calendar, (long long)targets[i].seconds,
                          (long long)targets[i].due_at);
    for (size_t i = 0; i < action_count; i++) {
        ofp_decision_action_key(from, i, key);
        ofp_buffer_printf(buffer, "%d %d %s ", list[i].kind, list[i].tag, key);
        ofp_decision_action_text(from, i, buffer, NULL);
        ofp_buffer_puts(buffer, "\n");
    }
    for (size_t i = 0; ofp_decision_reason(from, i, &reason); i++) {
        ofp_buffer_printf(buffer, "%s %d %d %.*s %u %d %d %d %s %s %lld %d %d %d %d %d ",
                          ofp_reason_name(reason.code), reason.decides, reason.index,
                          (int)reason.id.size, reason.id.data ? reason.id.data : "", reason.line,
                          reason.offering, reason.level, reason.priority,
                          reason.condition ? reason.condition : "-",
                          reason.field ? reason.field : "-", (long long)reason.at, reason.date,
                          reason.score, reason.next, reason.next_score, reason.limit);
        ofp_buffer_puts(buffer, "\n");
    }
}

START_TEST(a_copy_outlives_everything)
{
    ofp_buffer before = {0}, after = {0};
    ofp_decision *copy = NULL;
    expect_verdict("migration", "standard");
    write_all(decision, &before);
    expect_ok(ofp_decision_copy(decision, &copy, &error));
    take_everything_away();
    write_all(copy, &after);
    /* What no question needs is not there. */
    ck_assert_uint_eq(copy->request->tag_count + copy->request->org_tag_count, 0);
    ck_assert_uint_eq(copy->request->field_count, 0);
    ck_assert_ptr_null(copy->request->fields);
    ck_assert_ptr_null(copy->request->subject.data);
    ck_assert_ptr_null(copy->request->description.data);
    ck_assert_ptr_null(copy->request->org_notes.data);
    ck_assert_uint_gt(before.size, 500);
    ck_assert_str_eq(ofp_buffer_text(&after).data, ofp_buffer_text(&before).data);
    ofp_buffer_release(&before);
    ofp_buffer_release(&after);
    ck_assert_ptr_null(ofp_decision_free(copy));
    ck_assert_ptr_null(ofp_decision_free(NULL));
}
END_TEST

START_TEST(a_copy_can_be_copied)
{
    ofp_buffer before = {0}, after = {0};
    ofp_decision *first = NULL, *second = NULL;
    decide();
    write_all(decision, &before);
    expect_ok(ofp_decision_copy(decision, &first, &error));
    expect_ok(ofp_decision_copy(first, &second, &error));
    ofp_decision_free(first);
    take_everything_away();
    write_all(second, &after);
    ck_assert_str_eq(ofp_buffer_text(&after).data, ofp_buffer_text(&before).data);
    ofp_buffer_release(&before);
    ofp_buffer_release(&after);
    ofp_decision_free(second);
}
END_TEST

START_TEST(what_was_not_there_is_not_there_in_a_copy)
{
    ofp_decision *copy = NULL;
    clear_request();
    request.has_org = false;
    request.org = (ofp_text){0};
    decide();
    expect_ok(ofp_decision_copy(decision, &copy, &error));
    ck_assert_ptr_null(ofp_decision_org(copy).data);
    ck_assert_ptr_null(ofp_decision_org_name(copy).data);
    ck_assert_ptr_null(ofp_decision_org_time_zone(copy).data);
    ck_assert_int_eq(ofp_decision_offering(copy), OFP_NONE);
    ofp_decision_free(copy);
    clear_request(); /* an org, but without a name */
    decide();
    expect_ok(ofp_decision_copy(decision, &copy, &error));
    expect_text(ofp_decision_org(copy), "acme");
    ck_assert_ptr_null(ofp_decision_org_name(copy).data);
    ofp_decision_free(copy);
}
END_TEST

START_TEST(copying_says_when_memory_is_out)
{
    ofp_status status = OFP_STATUS_NO_MEMORY;
    decide();
    for (size_t allowed = 0; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_decision *copy = NULL;
        ofp_error *error = NULL;
        allocations_fail_after(allowed);
        status = ofp_decision_copy(decision, &copy, &error);
        allocations_allow();
        ck_assert_int_eq(copy == NULL, status == OFP_STATUS_NO_MEMORY);
        ck_assert_int_eq(error == NULL, status == OFP_STATUS_OK);
        ofp_decision_free(copy);
    }
    ck_assert_int_eq(status, OFP_STATUS_OK);
}
END_TEST

/* One failure among calls that work is not forgotten, wherever it comes. */
START_TEST(copying_forgets_no_failure)
{
    static ofp_migration many[400];
    size_t failures = 0;
    for (size_t i = 0; i < 400; i++)
        many[i] = request.migrations[i % 2];
    request.migrations = many;
    for (request.migration_count = 2; request.migration_count < 400; request.migration_count++) {
        bool failed = true;
        decide();
        for (size_t number = 0; failed; number++) {
            ofp_decision *copy = NULL;
            allocations_fail_at(number);
            const ofp_status status = ofp_decision_copy(decision, &copy, NULL);
            failed = allocations_count() > number;
            allocations_allow();
            expect_each(status == (failed ? OFP_STATUS_NO_MEMORY : OFP_STATUS_OK), "%zu", number);
            expect_each((copy == NULL) == failed, "%zu", number);
            ofp_decision_free(copy);
            failures += failed;
        }
    }
    ck_assert_uint_gt(failures, 1000);
}
END_TEST

TCase *copy_case(void)
{
    TCase *tests = tcase_create("copy");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, a_copy_outlives_everything);
    tcase_add_test(tests, a_copy_can_be_copied);
    tcase_add_test(tests, what_was_not_there_is_not_there_in_a_copy);
    tcase_add_test(tests, copying_says_when_memory_is_out);
    tcase_add_test(tests, copying_forgets_no_failure);
    return tests;
}
