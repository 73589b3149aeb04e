/* SPDX-License-Identifier: MIT */
#include "json_writer.h"

#include <offerpolicy/instant.h>

#include "span.h"

static void separate(ofp_json_writer *writer)
{
    if (writer->comma)
        ofp_buffer_put(writer->buffer, ",", 1);
    writer->comma = true;
}

void ofp_json_open(ofp_json_writer *writer, char bracket)
{
    separate(writer);
    ofp_buffer_put(writer->buffer, &bracket, 1);
    writer->comma = false;
}

void ofp_json_close(ofp_json_writer *writer, char bracket)
{
    ofp_buffer_put(writer->buffer, &bracket, 1);
    writer->comma = true;
}

void ofp_json_key(ofp_json_writer *writer, const char *key)
{
    separate(writer);
    ofp_buffer_put(writer->buffer, "\"", 1);
    ofp_buffer_puts(writer->buffer, key);
    ofp_buffer_put(writer->buffer, "\":", 2);
    writer->comma = false;
}

static void put_escaped(ofp_buffer *buffer, unsigned char byte)
{
    static const char letters[] = "btn\0fr"; /* of the bytes 8 to 13 */
    const char letter = byte >= 8 && byte <= 13 ? letters[byte - 8] : '\0';
    if (byte == '"' || byte == '\\')
        ofp_buffer_printf(buffer, "\\%c", byte);
    else if (letter)
        ofp_buffer_printf(buffer, "\\%c", letter);
    else
        ofp_buffer_printf(buffer, "\\u%04x", byte);
}

/* How many bytes from the start can be copied as they are. */
static size_t plain_size(ofp_text text)
{
    size_t at = 0;
    while (at < text.size) {
        const unsigned char byte = (unsigned char)text.data[at];
        if (byte < 0x20 || byte == '"' || byte == '\\')
            break;
        size_t size = 1;
        if (byte >= 0x80 &&
            ofp_span_character((ofp_text){text.data + at, text.size - at}, &size) == 0xFFFD &&
            size == 1)
            break;
        at += size;
    }
    return at;
}

void ofp_json_text(ofp_json_writer *writer, ofp_text text)
{
    separate(writer);
    ofp_buffer_put(writer->buffer, "\"", 1);
    while (text.size) {
        const size_t plain = plain_size(text);
        ofp_buffer_put(writer->buffer, text.data, plain);
        text = (ofp_text){text.data + plain, text.size - plain};
        if (text.size == 0)
            break;
        const unsigned char byte = (unsigned char)*text.data;
        if (byte >= 0x80)
            ofp_buffer_puts(writer->buffer, "\xEF\xBF\xBD");
        else
            put_escaped(writer->buffer, byte);
        text = (ofp_text){text.data + 1, text.size - 1};
    }
    ofp_buffer_put(writer->buffer, "\"", 1);
}

void ofp_json_string(ofp_json_writer *writer, const char *string)
{
    if (string)
        ofp_json_text(writer, ofp_text_of(string));
    else
        ofp_json_null(writer);
}

void ofp_json_integer(ofp_json_writer *writer, int64_t number)
{
    separate(writer);
    ofp_buffer_put_integer(writer->buffer, number);
}

void ofp_json_boolean(ofp_json_writer *writer, bool value)
{
    separate(writer);
    ofp_buffer_puts(writer->buffer, value ? "true" : "false");
}

void ofp_json_null(ofp_json_writer *writer)
{
    separate(writer);
    ofp_buffer_puts(writer->buffer, "null");
}

void ofp_json_instant(ofp_json_writer *writer, int64_t instant)
{
    if (instant == OFP_INSTANT_NONE) {
        ofp_json_null(writer);
        return;
    }
    char text[OFP_INSTANT_SIZE];
    ofp_instant_format(instant, text);
    ofp_json_text(writer, (ofp_text){text, OFP_INSTANT_SIZE - 1});
}
