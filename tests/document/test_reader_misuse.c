/* SPDX-License-Identifier: MIT */
/* Programs that call events in an order that no document has. */
#include "expect.h"
#include "fixture.h"
#include "random.h"

static ofp_reader *reader;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
}

/*
 * Calls an event for each letter: { } [ ] as in JSON, k a key (of a request), s a text, i and n a
 * number, t true, 0 null.
 */
static ofp_status call(const char *events)
{
    ofp_status status = OFP_STATUS_OK;
    for (const char *event = events; *event; event++) {
        switch (*event) {
        case '{':
            status = ofp_reader_begin_object(reader);
            break;
        case '}':
            status = ofp_reader_end_object(reader);
            break;
        case '[':
            status = ofp_reader_begin_list(reader);
            break;
        case ']':
            status = ofp_reader_end_list(reader);
            break;
        case 'k':
            status = ofp_reader_key(reader, OFP_LITERAL("ticket"));
            break;
        case 'e':
            status = ofp_reader_key(reader, OFP_LITERAL("entitlements"));
            break;
        case 's':
            status = ofp_reader_string(reader, OFP_LITERAL("x"));
            break;
        case 'i':
            status = ofp_reader_integer(reader, 1);
            break;
        case 'n':
            status = ofp_reader_other_number(reader);
            break;
        case 't':
            status = ofp_reader_boolean(reader, true);
            break;
        default:
            status = ofp_reader_null(reader);
        }
    }
    return status;
}

/* Expects a misuse both from the last event and from the end. */
static void expect_misuse(const char *events)
{
    const ofp_request *request = NULL;
    ofp_reader_begin_request(reader, contract_policy(), 0);
    ck_assert_msg(call(events) == OFP_STATUS_MISUSE, "%s", events);
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
}

START_TEST(refuses_a_key_where_none_belongs)
{
    expect_misuse("k");
    expect_misuse("{kk");
    expect_misuse("{e[k");
}
END_TEST

START_TEST(refuses_a_value_where_none_belongs)
{
    static const char *const events[] = {"{s", "{i", "{n", "{t", "{0", "{{", "{["};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        expect_misuse(events[i]);
}
END_TEST

START_TEST(refuses_an_end_without_a_begin)
{
    expect_misuse("}");
    expect_misuse("]");
    expect_misuse("{]");
    expect_misuse("{k}");
    expect_misuse("{e[}");
    expect_misuse("{e]");
}
END_TEST

START_TEST(refuses_events_after_the_end)
{
    static const char *const events[] = {"{", "}", "[", "]", "k", "s", "i", "n", "t", "0"};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        const ofp_request *request = NULL;
        ofp_reader_begin_request(reader, contract_policy(), 0);
        ck_assert_int_eq(feed(reader, "{'ticket': {'id': 'T-1'}}"), OFP_STATUS_OK);
        ck_assert_int_eq(call(events[i]), OFP_STATUS_MISUSE);
        expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
    }
}
END_TEST

START_TEST(refuses_events_before_the_begin)
{
    static const char *const events[] = {"{", "}", "[", "]", "k", "s", "i", "n", "t", "0"};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        tear_down();
        set_up();
        ck_assert_int_eq(call(events[i]), OFP_STATUS_MISUSE);
    }
    tear_down();
    set_up();
    ck_assert_int_eq(ofp_reader_fail(reader, OFP_CODE_JSON_SYNTAX, "x"), OFP_STATUS_MISUSE);
}
END_TEST

START_TEST(refuses_to_finish_what_is_not_complete)
{
    static const char *const events[] = {"", "{", "{k", "{e[", "{e[{"};
    const ofp_request *request = NULL;
    const ofp_question *question = NULL;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        ofp_reader_begin_request(reader, contract_policy(), 0);
        ck_assert_int_eq(call(events[i]), OFP_STATUS_OK);
        expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
    }
    ofp_reader_begin_question(reader, contract_policy());
    expect_failure(ofp_reader_finish_question(reader, &question, &error), OFP_CODE_MISUSE);
    ck_assert_ptr_null(request);
    ck_assert_ptr_null(question);
}
END_TEST

START_TEST(refuses_to_finish_what_has_not_begun)
{
    const ofp_request *request = NULL;
    const ofp_question *question = NULL;
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
    expect_failure(ofp_reader_finish_question(reader, &question, &error), OFP_CODE_MISUSE);
    ofp_reader_begin_request(reader, contract_policy(), 0);
    feed(reader, "{'ticket': {'id': 'T-1'}}");
    expect_failure(ofp_reader_finish_question(reader, &question, &error), OFP_CODE_MISUSE);
    ofp_reader_begin_question(reader, contract_policy());
    feed(reader, "{'id': 'q', 'calendar': 'always', 'op': 'is_open',"
                 "'start': '2026-11-20T18:00:00Z'}");
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
}
END_TEST

START_TEST(refuses_to_finish_twice)
{
    const ofp_request *request = NULL;
    read_request(reader, "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1',"
                         "'created_at': '2026-11-20T18:00:00Z'}}");
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
}
END_TEST

START_TEST(refuses_to_fail_for_other_reasons)
{
    const ofp_request *request = NULL;
    ofp_reader_begin_request(reader, contract_policy(), 0);
    ck_assert_int_eq(ofp_reader_fail(reader, OFP_CODE_YAML_SYNTAX, "x"), OFP_STATUS_MISUSE);
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_MISUSE);
}
END_TEST

START_TEST(survives_any_order)
{
    static const char events[] = "{}[]kesint0";
    random_source random = random_start("events in any order");
    for (int round = 0; round < 20000; round++) {
        const ofp_request *request = NULL;
        char chosen[24] = "";
        ofp_reader_begin_request(reader, contract_policy(), 0);
        for (size_t i = 0; i + 1 < sizeof chosen; i++)
            chosen[i] = events[random_below(&random, sizeof events - 1)];
        call(chosen);
        expect_each(ofp_reader_finish_request(reader, &request, NULL) != OFP_STATUS_OK, "%s",
                    chosen);
    }
}
END_TEST

TCase *reader_misuse_case(void)
{
    TCase *tests = tcase_create("reader misuse");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, refuses_a_key_where_none_belongs);
    tcase_add_test(tests, refuses_a_value_where_none_belongs);
    tcase_add_test(tests, refuses_an_end_without_a_begin);
    tcase_add_test(tests, refuses_events_after_the_end);
    tcase_add_test(tests, refuses_events_before_the_begin);
    tcase_add_test(tests, refuses_to_finish_what_is_not_complete);
    tcase_add_test(tests, refuses_to_finish_what_has_not_begun);
    tcase_add_test(tests, refuses_to_finish_twice);
    tcase_add_test(tests, refuses_to_fail_for_other_reasons);
    tcase_add_test(tests, survives_any_order);
    return tests;
}
