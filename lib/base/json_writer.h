/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Writes JSON into a buffer, member by member; commas come by themselves. It trusts its caller to
 * close what was opened, and that texts are UTF-8 (what is not becomes U+FFFD).
 */
#ifndef OFP_JSON_WRITER_H
#define OFP_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "buffer.h"

typedef struct ofp_json_writer {
    ofp_buffer *buffer;
    bool comma; /* the next member or key needs one before it */
} ofp_json_writer;

static inline void ofp_json_open(ofp_json_writer *writer, char bracket)
{
    const char text[2] = {',', bracket};
    ofp_buffer_put(writer->buffer, text + !writer->comma, 1 + (size_t)writer->comma);
    writer->comma = false;
}

static inline void ofp_json_close(ofp_json_writer *writer, char bracket)
{
    ofp_buffer_put(writer->buffer, &bracket, 1);
    writer->comma = true;
}

/**
 * A key, which must be plain ASCII without anything to escape. Keys are literals nearly everywhere:
 * inline, their sizes are known to the compiler.
 */
static inline void ofp_json_key(ofp_json_writer *writer, const char *key)
{
    const size_t size = strlen(key);
    char *at = ofp_buffer_room(writer->buffer, size + 4);
    if (!at)
        return;
    *at = ','; /* the quote takes its place if there shall be none */
    at += writer->comma;
    at[0] = '"';
    memcpy(at + 1, key, size);
    memcpy(at + 1 + size, "\":", 2);
    writer->buffer->size += size + 3 + writer->comma;
    writer->comma = false;
}

void ofp_json_text(ofp_json_writer *writer, ofp_text text);
/** A text; null for one that is not there. */
void ofp_json_optional(ofp_json_writer *writer, ofp_text text);

/** A key and a text; nothing at all for a text that is not there. */
static inline void ofp_json_member(ofp_json_writer *writer, const char *key, ofp_text text)
{
    if (!text.data)
        return;
    ofp_json_key(writer, key);
    ofp_json_text(writer, text);
}

/** A terminated string; null for NULL. */
void ofp_json_string(ofp_json_writer *writer, const char *string);
void ofp_json_integer(ofp_json_writer *writer, int64_t number);
void ofp_json_boolean(ofp_json_writer *writer, bool value);
void ofp_json_null(ofp_json_writer *writer);
/** An instant; null for OFP_INSTANT_NONE. */
void ofp_json_instant(ofp_json_writer *writer, int64_t instant);

#endif
