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

/* Can all of these eight bytes be copied as they are? A byte that is no ASCII needs a look. */
static bool are_plain(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
    const uint64_t quotes = eight ^ ones * '"', backslashes = eight ^ ones * '\\';
    /* A byte's high bit is set where the byte is not ASCII, less than a space, or now zero. */
    return !((eight | (eight - ones * ' ') | (quotes - ones) | (backslashes - ones)) & high);
}

/* How many bytes the character at the start takes if it can be copied as it is; else 0. */
static size_t plain_character(ofp_text text)
{
    const unsigned char byte = (unsigned char)*text.data;
    size_t size = 1;
    if (byte < 0x80)
        return byte >= 0x20 && byte != '"' && byte != '\\';
    return ofp_span_character(text, &size) == 0xFFFD && size == 1 ? 0 : size;
}

/* How many bytes from the start can be copied as they are. */
static size_t plain_size(ofp_text text)
{
    size_t at = 0;
    while (at < text.size) {
        uint64_t eight;
        if (text.size - at >= sizeof eight) {
            memcpy(&eight, text.data + at, sizeof eight);
            if (are_plain(eight)) {
                at += sizeof eight;
                continue;
            }
        }
        const size_t size = plain_character((ofp_text){text.data + at, text.size - at});
        if (size == 0)
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
    ofp_buffer_put(writer->buffer, "null", 4);
}

void ofp_json_instant(ofp_json_writer *writer, int64_t instant)
{
    if (instant == OFP_INSTANT_NONE) {
        ofp_json_null(writer);
        return;
    }
    char *at = ofp_buffer_room(writer->buffer, OFP_INSTANT_SIZE + 2);
    if (!at)
        return;
    *at = ','; /* the quote takes its place if there shall be none */
    at += writer->comma;
    at[0] = '"';
    ofp_instant_format(instant, at + 1);
    at[OFP_INSTANT_SIZE] = '"'; /* where the zero was */
    writer->buffer->size += OFP_INSTANT_SIZE + 1 + writer->comma;
    writer->comma = true;
}
