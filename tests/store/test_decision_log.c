/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "place.h"

static ofp_store *store;

/* Decisions 1 to 5: at so many days after NOON, not in order. */
static void start(void)
{
    static const struct {
        const char *ticket, *org;
        int day;
    } made[] = {
        {"a", "acme", 1}, {"b", NULL, 3}, {"a", "acme", 2}, {"a", "other", 3}, {"c", "acme", 5}};
    place_start();
    store = place_open(OFP_STORE_CREATE);
    expect_ok(ofp_store_begin_write(store, &error));
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        const ofp_logged_decision decision = {
            .at = NOON + made[i].day * DAY,
            .ticket = ofp_text_of(made[i].ticket),
            .org = ofp_text_of(made[i].org),
            .request = ofp_text_of("{\"now\":1}"),
            .decision = ofp_text_of("{\"verdict\":\"entitled\"}"),
            .policy_digest = ofp_text_of("sha256:00"),
            .tzdata = ofp_text_of("2026a"),
        };
        expect_ok(ofp_ledger_log(store, &decision, 1, &error));
    }
    expect_ok(ofp_store_commit(store, &error));
}

static void stop(void)
{
    store = ofp_store_close(store);
    place_stop();
}

static const char *list(const ofp_log_filter *filter)
{
    static char found[200];
    size_t count;
    ofp_records *records;
    found[0] = '\0';
    expect_ok(ofp_store_log(store, filter, &records, &error));
    const ofp_logged_decision *decisions = ofp_records_decisions(records, &count);
    for (size_t i = 0; i < count; i++)
        sprintf(found + strlen(found), "%d", (int)decisions[i].seq);
    strcat(found, ofp_records_more(records) ? "+" : "");
    ofp_records_free(records);
    return found;
}

/* @param ... what the filter `with` asks for */
#define expect_list(wanted, ...) \
    do { \
        ofp_log_filter with = OFP_LOG_FILTER_INIT; \
        (void)(__VA_ARGS__); \
        ck_assert_str_eq(list(&with), wanted); \
    } while (0)

START_TEST(decisions_come_back_as_they_were)
{
    const ofp_log_filter filter = OFP_LOG_FILTER_INIT;
    ofp_records *records;
    size_t count;
    expect_ok(ofp_store_log(store, &filter, &records, &error));
    const ofp_logged_decision *decisions = ofp_records_decisions(records, &count);
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(decisions[0].seq, 1);
    ck_assert_int_eq(decisions[0].at, NOON + DAY);
    expect_text(decisions[0].ticket, "a");
    expect_text(decisions[0].org, "acme");
    ck_assert_ptr_null(decisions[1].org.data);
    expect_text(decisions[0].request, "{\"now\":1}");
    expect_text(decisions[0].decision, "{\"verdict\":\"entitled\"}");
    expect_text(decisions[0].policy_digest, "sha256:00");
    expect_text(decisions[0].tzdata, "2026a");
    ofp_records_free(records);
}
END_TEST

START_TEST(lists_decisions)
{
    const ofp_text a = ofp_text_of("a"), acme = ofp_text_of("acme");
    expect_list("12345", with.limit = 0);
    expect_list("134", with.ticket = a);
    expect_list("135", with.org = acme);
    expect_list("13", with.ticket = a, with.org = acme);
    expect_list("", with.ticket = ofp_text_of("z"));
    expect_list("2345", with.since = NOON + 2 * DAY);
    expect_list("245", with.since = NOON + 2 * DAY + 1);
    expect_list("24", with.since = NOON + 2 * DAY + 1, with.until = NOON + 5 * DAY);
    expect_list("13", with.until = NOON + 3 * DAY);
    expect_list("", with.since = NOON + 6 * DAY);
    expect_list("34", with.ticket = a, with.since = NOON + 2 * DAY);
    expect_list("5", with.org = acme, with.since = NOON + 3 * DAY);
}
END_TEST

START_TEST(lists_page_by_page)
{
    expect_list("12+", with.limit = 2);
    expect_list("34+", with.limit = 2, with.after = 2);
    expect_list("5", with.limit = 2, with.after = 4);
    expect_list("13+", with.limit = 2, with.ticket = ofp_text_of("a"));
    expect_list("2+", with.limit = 1, with.since = NOON + 3 * DAY, with.until = NOON + 5 * DAY);
    expect_list("4", with.limit = 1, with.since = NOON + 3 * DAY, with.until = NOON + 5 * DAY,
                with.after = 2);
    ofp_records *records;
    expect_failure(ofp_store_log(store, NULL, &records, &error), OFP_CODE_MISUSE);
}
END_TEST

START_TEST(logs_all_or_says_what_not)
{
    const ofp_logged_decision decisions[] = {
        {.ticket = ofp_text_of("d"),
         .request = ofp_text_of("{}"),
         .decision = ofp_text_of("{}"),
         .policy_digest = ofp_text_of("x"),
         .tzdata = ofp_text_of("x")},
        {.ticket = OFP_LITERAL("e\0f"),
         .request = ofp_text_of("{}"),
         .decision = ofp_text_of("{}"),
         .policy_digest = ofp_text_of("x"),
         .tzdata = ofp_text_of("x")},
    };
    expect_ok(ofp_store_begin_write(store, &error));
    expect_failure(ofp_ledger_log(store, decisions, 2, &error), OFP_CODE_STEP_TEXT_INVALID);
    ofp_store_rollback(store);
    expect_list("12345", with.limit = 0);
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_log(store, decisions, 1, &error));
    expect_ok(ofp_ledger_log(store, NULL, 0, &error));
    expect_ok(ofp_store_commit(store, &error));
    expect_list("6", with.ticket = ofp_text_of("d"));
}
END_TEST

static const struct {
    const char *first, *second, *wanted;
} comparisons[] = {
    {"{}", "{}", "{}"},
    {"{\"a\":1,\"b\":\"x\"}", "{\"b\":\"x\",\"a\":1}", "{}"},
    {"{\"a\":1}", "{\"a\":2}", "{\"a\":[1,2]}"},
    {"{\"a\":\"1\"}", "{\"a\":1}", "{\"a\":[\"1\",1]}"},
    {"{\"a\":null}", "{\"a\":\"x\"}", "{\"a\":[null,\"x\"]}"},
    {"{\"a\":null}", "{}", "{}"},
    {"{\"a\":false}", "{}", "{\"a\":[false,null]}"},
    {"{\"a\":{\"b\":[1,2]}}", "{ \"a\" : { \"b\" : [1, 2] } }", "{}"},
    {"{\"a\":{\"b\":[1,2]}}", "{\"a\":{\"b\":[2,1]}}", "{\"a\":[{\"b\":[1,2]},{\"b\":[2,1]}]}"},
    {"{\"reasons\":[1],\"policy\":1}", "{\"reasons\":[2]}", "{}"},
    {"{\"actions\":[{\"do\":\"x\",\"text\":\"a\",\"key\":\"k\"}]}",
     "{\"actions\":[{\"do\":\"x\",\"text\":\"b\"}]}", "{}"},
    {"{\"actions\":[{\"do\":\"x\",\"tag\":\"t\"}]}", "{\"actions\":[{\"do\":\"x\",\"tag\":\"u\"}]}",
     "{\"actions\":[[{\"do\":\"x\",\"tag\":\"t\"}],[{\"do\":\"x\",\"tag\":\"u\"}]]}"},
    {"{\"actions\":[]}", "{\"actions\":[{\"do\":\"x\"}]}", "{\"actions\":[[],[{\"do\":\"x\"}]]}"},
    {"{\"a b\\\"c.d\":1}", "{\"a b\\\"c.d\":2}", "{\"a b\\\"c.d\":[1,2]}"},
    {"{\"t\":\"\xC3\xA9\\u00e9\\n\"}", "{\"t\":\"\"}", "{\"t\":[\"\xC3\xA9\xC3\xA9\\n\",\"\"]}"},
};

START_TEST(compares_documents)
{
    ofp_buffer buffer = {0};
    expect_ok(ofp_ledger_compare(store, ofp_text_of(comparisons[_i].first),
                                 ofp_text_of(comparisons[_i].second), &buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(&buffer).data, comparisons[_i].wanted);
    ofp_buffer_release(&buffer);
}
END_TEST

START_TEST(compares_documents_only)
{
    ofp_buffer buffer = {0};
    expect_failure(ofp_ledger_compare(store, ofp_text_of("{"), ofp_text_of("{}"), &buffer, &error),
                   OFP_CODE_STORE_CORRUPT);
    ck_assert_uint_eq(buffer.size, 0);
    ofp_buffer_release(&buffer);
}
END_TEST

TCase *decision_log_case(void)
{
    TCase *tcase = tcase_create("decision_log");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, decisions_come_back_as_they_were);
    tcase_add_test(tcase, lists_decisions);
    tcase_add_test(tcase, lists_page_by_page);
    tcase_add_test(tcase, logs_all_or_says_what_not);
    tcase_add_loop_test(tcase, compares_documents, 0, sizeof comparisons / sizeof *comparisons);
    tcase_add_test(tcase, compares_documents_only);
    return tcase;
}
