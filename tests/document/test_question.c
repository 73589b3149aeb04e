/* SPDX-License-Identifier: MIT */
/* Calendar questions: reading them, and what the answers look like. */
#include <stdio.h>
#include <string.h>

#include "expect.h"
#include "fixture.h"

#define AT "'start': '2026-11-20T18:00:00Z'"

static ofp_reader *reader;
static ofp_buffer *buffer;

static void set_up(void)
{
    expect_ok(ofp_reader_new(&reader, &error));
    expect_ok(ofp_buffer_new(&buffer, &error));
}

static void tear_down(void)
{
    reader = ofp_reader_free(reader);
    buffer = ofp_buffer_free(buffer);
}

static void expect_answer(const char *notation, const char *answer)
{
    const ofp_question *question = NULL;
    ofp_reader_begin_question(reader, contract_policy());
    feed(reader, notation);
    expect_ok(ofp_reader_finish_question(reader, &question, &error));
    ofp_buffer_clear(buffer);
    expect_ok(ofp_question_answer(question, buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(buffer).data, answer);
}

START_TEST(answers_with_an_instant)
{
    /* Friday 10:00 in Los Angeles; business hours end at 17:00 and go on on Sunday at 15:00. */
    expect_answer("{'id': 'a', 'calendar': 'business', 'op': 'due', " AT ", 'seconds': 25200}",
                  "{\"id\":\"a\",\"result\":\"2026-11-21T01:00:00Z\"}");
    expect_answer("{'id': 'b', 'calendar': 'business', 'op': 'due', " AT ", 'seconds': 25201}",
                  "{\"id\":\"b\",\"result\":\"2026-11-22T23:00:01Z\"}");
    expect_answer("{'id': 'c', 'calendar': 'always', 'op': 'due_back', " AT ", 'seconds': 3600}",
                  "{\"id\":\"c\",\"result\":\"2026-11-20T17:00:00Z\"}");
    expect_answer("{'id': 'd', 'calendar': 'business', 'op': 'next_open', "
                  "'start': '2026-11-21T12:00:00Z'}",
                  "{\"id\":\"d\",\"result\":\"2026-11-22T23:00:00Z\"}");
    expect_answer("{'id': 'e', 'calendar': 'business', 'op': 'prev_open', "
                  "'start': '2026-11-21T12:00:00Z'}",
                  "{\"id\":\"e\",\"result\":\"2026-11-21T01:00:00Z\"}");
}
END_TEST

START_TEST(answers_null_for_what_is_out_of_reach)
{
    expect_answer("{'id': 'a', 'calendar': 'always', 'op': 'due', " AT
                  ", 'seconds': 9223372036854775807}",
                  "{\"id\":\"a\",\"result\":null}");
}
END_TEST

START_TEST(answers_with_seconds)
{
    expect_answer("{'id': 'a', 'calendar': 'business', 'op': 'elapsed', " AT
                  ", 'end': '2026-11-22T23:00:10Z'}",
                  "{\"id\":\"a\",\"result\":25210}");
    expect_answer("{'id': 'b', 'calendar': 'business', 'op': 'elapsed', " AT
                  ", 'end': '2026-11-20T17:00:00Z'}",
                  "{\"id\":\"b\",\"result\":0}");
}
END_TEST

START_TEST(answers_with_true_or_false)
{
    expect_answer("{'id': 'a', 'calendar': 'business', 'op': 'is_open', " AT "}",
                  "{\"id\":\"a\",\"result\":true}");
    expect_answer("{'op': 'is_open', 'start': '2026-11-21T01:00:00Z', 'calendar': 'business',"
                  "'id': 'b'}",
                  "{\"id\":\"b\",\"result\":false}");
}
END_TEST

START_TEST(answers_with_intervals)
{
    expect_answer("{'id': 'a', 'calendar': 'business', 'op': 'periods', " AT ", 'count': 2}",
                  "{\"id\":\"a\",\"result\":[[\"2026-11-20T18:00:00Z\",\"2026-11-21T01:00:00Z\"],"
                  "[\"2026-11-22T23:00:00Z\",\"2026-11-28T01:00:00Z\"]]}");
    expect_answer("{'id': 'b', 'calendar': 'always', 'op': 'periods', " AT ", 'count': 2}",
                  "{\"id\":\"b\",\"result\":[[\"2026-11-20T18:00:00Z\",null]]}");
    expect_answer("{'id': 'c', 'calendar': 'business', 'op': 'periods', " AT ", 'count': 0}",
                  "{\"id\":\"c\",\"result\":[]}");
}
END_TEST

START_TEST(answers_up_to_10000_intervals)
{
    const ofp_question *question = NULL;
    ofp_reader_begin_question(reader, contract_policy());
    feed(reader, "{'id': 'a', 'calendar': 'emea', 'op': 'periods', " AT ", 'count': 10000}");
    expect_ok(ofp_reader_finish_question(reader, &question, &error));
    expect_ok(ofp_question_answer(question, buffer, &error));
    const ofp_text text = ofp_buffer_text(buffer);
    size_t count = 0;
    for (const char *at = text.data; (at = strstr(at, "[\"")); at++)
        count++;
    /* Two shifts on each workday of 4,392 days. */
    ck_assert_uint_gt(count, 6000);
    ck_assert_uint_lt(count, 6300);
}
END_TEST

START_TEST(writes_behind_what_is_there)
{
    const ofp_question *question = NULL;
    ofp_reader_begin_question(reader, contract_policy());
    feed(reader, "{'id': '\"\\\n', 'calendar': 'always', 'op': 'is_open', " AT "}");
    expect_ok(ofp_reader_finish_question(reader, &question, &error));
    expect_ok(ofp_question_answer(question, buffer, &error));
    expect_ok(ofp_question_answer(question, buffer, &error));
    ck_assert_str_eq(ofp_buffer_text(buffer).data,
                     "{\"id\":\"\\\"\\\\\\n\",\"result\":true}{\"id\":\"\\\"\\\\\\n\",\"result\":"
                     "true}");
}
END_TEST

START_TEST(refuses_keys_that_the_op_does_not_take)
{
    expect_question_mistake(
        "{'id': 'a', 'calendar': 'always', 'op': 'due', " AT ", 'seconds': 1, 'count': 2}",
        OFP_CODE_UNKNOWN_KEY, "/count", "the op \"due\" does not take \"count\"");
    expect_question_mistake("{'end': '2026-11-20T18:00:00Z', 'id': 'a', 'calendar': 'always',"
                            "'op': 'is_open', " AT "}",
                            OFP_CODE_UNKNOWN_KEY, "/end",
                            "the op \"is_open\" does not take \"end\"");
    expect_question_mistake(
        "{'id': 'a', 'calendar': 'always', 'op': 'elapsed', " AT ", 'seconds': 1}",
        OFP_CODE_UNKNOWN_KEY, "/seconds", "the op \"elapsed\" does not take \"seconds\"");
}
END_TEST

START_TEST(misses_keys_that_the_op_needs)
{
    static const struct {
        const char *op, *key;
    } cases[] = {
        {"due", "seconds"}, {"due_back", "seconds"}, {"elapsed", "end"}, {"periods", "count"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char notation[200], message[80];
        snprintf(notation, sizeof notation, "{'id': 'a', 'calendar': 'always', 'op': '%s', " AT "}",
                 cases[i].op);
        snprintf(message, sizeof message, "the op \"%s\" needs \"%s\"", cases[i].op, cases[i].key);
        expect_question_mistake(notation, OFP_CODE_MISSING_KEY, "", message);
    }
    expect_question_mistake("{'op': 'due', 'seconds': 1}", OFP_CODE_MISSING_KEY, "",
                            "keys are missing: \"id\", \"calendar\", \"start\"");
}
END_TEST

START_TEST(refuses_numbers_out_of_range)
{
    expect_question_mistake("{'id': 'a', 'calendar': 'always', 'op': 'due', " AT ", 'seconds': -1}",
                            OFP_CODE_NUMBER_RANGE, "/seconds",
                            "-1 is out of range: from 0 to 9223372036854775807 is allowed");
    expect_question_mistake("{'count': 10001}", OFP_CODE_NUMBER_RANGE, "/count",
                            "10001 is out of range: from 0 to 10000 is allowed");
    expect_question_mistake("{'count': ~}", OFP_CODE_WRONG_TYPE, "/count",
                            "expected a whole number, got a number that is not whole or is too "
                            "large");
    expect_question_mistake("{'count': '3'}", OFP_CODE_WRONG_TYPE, "/count",
                            "expected a whole number, got a text");
    expect_question_mistake("{'seconds': null}", OFP_CODE_WRONG_TYPE, "/seconds",
                            "null is not allowed here; leave the key out");
}
END_TEST

START_TEST(refuses_wrong_names_and_ids)
{
    expect_question_mistake("{'op': 'next'}", OFP_CODE_UNKNOWN_NAME, "/op",
                            "unknown op \"next\"; known here: due, due_back, elapsed, is_open, "
                            "next_open, prev_open, periods");
    expect_question_mistake("{'op': 'dueback'}", OFP_CODE_UNKNOWN_NAME, "/op",
                            "unknown op \"dueback\": did you mean \"due_back\"?");
    expect_question_mistake("{'calendar': 'busines'}", OFP_CODE_UNKNOWN_NAME, "/calendar",
                            "unknown calendar \"busines\": did you mean \"business\"?");
    expect_question_mistake("{'id': '', 'calendar': 'always', 'op': 'is_open', " AT "}",
                            OFP_CODE_EMPTY_ID, "/id", "the id is empty");
    expect_question_mistake("{'id': 7}", OFP_CODE_WRONG_TYPE, "/id",
                            "expected a text, got a number");
    expect_question_mistake("{'start': '2026-11-20'}", OFP_CODE_INVALID_INSTANT, "/start",
                            "\"2026-11-20\" is no instant: write it like 2026-11-20T18:00:00Z");
    expect_question_mistake("{'id': 'a', 'expect': true}", OFP_CODE_UNKNOWN_KEY, "/expect",
                            "unknown key \"expect\"; known here: id, calendar, op, start, seconds, "
                            "end, count");
    expect_question_mistake("[]", OFP_CODE_WRONG_TYPE, "", "expected an object, got a list");
}
END_TEST

TCase *question_case(void)
{
    TCase *tests = tcase_create("questions");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, answers_with_an_instant);
    tcase_add_test(tests, answers_null_for_what_is_out_of_reach);
    tcase_add_test(tests, answers_with_seconds);
    tcase_add_test(tests, answers_with_true_or_false);
    tcase_add_test(tests, answers_with_intervals);
    tcase_add_test(tests, answers_up_to_10000_intervals);
    tcase_add_test(tests, writes_behind_what_is_there);
    tcase_add_test(tests, refuses_keys_that_the_op_does_not_take);
    tcase_add_test(tests, misses_keys_that_the_op_needs);
    tcase_add_test(tests, refuses_numbers_out_of_range);
    tcase_add_test(tests, refuses_wrong_names_and_ids);
    return tests;
}
