/* SPDX-License-Identifier: MIT */
/* Records as documents. */
#include "buffer.h"
#include "cases.h"
#include "setting.h"

static ofp_buffer buffer;

static void stop(void)
{
    ofp_buffer_release(&buffer);
    buffer = (ofp_buffer){0};
    stop_setting();
}

#define DIGEST "sha256:0011"

#define EMPTY_MIGRATION \
    "{\"id\":\"M-1\",\"org\":\"acme\",\"org_name\":null,\"from\":\"desk\",\"from_level\":" \
    "\"premium\",\"to\":\"cloud\",\"level\":\"premium\",\"target_date\":\"2026-12-31\"," \
    "\"ends_at\":\"2026-12-31T23:00:00Z\",\"forgotten_at\":\"2027-01-30T23:00:00Z\"," \
    "\"status\":\"requested\",\"state\":\"open\",\"revision\":1,\"owner\":\"kim\",\"reason\":" \
    "null," \
    "\"evidence\":null,\"requested_by\":\"bo\",\"requested_at\":\"2026-11-20T11:00:00Z\"," \
    "\"decided_by\":null,\"decided_at\":null,\"changed_at\":\"2026-11-20T11:00:00Z\"," \
    "\"closed_by\":null,\"closed_at\":null,\"outcome\":null,\"extensions\":0,\"policy\":null}"

START_TEST(a_migration_that_lacks_all_it_can)
{
    const ofp_migration_record *record = request(NOON);
    expect_ok(ofp_migration_record_write_json(record, NOON, &buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(&buffer).data, EMPTY_MIGRATION);
}
END_TEST

static ofp_migration_record full_record(void)
{
    return (ofp_migration_record){
        .id = OFP_LITERAL("M-2"),
        .org = OFP_LITERAL("a\"c"),
        .org_name = OFP_LITERAL("A"),
        .from = OFP_LITERAL("f"),
        .from_level = OFP_LITERAL("g"),
        .to = OFP_LITERAL("t"),
        .level = OFP_LITERAL("l"),
        .target_date = date_of("2027-01-31"),
        .ends_at = instant_of("2027-02-01T00:00:00Z"),
        .forgotten_at = instant_of("2027-03-01T00:00:00Z"),
        .status = OFP_MIGRATION_COMPLETED,
        .revision = 4,
        .owner = OFP_LITERAL("o"),
        .reason = OFP_LITERAL(""),
        .evidence = OFP_LITERAL("e\n"),
        .requested_by = OFP_LITERAL("r"),
        .requested_at = 1,
        .decided_by = OFP_LITERAL("d"),
        .decided_at = 2,
        .changed_at = 3,
        .closed_by = OFP_LITERAL("c"),
        .closed_at = 3,
        .outcome = OFP_OUTCOME_NOT_REACHED,
        .extensions = 2,
        .policy = OFP_LITERAL("p"),
        .policy_digest = OFP_LITERAL(DIGEST),
        .settled = true,
    };
}

#define FULL_MIGRATION \
    "{\"id\":\"M-2\",\"org\":\"a\\\"c\",\"org_name\":\"A\",\"from\":\"f\",\"from_level\":\"g\"," \
    "\"to\":\"t\",\"level\":\"l\",\"target_date\":\"2027-01-31\",\"ends_at\":" \
    "\"2027-02-01T00:00:00Z\",\"forgotten_at\":\"2027-03-01T00:00:00Z\",\"status\":\"completed\"," \
    "\"state\":\"completed\",\"revision\":4,\"owner\":\"o\",\"reason\":\"\",\"evidence\":" \
    "\"e\\n\"," \
    "\"requested_by\":\"r\",\"requested_at\":\"1970-01-01T00:00:01Z\",\"decided_by\":\"d\"," \
    "\"decided_at\":\"1970-01-01T00:00:02Z\",\"changed_at\":\"1970-01-01T00:00:03Z\"," \
    "\"closed_by\":\"c\",\"closed_at\":\"1970-01-01T00:00:03Z\",\"outcome\":\"not_reached\"," \
    "\"extensions\":2,\"policy\":{\"name\":\"p\",\"revision\":null,\"digest\":\"" DIGEST "\"}}"

START_TEST(a_migration_that_has_all_it_can)
{
    const ofp_migration_record record = full_record();
    expect_ok(ofp_migration_record_write_json(&record, NOON, &buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(&buffer).data, FULL_MIGRATION);
}
END_TEST

/* By the clock, not by what was last done. */
START_TEST(the_state_at_an_instant)
{
    ofp_migration_record record = full_record();
    record.status = OFP_MIGRATION_APPROVED;
    expect_ok(ofp_migration_record_write_json(&record, record.ends_at - 1, &buffer, &error));
    ck_assert_ptr_nonnull(strstr(ofp_buffer_text(&buffer).data, "\"state\":\"live\""));
    ofp_buffer_clear(&buffer);
    expect_ok(ofp_migration_record_write_json(&record, record.ends_at, &buffer, &error));
    ck_assert_ptr_nonnull(strstr(ofp_buffer_text(&buffer).data, "\"state\":\"ended\""));
}
END_TEST

START_TEST(an_event_of_a_migration)
{
    const ofp_migration_record record = full_record();
    const ofp_event event = {
        .seq = 9,
        .at = 3,
        .kind = OFP_EVENT_EXTEND,
        .actor = OFP_LITERAL("mia"),
        .role = OFP_LITERAL("manager"),
        .reason = OFP_LITERAL("late"),
        .key = OFP_LITERAL("k"),
        .policy = OFP_LITERAL("p"),
        .policy_digest = OFP_LITERAL(DIGEST),
        .migration = &record,
        .previous_date = date_of("2026-12-31"),
        .hash = "abc",
    };
    expect_ok(ofp_event_write_json(&event, &buffer, &error));
    ck_assert_str_eq(
        ofp_buffer_text(&buffer).data,
        "{\"seq\":9,\"at\":\"1970-01-01T00:00:03Z\",\"kind\":\"extend\","
        "\"migration\":" FULL_MIGRATION
        ",\"actor\":\"mia\",\"role\":\"manager\",\"reason\":\"late\",\"key\":\"k\","
        "\"previous_date\":\"2026-12-31\",\"policy\":{\"name\":\"p\",\"digest\":\"" DIGEST
        "\"},\"detail\":null,\"hash\":\"abc\"}");
}
END_TEST

START_TEST(an_event_of_the_store)
{
    const ofp_event event = {
        .seq = 1,
        .kind = OFP_EVENT_CREATE,
        .detail = OFP_LITERAL("made"),
        .previous_date = OFP_DATE_NONE,
        .hash = "abc",
    };
    expect_ok(ofp_event_write_json(&event, &buffer, &error));
    ck_assert_str_eq(
        ofp_buffer_text(&buffer).data,
        "{\"seq\":1,\"at\":\"1970-01-01T00:00:00Z\",\"kind\":\"create\",\"migration\":"
        "null,\"actor\":null,\"role\":null,\"reason\":null,\"key\":null,"
        "\"previous_date\":null,\"policy\":null,\"detail\":\"made\",\"hash\":\"abc\"}");
}
END_TEST

START_TEST(an_action_with_conditions)
{
    const ofp_host_action action = {
        .seq = 3,
        .key = OFP_LITERAL("v1:k"),
        .kind = OFP_HOST_REMOVE_TAG,
        .migration = OFP_LITERAL("M-1"),
        .org = OFP_LITERAL("acme"),
        .tag = OFP_LITERAL("t"),
        .unless_offering = OFP_LITERAL("cloud"),
        .unless_level = OFP_LITERAL("premium"),
        .not_before = 5,
        .created_at = 1,
        .state = OFP_HOST_PENDING,
        .attempts = 2,
        .retry_at = 7,
        .problem = OFP_LITERAL("busy"),
        .settled_at = OFP_INSTANT_NONE,
    };
    expect_ok(ofp_host_action_write_json(&action, &buffer, &error));
    ck_assert_str_eq(
        ofp_buffer_text(&buffer).data,
        "{\"seq\":3,\"key\":\"v1:k\",\"do\":\"org.remove_tag\",\"migration\":\"M-1\",\"org\":"
        "\"acme\",\"tag\":\"t\",\"unless_entitled\":{\"offering\":\"cloud\",\"level\":\"premium\"},"
        "\"not_before\":\"1970-01-01T00:00:05Z\",\"created_at\":\"1970-01-01T00:00:01Z\","
        "\"state\":\"pending\",\"attempts\":2,\"retry_at\":\"1970-01-01T00:00:07Z\",\"problem\":"
        "\"busy\",\"settled_at\":null}");
}
END_TEST

START_TEST(an_action_with_a_text)
{
    const ofp_host_action action = {
        .seq = 4,
        .key = OFP_LITERAL("v1:k"),
        .kind = OFP_HOST_REMIND,
        .migration = OFP_LITERAL("M-1"),
        .org = OFP_LITERAL("acme"),
        .text = OFP_LITERAL("soon\n"),
        .owner = OFP_LITERAL("kim"),
        .not_before = OFP_INSTANT_NONE,
        .created_at = 1,
        .state = OFP_HOST_DONE,
        .retry_at = OFP_INSTANT_NONE,
        .settled_at = 2,
    };
    expect_ok(ofp_host_action_write_json(&action, &buffer, &error));
    ck_assert_str_eq(
        ofp_buffer_text(&buffer).data,
        "{\"seq\":4,\"key\":\"v1:k\",\"do\":\"owner.remind\",\"migration\":\"M-1\",\"org\":"
        "\"acme\",\"text\":\"soon\\n\",\"owner\":\"kim\",\"created_at\":\"1970-01-01T00:00:01Z\","
        "\"state\":\"done\",\"attempts\":0,\"retry_at\":null,\"problem\":null,\"settled_at\":"
        "\"1970-01-01T00:00:02Z\"}");
}
END_TEST

START_TEST(a_logged_decision)
{
    const ofp_logged_decision logged = {
        .seq = 2,
        .at = 3,
        .ticket = OFP_LITERAL("t1"),
        .request = OFP_LITERAL("{\"a\":1}"),
        .decision = OFP_LITERAL("{}"),
        .policy_digest = OFP_LITERAL(DIGEST),
        .tzdata = OFP_LITERAL("2026f"),
    };
    expect_ok(ofp_logged_decision_write_json(&logged, &buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(&buffer).data,
                     "{\"seq\":2,\"at\":\"1970-01-01T00:00:03Z\",\"ticket\":\"t1\",\"org\":null,"
                     "\"policy_digest\":\"" DIGEST "\",\"tzdata\":\"2026f\",\"request\":{\"a\":1},"
                     "\"decision\":{}}");
}
END_TEST

TCase *documents_case(void)
{
    TCase *tests = tcase_create("documents");
    tcase_add_checked_fixture(tests, start_setting, stop);
    tcase_add_test(tests, a_migration_that_lacks_all_it_can);
    tcase_add_test(tests, a_migration_that_has_all_it_can);
    tcase_add_test(tests, the_state_at_an_instant);
    tcase_add_test(tests, an_event_of_a_migration);
    tcase_add_test(tests, an_event_of_the_store);
    tcase_add_test(tests, an_action_with_conditions);
    tcase_add_test(tests, an_action_with_a_text);
    tcase_add_test(tests, a_logged_decision);
    return tests;
}
