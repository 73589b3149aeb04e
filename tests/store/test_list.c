/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cases.h"
#include "expect.h"
#include "place.h"

static ofp_store *store;

static void start(void)
{
    place_start();
    store = place_open(OFP_STORE_CREATE);
}

static void stop(void)
{
    store = ofp_store_close(store);
    place_stop();
}

/* A migration of an org in a status, which ends so many days after NOON. */
static void put(const char *org, ofp_migration_status status, int end)
{
    ofp_migration_record record = sample_migration(org);
    record.status = status;
    record.ends_at = NOON + end * DAY;
    if (status != OFP_MIGRATION_REQUESTED && status != OFP_MIGRATION_CANCELLED) {
        record.decided_by = record.policy = record.policy_digest = ofp_text_of("x");
        record.decided_at = NOON;
    }
    if (status >= OFP_MIGRATION_COMPLETED) {
        record.closed_by = ofp_text_of("x");
        record.closed_at = NOON;
        record.settled = true;
    }
    if (status == OFP_MIGRATION_COMPLETED)
        record.outcome = OFP_OUTCOME_REACHED;
    put_migration(store, &record);
}

static void put_all(void)
{
    put("acme", OFP_MIGRATION_REQUESTED, 1);
    put("acme", OFP_MIGRATION_REQUESTED, 2);
    put("acme", OFP_MIGRATION_APPROVED, 1);
    put("other", OFP_MIGRATION_APPROVED, 2);
    put("acme", OFP_MIGRATION_REFUSED, 1);
    put("acme", OFP_MIGRATION_COMPLETED, 1);
    put("other", OFP_MIGRATION_CANCELLED, 1);
}

/* The numbers of the migrations that a filter finds, and "+" if there are more. */
static const char *list(const ofp_migration_filter *filter)
{
    static char found[200];
    size_t count;
    ofp_records *records;
    found[0] = '\0';
    expect_ok(ofp_store_list(store, filter, &records, &error));
    const ofp_migration_record *migrations = ofp_records_migrations(records, &count);
    for (size_t i = 0; i < count; i++)
        strcat(found, migrations[i].id.data + 2);
    strcat(found, ofp_records_more(records) ? "+" : "");
    ofp_records_free(records);
    return found;
}

/* @param ... what the filter `with` asks for */
#define expect_list(wanted, ...) \
    do { \
        ofp_migration_filter with = OFP_MIGRATION_FILTER_INIT; \
        (void)(__VA_ARGS__); \
        ck_assert_str_eq(list(&with), wanted); \
    } while (0)

START_TEST(lists_migrations)
{
    const ofp_migration_filter all = OFP_MIGRATION_FILTER_INIT;
    ck_assert_str_eq(list(&all), "");
    put_all();
    ck_assert_str_eq(list(&all), "1234567");
    const ofp_text acme = ofp_text_of("acme");
    expect_list("12356", with.org = acme);
    expect_list("47", with.org = ofp_text_of("other"));
    expect_list("", with.org = ofp_text_of("nobody"));
    expect_list("", with.org = ofp_text_of(""));
    expect_list("13567", with.ends_before = NOON + 2 * DAY);
    expect_list("1234567", with.ends_before = NOON + 2 * DAY + 1);
    expect_list("", with.ends_before = NOON);
}
END_TEST

START_TEST(lists_by_state)
{
    static const struct {
        ofp_migration_state state;
        const char *at_noon, *after_a_day;
    } states[] = {
        {OFP_MIGRATION_ANY, "1234567", "1234567"}, {OFP_MIGRATION_IS_OPEN, "12", "2"},
        {OFP_MIGRATION_IS_LIVE, "34", "4"},        {OFP_MIGRATION_IS_REFUSED, "5", "5"},
        {OFP_MIGRATION_IS_COMPLETED, "6", "6"},    {OFP_MIGRATION_IS_CANCELLED, "7", "7"},
        {OFP_MIGRATION_IS_ENDED, "", "3"},         {OFP_MIGRATION_IS_MISSED, "", "1"},
    };
    put_all();
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        expect_list(states[i].at_noon, with.state = states[i].state, with.at = NOON + DAY - 1);
        expect_list(states[i].after_a_day, with.state = states[i].state, with.at = NOON + DAY);
    }
    expect_list("3", with.state = OFP_MIGRATION_IS_ENDED, with.at = NOON + 9 * DAY,
                with.ends_before = NOON + 2 * DAY, with.org = ofp_text_of("acme"));
    expect_list("", with.state = OFP_MIGRATION_IS_ENDED, with.at = NOON + 9 * DAY,
                with.ends_before = NOON + DAY);
    /* What is refused needs no clock. */
    expect_list("5", with.state = OFP_MIGRATION_IS_REFUSED);
}
END_TEST

START_TEST(lists_page_by_page)
{
    put_all();
    expect_list("123+", with.limit = 3);
    expect_list("456+", with.limit = 3, with.after = ofp_text_of("M-3"));
    expect_list("7", with.limit = 3, with.after = ofp_text_of("M-6"));
    expect_list("4567", with.limit = 4, with.after = ofp_text_of("M-3"));
    expect_list("35+", with.limit = 2, with.after = ofp_text_of("M-2"),
                with.org = ofp_text_of("acme"));
    expect_list("6", with.limit = 2, with.after = ofp_text_of("M-5"),
                with.org = ofp_text_of("acme"));
    expect_list("1234567", with.limit = SIZE_MAX);
    expect_list("", with.after = ofp_text_of("M-99"));
}
END_TEST

START_TEST(refuses_wrong_filters)
{
    ofp_records *records;
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    expect_failure(ofp_store_list(store, NULL, &records, &error), OFP_CODE_MISUSE);
    filter.size = 0;
    expect_failure(ofp_store_list(store, &filter, &records, &error), OFP_CODE_MISUSE);
    filter = (ofp_migration_filter)OFP_MIGRATION_FILTER_INIT;
    filter.state = (ofp_migration_state)7;
    expect_failure(ofp_store_list(store, &filter, &records, &error), OFP_CODE_MISUSE);
    filter.state = (ofp_migration_state)-2;
    expect_failure(ofp_store_list(store, &filter, &records, &error), OFP_CODE_MISUSE);
    static const ofp_migration_state by_clock[] = {OFP_MIGRATION_IS_OPEN, OFP_MIGRATION_IS_LIVE,
                                                   OFP_MIGRATION_IS_ENDED, OFP_MIGRATION_IS_MISSED};
    for (size_t i = 0; i < 4; i++) {
        filter.state = by_clock[i];
        expect_failure(ofp_store_list(store, &filter, &records, &error), OFP_CODE_INSTANT_RANGE);
    }
    filter = (ofp_migration_filter)OFP_MIGRATION_FILTER_INIT;
    filter.after = ofp_text_of("17");
    expect_failure(ofp_store_list(store, &filter, &records, &error), OFP_CODE_UNKNOWN_MIGRATION);
    /* Of a header that had no limit yet. */
    filter = (ofp_migration_filter)OFP_MIGRATION_FILTER_INIT;
    filter.size = offsetof(ofp_migration_filter, limit);
    filter.limit = 1;
    put_all();
    ck_assert_str_eq(list(&filter), "1234567");
}
END_TEST

START_TEST(finds_one_with_its_story)
{
    put_all();
    ofp_host_action action = sample_action("M-3", "a");
    put_action(store, &action);
    ofp_migration_record record = sample_migration("acme");
    record.id = ofp_text_of("M-3");
    put_migration(store, &record);
    action.key = ofp_text_of("b");
    put_action(store, &action);
    ofp_records *records;
    size_t migrations, events, actions;
    expect_ok(ofp_store_find(store, ofp_text_of("M-3"), &records, &error));
    expect_text(ofp_records_migrations(records, &migrations)->id, "M-3");
    const ofp_event *event = ofp_records_events(records, &events);
    const ofp_host_action *host = ofp_records_actions(records, &actions);
    ck_assert_uint_eq(migrations, 1);
    ck_assert_uint_eq(events, 2);
    ck_assert_uint_eq(actions, 2);
    ck_assert_int_lt(event[0].seq, event[1].seq);
    expect_text(host[0].key, "a");
    expect_text(host[1].key, "b");
    ofp_records_free(records);
}
END_TEST

static void expect_unknown(const char *id, const char *message)
{
    ofp_records *records = (ofp_records *)-1;
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_store_find(store, ofp_text_of(id), &records, &error),
                     OFP_STATUS_NOT_FOUND);
    ck_assert_str_eq(ofp_error_message(error), message);
    ck_assert_ptr_eq(records, (ofp_records *)-1);
    ofp_error_free(error);
}

START_TEST(says_what_is_not_there)
{
    expect_unknown("M-1", "there is no migration \"M-1\"");
    expect_unknown("17", "there is no migration \"17\": ids look like M-17");
    expect_unknown("a\tb", "there is no migration \"a\xEF\xBF\xBD"
                           "b\": ids look like M-17");
}
END_TEST

/* The numbers of the events that a filter finds, and "+" if there are more. */
static const char *events(const ofp_event_filter *filter)
{
    static char found[200];
    size_t count;
    ofp_records *records;
    found[0] = '\0';
    expect_ok(ofp_store_events(store, filter, &records, &error));
    const ofp_event *items = ofp_records_events(records, &count);
    for (size_t i = 0; i < count; i++)
        sprintf(found + strlen(found), "%d", (int)items[i].seq);
    strcat(found, ofp_records_more(records) ? "+" : "");
    ofp_records_free(records);
    return found;
}

/* @param ... what the filter `with` asks for */
#define expect_events(wanted, ...) \
    do { \
        ofp_event_filter with = OFP_EVENT_FILTER_INIT; \
        (void)(__VA_ARGS__); \
        ck_assert_str_eq(events(&with), wanted); \
    } while (0)

/* Events 2 to 6: at so many days after NOON. Not in order: clocks differ. */
static void put_events(void)
{
    static const struct {
        const char *org;
        int64_t migration;
        int day;
    } drafts[] = {{"acme", 1, 1}, {"other", 2, 3}, {"acme", 1, 2}, {"acme", 3, 3}, {"acme", 1, 3}};
    const ofp_migration_record acme = sample_migration("acme"), other = sample_migration("other");
    int64_t number;
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_write(store, &acme, acme.ends_at, &number, &error));
    expect_ok(ofp_ledger_write(store, &other, other.ends_at, &number, &error));
    expect_ok(ofp_ledger_write(store, &acme, acme.ends_at, &number, &error));
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
        ofp_event_draft draft = sample_event(drafts[i].migration, drafts[i].org, NULL);
        draft.at = NOON + drafts[i].day * DAY;
        expect_ok(ofp_ledger_append(store, &draft, NULL, &error));
    }
    expect_ok(ofp_store_commit(store, &error));
}

START_TEST(lists_events)
{
    put_events();
    const ofp_text acme = ofp_text_of("acme"), first = ofp_text_of("M-1");
    expect_events("123456", with.limit = 0);
    expect_events("2456", with.org = acme);
    expect_events("3", with.org = ofp_text_of("other"));
    expect_events("246", with.migration = first);
    expect_events("246", with.migration = first, with.org = acme);
    expect_events("", with.migration = first, with.org = ofp_text_of("other"));
    expect_events("", with.migration = ofp_text_of("nonsense"));
    expect_events("", with.migration = ofp_text_of(""));
    expect_events("3456", with.since = NOON + DAY + 1);
    expect_events("356", with.since = NOON + 3 * DAY);
    expect_events("56", with.since = NOON + 3 * DAY, with.org = acme);
    expect_events("6", with.since = NOON + 3 * DAY, with.migration = first);
    expect_events("", with.since = NOON + 3 * DAY + 1);
    expect_events("123456", with.since = NOON - 1);
}
END_TEST

START_TEST(lists_events_page_by_page)
{
    put_events();
    expect_events("12+", with.limit = 2);
    expect_events("34+", with.limit = 2, with.after = 2);
    expect_events("56", with.limit = 2, with.after = 4);
    expect_events("24+", with.limit = 2, with.org = ofp_text_of("acme"));
    expect_events("56", with.limit = 2, with.org = ofp_text_of("acme"), with.after = 4);
    expect_events("3+", with.limit = 1, with.since = NOON + 3 * DAY);
    expect_events("5+", with.limit = 1, with.since = NOON + 3 * DAY, with.after = 3);
    expect_events("6", with.limit = 1, with.since = NOON + 3 * DAY, with.after = 5);
    ofp_records *records;
    expect_failure(ofp_store_events(store, NULL, &records, &error), OFP_CODE_MISUSE);
}
END_TEST

TCase *list_case(void)
{
    TCase *tcase = tcase_create("list");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, lists_migrations);
    tcase_add_test(tcase, lists_by_state);
    tcase_add_test(tcase, lists_page_by_page);
    tcase_add_test(tcase, refuses_wrong_filters);
    tcase_add_test(tcase, finds_one_with_its_story);
    tcase_add_test(tcase, says_what_is_not_there);
    tcase_add_test(tcase, lists_events);
    tcase_add_test(tcase, lists_events_page_by_page);
    return tcase;
}
