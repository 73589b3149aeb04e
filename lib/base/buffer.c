/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>

#include "array.h"
#include "failure.h"
#include "span.h"

ofp_status ofp_buffer_new(ofp_buffer **ret, ofp_error **reterr)
{
    ofp_buffer *buffer = calloc(1, sizeof *buffer);
    if (!buffer)
        return ofp_fail_no_memory(reterr);
    *ret = buffer;
    return ofp_succeed(reterr);
}

ofp_buffer *ofp_buffer_free(ofp_buffer *buffer)
{
    if (buffer)
        ofp_buffer_release(buffer);
    free(buffer);
    return NULL;
}

void ofp_buffer_release(ofp_buffer *buffer)
{
    free(buffer->data);
    *buffer = (ofp_buffer){0};
}

void ofp_buffer_clear(ofp_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

ofp_text ofp_buffer_text(const ofp_buffer *buffer)
{
    if (!buffer->data)
        return (ofp_text){"", 0};
    /* There is always room for it: see ofp_buffer_reserve(). */
    buffer->data[buffer->size] = '\0';
    return (ofp_text){buffer->data, buffer->size};
}

char *ofp_buffer_reserve(ofp_buffer *buffer, size_t size)
{
    /* Texts grow by small pieces; from here on they double. */
    enum { LEAST = 64 };
    const size_t needed = buffer->size + size + 1;
    if (buffer->failed || size > SIZE_MAX / 4 ||
        !ofp_array_reserve(&buffer->data, &buffer->capacity, needed < LEAST ? LEAST : needed, 1)) {
        buffer->failed = true;
        return NULL;
    }
    return buffer->data + buffer->size;
}

void ofp_buffer_put_integer(ofp_buffer *buffer, int64_t number)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        *--at = '-';
    ofp_buffer_put(buffer, at, (size_t)(digits + sizeof digits - at));
}

void ofp_buffer_vprintf(ofp_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *room = size < 0 ? NULL : ofp_buffer_reserve(buffer, (size_t)size + 1);
    if (!room) {
        buffer->failed = true;
        return;
    }
    vsnprintf(room, (size_t)size + 1, format, arguments);
    buffer->size += (size_t)size;
}

void ofp_buffer_printf(ofp_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ofp_buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

/* How many bytes at the start are ASCII that shows something. */
static size_t visible_size(ofp_text text)
{
    size_t size = 0;
    while (size < text.size && text.data[size] >= ' ' && text.data[size] < '\x7F')
        size++;
    return size;
}

void ofp_buffer_put_harmless(ofp_buffer *buffer, ofp_text text)
{
    while (text.size) {
        size_t size = visible_size(text);
        if (size) {
            ofp_buffer_put(buffer, text.data, size);
            text = (ofp_text){text.data + size, text.size - size};
            continue;
        }
        const uint32_t character = ofp_span_character(text, &size);
        if (character == '\n' || character == '\r' || character == '\t')
            ofp_buffer_puts(buffer, " ");
        else if (ofp_character_is_control(character) || (character == 0xFFFD && size == 1))
            ofp_buffer_puts(buffer, "\xEF\xBF\xBD");
        else
            ofp_buffer_put(buffer, text.data, size);
        text.data += size;
        text.size -= size;
    }
}

ofp_status ofp_buffer_check(ofp_buffer *buffer, size_t mark, ofp_error **reterr)
{
    if (!buffer->failed)
        return ofp_succeed(reterr);
    buffer->size = mark;
    buffer->failed = false;
    return ofp_fail_no_memory(reterr);
}
