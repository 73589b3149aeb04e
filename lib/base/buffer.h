/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Writing into buffers. A failed write is remembered and makes the following ones do nothing, so
 * that a writer checks once, at its end, with ofp_buffer_check().
 */
#ifndef OFP_BUFFER_H
#define OFP_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <offerpolicy/buffer.h>

struct ofp_buffer {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
};

/** Makes room for `size` more bytes. @return where they go, or NULL: out of memory (remembered) */
char *ofp_buffer_reserve(ofp_buffer *buffer, size_t size);

/** As ofp_buffer_reserve(), inline for the case that there is room. */
static inline char *ofp_buffer_room(ofp_buffer *buffer, size_t size)
{
    return buffer->capacity - buffer->size > size && !buffer->failed
               ? buffer->data + buffer->size
               : ofp_buffer_reserve(buffer, size);
}

/** Writes bytes. */
static inline void ofp_buffer_put(ofp_buffer *buffer, const char *data, size_t size)
{
    char *room = ofp_buffer_room(buffer, size);
    if (room && size) {
        memcpy(room, data, size);
        buffer->size += size;
    }
}

/** Writes a span. */
static inline void ofp_buffer_put_text(ofp_buffer *buffer, ofp_text text)
{
    ofp_buffer_put(buffer, text.data, text.size);
}

/** Writes a terminated string. */
static inline void ofp_buffer_puts(ofp_buffer *buffer, const char *string)
{
    ofp_buffer_put(buffer, string, strlen(string));
}

/** Writes a whole number in decimal. */
void ofp_buffer_put_integer(ofp_buffer *buffer, int64_t number);

/** Writes what vprintf() would print. Numbers look the same in every locale: no floats here. */
void ofp_buffer_vprintf(ofp_buffer *buffer, const char *format, va_list arguments);

/** Writes what printf() would print. */
void ofp_buffer_printf(ofp_buffer *buffer, const char *format, ...) OFP_PRINTF(2, 3);

/**
 * Writes a text that comes from outside with its control characters made harmless: line ends and
 * tabs become spaces, others U+FFFD, and so does what is no UTF-8.
 */
void ofp_buffer_put_harmless(ofp_buffer *buffer, ofp_text text);

/** Did all writes since the last clear work? If not, what is in it is cut off at `mark`. */
ofp_status ofp_buffer_check(ofp_buffer *buffer, size_t mark, ofp_error **reterr);

/** Frees the memory of a buffer that is part of something else. */
void ofp_buffer_release(ofp_buffer *buffer);

#endif
