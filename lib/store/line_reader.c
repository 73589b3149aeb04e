/* SPDX-License-Identifier: MIT */
#include "line_reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

enum { PIECE = 65536 };

static ofp_place place_of(const ofp_line_reader *reader)
{
    return (ofp_place){.source = reader->name, .line = reader->line + 1};
}

/* Room for a piece: lines that were given make it. @return NULL: out of memory */
static char *make_room(ofp_line_reader *reader)
{
    ofp_buffer *buffer = &reader->buffer;
    if (reader->at) {
        memmove(buffer->data, buffer->data + reader->at, buffer->size - reader->at);
        buffer->size -= reader->at;
        reader->at = 0;
    }
    return ofp_buffer_reserve(buffer, PIECE);
}

static ofp_status read_piece(ofp_line_reader *reader, ofp_error **reterr)
{
    char *room = make_room(reader);
    if (!room)
        return ofp_fail_no_memory(reterr);
    for (;;) {
        const ssize_t size = read(reader->fd, room, PIECE);
        const int problem = errno;
        if (size >= 0) {
            reader->buffer.size += (size_t)size;
            reader->ended = size == 0;
            return ofp_succeed(reterr);
        }
        if (problem == EAGAIN) {
            struct pollfd input = {.fd = reader->fd, .events = POLLIN};
            poll(&input, 1, -1);
        } else if (problem != EINTR) {
            const char *reason = strerrordesc_np(problem);
            return ofp_fail_at(reterr, place_of(reader), OFP_CODE_UNREADABLE_FILE,
                               "reading failed: %s", reason ? reason : "unknown error");
        }
    }
}

/* Takes a line, if there is a whole one that is not too long. */
static bool take_line(ofp_line_reader *reader, ofp_text *ret)
{
    const char *start = ofp_buffer_text(&reader->buffer).data + reader->at;
    const size_t size = reader->buffer.size - reader->at;
    const char *end = size > reader->searched
                          ? memchr(start + reader->searched, '\n', size - reader->searched)
                          : NULL;
    const bool whole = end && end - start <= OFP_LINE_LIMIT;
    reader->searched = whole ? 0 : size;
    if (!whole)
        return false;
    *ret = (ofp_text){start, (size_t)(end - start)};
    reader->at += ret->size + 1;
    reader->line += reader->line < UINT32_MAX - 1;
    return true;
}

ofp_status ofp_line_reader_next(ofp_line_reader *reader, ofp_text *ret, ofp_error **reterr)
{
    ofp_status status = OFP_STATUS_OK;
    while (!status && !take_line(reader, ret)) {
        if (reader->searched > OFP_LINE_LIMIT)
            return ofp_fail_at(reterr, place_of(reader), OFP_CODE_DOCUMENT_TOO_LARGE,
                               "the line is longer than 16 MiB");
        if (reader->ended && reader->searched)
            return ofp_fail_at(reterr, place_of(reader), OFP_CODE_IMPORT_SYNTAX,
                               "the last line is cut off: it has no line end");
        if (reader->ended) {
            *ret = (ofp_text){0};
            return ofp_succeed(reterr);
        }
        status = read_piece(reader, reterr);
    }
    return status ? status : ofp_succeed(reterr);
}

void ofp_line_reader_free(ofp_line_reader *reader)
{
    ofp_buffer_release(&reader->buffer);
}
