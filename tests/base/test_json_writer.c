/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <offerpolicy/instant.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "json_writer.h"
#include "random.h"

static ofp_buffer buffer;
static ofp_json_writer writer;

static void start(void)
{
    buffer = (ofp_buffer){0};
    writer = (ofp_json_writer){.buffer = &buffer};
}

static void stop(void)
{
    ofp_buffer_release(&buffer);
}

#define expect_json(json) ck_assert_str_eq(ofp_buffer_text(&buffer).data, json)

START_TEST(puts_commas_where_they_belong)
{
    ofp_json_open(&writer, '{');
    ofp_json_key(&writer, "none");
    ofp_json_open(&writer, '[');
    ofp_json_close(&writer, ']');
    ofp_json_key(&writer, "list");
    ofp_json_open(&writer, '[');
    ofp_json_integer(&writer, INT64_MIN);
    ofp_json_boolean(&writer, true);
    ofp_json_boolean(&writer, false);
    ofp_json_null(&writer);
    ofp_json_open(&writer, '{');
    ofp_json_close(&writer, '}');
    ofp_json_open(&writer, '{');
    ofp_json_key(&writer, "a");
    ofp_json_string(&writer, "b");
    ofp_json_close(&writer, '}');
    ofp_json_string(&writer, NULL);
    ofp_json_close(&writer, ']');
    ofp_json_key(&writer, "at");
    ofp_json_instant(&writer, 1795197600);
    ofp_json_key(&writer, "never");
    ofp_json_instant(&writer, OFP_INSTANT_NONE);
    ofp_json_key(&writer, "text");
    ofp_json_text(&writer, OFP_LITERAL("x"));
    ofp_json_close(&writer, '}');
    expect_json("{\"none\":[],\"list\":[-9223372036854775808,true,false,null,{},{\"a\":\"b\"},"
                "null],\"at\":\"2026-11-20T18:00:00Z\",\"never\":null,\"text\":\"x\"}");
}
END_TEST

START_TEST(writes_a_single_value)
{
    ofp_json_text(&writer, (ofp_text){0});
    expect_json("\"\"");
}
END_TEST

/* As Python's json.dumps(…, ensure_ascii=False) does. */
START_TEST(escapes_what_must_be)
{
    for (int byte = 0; byte < 0x80; byte++) {
        static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
        char expected[16];
        const char character = (char)byte;
        ofp_buffer_clear(&buffer);
        writer.comma = false;
        ofp_json_text(&writer, (ofp_text){&character, 1});
        snprintf(expected, sizeof expected, byte < 0x20 ? "\"\\u%04x\"" : "\"%c\"", byte);
        for (const char *pair = shorts; *pair; pair += 2)
            if (*pair == character)
                snprintf(expected, sizeof expected, "\"\\%c\"", pair[1]);
        expect_json(expected);
    }
}
END_TEST

START_TEST(writes_characters_as_they_are)
{
    ofp_json_text(&writer, OFP_LITERAL("Gr\xC3\xBC\xC3\x9F"
                                       "e/\xE2\x82\xAC\xF0\x9F\x98\x80\x7F"));
    expect_json("\"Gr\xC3\xBC\xC3\x9F"
                "e/\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\"");
}
END_TEST

START_TEST(replaces_what_is_no_utf8)
{
    ofp_json_text(&writer, OFP_LITERAL("a\xFF"
                                       "b\xED\xA0\x80\xC3"));
    expect_json("\"a\xEF\xBF\xBD"
                "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}
END_TEST

/* One byte after the other, as a child would. */
static void write_slowly(ofp_buffer *to, ofp_text text)
{
    ofp_buffer_puts(to, "\"");
    for (size_t at = 0, size; at < text.size; at += size) {
        const ofp_text rest = {text.data + at, text.size - at};
        const uint32_t character = ofp_span_character(rest, &size);
        const bool right = ofp_span_is_utf8((ofp_text){rest.data, size});
        if (character == '"' || character == '\\')
            ofp_buffer_printf(to, "\\%c", (int)character);
        else if (character == '\n' || character == '\r' || character == '\t')
            ofp_buffer_printf(to, "\\%c", character == '\n' ? 'n' : character == '\r' ? 'r' : 't');
        else if (character < 0x20)
            ofp_buffer_printf(to, "\\u%04x", character);
        else
            ofp_buffer_put_text(to,
                                right ? (ofp_text){rest.data, size} : OFP_LITERAL("\xEF\xBF\xBD"));
    }
    ofp_buffer_puts(to, "\"");
}

static void compare(ofp_text text)
{
    ofp_buffer expected = {0};
    write_slowly(&expected, text);
    ofp_buffer_clear(&buffer);
    writer.comma = false;
    ofp_json_text(&writer, text);
    const ofp_text wanted = ofp_buffer_text(&expected), got = ofp_buffer_text(&buffer);
    expect_each(ofp_span_equal(wanted, got), "%.*s, not %.*s", (int)got.size, got.data,
                (int)wanted.size, wanted.data);
    ofp_buffer_release(&expected);
}

/* Each piece that needs a look at every place of texts of every length, so that no fast path
 * passes over it. */
START_TEST(looks_at_every_place)
{
    static const char *const pieces[] = {
        "\n", "\"", "\\", "\x01", "\x1F", "\xFF", "\xC3\xA4", "\xF0\x9F\x98\x80", "\x7F", " "};
    char text[80];
    for (size_t kind = 0; kind < sizeof pieces / sizeof *pieces; kind++)
        for (size_t size = 1; size <= 70; size++)
            for (size_t place = 0; place < size; place++) {
                memset(text, 'a', sizeof text);
                memcpy(text + place, pieces[kind], strlen(pieces[kind]));
                compare((ofp_text){text, size});
            }
}
END_TEST

START_TEST(writes_random_texts)
{
    static const char *const pieces[] = {
        "a",    "word and word", "\n",       "\"",           "\\",
        "\x02", "\xFF",          "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
        "\xC3"};
    random_source source = random_start("json texts");
    for (int round = 0; round < 5000; round++) {
        char text[400];
        size_t size = 0;
        for (uint32_t left = random_below(&source, 24); left; left--) {
            const char *piece =
                pieces[random_below(&source, (uint32_t)(sizeof pieces / sizeof *pieces))];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        compare((ofp_text){text, size});
    }
}
END_TEST

START_TEST(puts_commas_between_texts)
{
    ofp_json_open(&writer, '[');
    ofp_json_text(&writer, OFP_LITERAL("a plain and long one"));
    ofp_json_text(&writer, OFP_LITERAL("short"));
    ofp_json_text(&writer, OFP_LITERAL("one with \n in it"));
    ofp_json_text(&writer, OFP_LITERAL("\xC3\xA4"));
    ofp_json_string(&writer, "string");
    ofp_json_close(&writer, ']');
    ofp_json_text(&writer, (ofp_text){0});
    expect_json("[\"a plain and long one\",\"short\",\"one with \\n in it\",\"\xC3\xA4\","
                "\"string\"],\"\"");
}
END_TEST

START_TEST(remembers_that_memory_ran_out)
{
    static char text[100000];
    memset(text, '\n', sizeof text);
    allocations_fail_after(0);
    ofp_json_text(&writer, OFP_LITERAL("x"));
    allocations_allow();
    ck_assert_int_eq(ofp_buffer_check(&buffer, 0, NULL), OFP_STATUS_NO_MEMORY);
    ofp_buffer_clear(&buffer);
    allocations_fail_after(1); /* in the middle of a text that grows when it is escaped */
    ofp_json_text(&writer, (ofp_text){text, sizeof text});
    allocations_allow();
    ck_assert_int_eq(ofp_buffer_check(&buffer, 0, NULL), OFP_STATUS_NO_MEMORY);
}
END_TEST

TCase *json_writer_case(void)
{
    TCase *tests = tcase_create("json_writer");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, puts_commas_where_they_belong);
    tcase_add_test(tests, writes_a_single_value);
    tcase_add_test(tests, escapes_what_must_be);
    tcase_add_test(tests, writes_characters_as_they_are);
    tcase_add_test(tests, replaces_what_is_no_utf8);
    tcase_add_test(tests, looks_at_every_place);
    tcase_add_test(tests, writes_random_texts);
    tcase_add_test(tests, puts_commas_between_texts);
    tcase_add_test(tests, remembers_that_memory_ran_out);
    return tests;
}
