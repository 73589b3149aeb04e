/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <offerpolicy/instant.h>

#include "cases.h"
#include "expect.h"
#include "json_writer.h"

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

/* An escape at every place of a long text, so that no fast path passes over it. */
START_TEST(escapes_at_every_place)
{
    char text[70], expected[80];
    for (size_t size = 1; size <= sizeof text; size++)
        for (size_t place = 0; place < size; place++) {
            memset(text, 'a', sizeof text);
            text[place] = '\n';
            snprintf(expected, sizeof expected, "\"%.*s\\n%.*s\"", (int)place, text,
                     (int)(size - place - 1), text + place + 1);
            ofp_buffer_clear(&buffer);
            writer.comma = false;
            ofp_json_text(&writer, (ofp_text){text, size});
            expect_json(expected);
        }
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
    tcase_add_test(tests, escapes_at_every_place);
    return tests;
}
