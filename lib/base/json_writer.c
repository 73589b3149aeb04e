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
    static const char digits[] = "0123456789abcdef";
    const char letter = byte >= 8 && byte <= 13 ? letters[byte - 8] : '\0';
    if (byte == '"' || byte == '\\' || letter) {
        const char escape[2] = {'\\', letter ? letter : (char)byte};
        ofp_buffer_put(buffer, escape, sizeof escape);
    } else {
        const char escape[6] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
        ofp_buffer_put(buffer, escape, sizeof escape);
    }
}

/* Writes the character at the start. @return how many bytes it takes in the text */
static size_t put_character(ofp_buffer *buffer, ofp_text text)
{
    const unsigned char byte = (unsigned char)*text.data;
    size_t size = 1;
    if (byte < 0x20 || byte == '"' || byte == '\\')
        put_escaped(buffer, byte);
    else if (ofp_span_character(text, &size) == 0xFFFD && size == 1)
        ofp_buffer_puts(buffer, "\xEF\xBF\xBD");
    else
        ofp_buffer_put(buffer, text.data, size);
    return size;
}

/* Can all of these eight bytes be copied as they are? A byte that is no ASCII needs a look. */
static bool are_plain(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
    const uint64_t quotes = eight ^ ones * '"', backslashes = eight ^ ones * '\\';
    /* A byte's high bit is set where the byte is not ASCII, less than a space, or now zero. */
    return !((eight | (eight - ones * ' ') | (quotes - ones) | (backslashes - ones)) & high);
}

/* Copies eight bytes, if all are plain. */
static bool copy_eight(char *to, const char *from)
{
    uint64_t eight;
    memcpy(&eight, from, sizeof eight);
    if (!are_plain(eight))
        return false;
    memcpy(to, &eight, sizeof eight);
    return true;
}

/* Copies 1 to 3 bytes, if all are plain. */
static bool copy_few(char *to, const char *from, size_t size)
{
    const char few[3] = {from[0], from[size / 2], from[size - 1]};
    const uint64_t bytes = (uint64_t)(unsigned char)few[0] << 16 |
                           (uint64_t)(unsigned char)few[1] << 8 | (unsigned char)few[2];
    if (!are_plain(bytes | UINT64_C(0x2020202020000000)))
        return false;
    to[0] = few[0];
    to[size / 2] = few[1];
    to[size - 1] = few[2];
    return true;
}

/* Copies 4 to 7 bytes, if all are plain, as two halves that overlap. */
static bool copy_half(char *to, const char *from, size_t size)
{
    uint32_t first, last;
    memcpy(&first, from, sizeof first);
    memcpy(&last, from + size - sizeof last, sizeof last);
    if (!are_plain((uint64_t)first << 32 | last))
        return false;
    memcpy(to, &first, sizeof first);
    memcpy(to + size - sizeof last, &last, sizeof last);
    return true;
}

/*
 * Copies the plain start of a text, in large pieces.
 * @param to has room for the whole text
 * @return how many bytes; less than the whole text: the next ones need a look
 */
static size_t copy_plain(char *to, ofp_text text)
{
    size_t at = 0;
    if (text.size >= 4 && text.size < 8)
        return copy_half(to, text.data, text.size) ? text.size : 0;
    if (text.size < 4)
        return text.size && copy_few(to, text.data, text.size) ? text.size : 0;
    for (; text.size - at > 8; at += 8) {
        if (!copy_eight(to + at, text.data + at))
            return at;
    }
    /* The last eight bytes: some of them may have been copied already. */
    const size_t last = text.size - 8;
    return copy_eight(to + last, text.data + last) ? text.size : at;
}

/* Writes a text that has something to escape, or is no ASCII. */
static void put_rest(ofp_buffer *buffer, ofp_text text)
{
    while (text.size) {
        char *room = ofp_buffer_room(buffer, text.size);
        if (!room)
            return;
        size_t done = copy_plain(room, text);
        buffer->size += done;
        for (int i = 0; i < 8 && done < text.size; i++)
            done += put_character(buffer, (ofp_text){text.data + done, text.size - done});
        text = (ofp_text){text.data + done, text.size - done};
    }
}

void ofp_json_text(ofp_json_writer *writer, ofp_text text)
{
    ofp_buffer *buffer = writer->buffer;
    char *start = ofp_buffer_room(buffer, text.size + 3);
    if (!start)
        return;
    char *at = start;
    *at = ','; /* the quote takes its place if there shall be none */
    at += writer->comma;
    *at++ = '"';
    const size_t plain = copy_plain(at, text);
    at += plain;
    *at = '"';
    buffer->size += (size_t)(at - start) + (plain == text.size);
    writer->comma = true;
    if (plain < text.size) {
        put_rest(buffer, (ofp_text){text.data + plain, text.size - plain});
        ofp_buffer_put(buffer, "\"", 1);
    }
}

void ofp_json_optional(ofp_json_writer *writer, ofp_text text)
{
    if (text.data)
        ofp_json_text(writer, text);
    else
        ofp_json_null(writer);
}

void ofp_json_string(ofp_json_writer *writer, const char *string)
{
    ofp_json_optional(writer, ofp_text_of(string));
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
