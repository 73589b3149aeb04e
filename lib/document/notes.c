/* SPDX-License-Identifier: MIT */
/*
 * Texts of migrations among an org's notes. Each stands between two marker lines:
 *
 *     [migration M-17]
 *     …
 *     [end of migration M-17]
 *
 * Notes that end with a line end get the text with one at its end; others get a line end before
 * it and none at its end. So a text can be taken out again to the byte.
 */
#include <offerpolicy/records.h>

#include "buffer.h"
#include "failure.h"
#include "span.h"

static const ofp_text head_mark = {"[migration ", 11}, foot_mark = {"[end of migration ", 18};

/* Where a migration's text is in the notes. */
typedef struct block {
    size_t head; /* where the first marker line starts, */
    size_t body; /* where the text starts, */
    size_t foot; /* where the last marker line starts, */
    size_t end;  /* and where its line end is, or the end of the notes */
} block;

static bool starts_with(ofp_text text, ofp_text start)
{
    return text.size >= start.size && memcmp(text.data, start.data, start.size) == 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* The line at a place, without its line feed. */
static ofp_text line_at(ofp_text text, size_t at)
{
    const char *start = text.data + at;
    const char *feed = memchr(start, '\n', text.size - at);
    return (ofp_text){start, feed ? (size_t)(feed - start) : text.size - at};
}

/* Editors may leave blanks behind it, or end it with CR LF. */
static bool is_marker(ofp_text line, ofp_text mark, ofp_text migration)
{
    while (line.size && is_blank(line.data[line.size - 1]))
        line.size--;
    return line.size == mark.size + migration.size + 1 && starts_with(line, mark) &&
           memcmp(line.data + mark.size, migration.data, migration.size) == 0 &&
           line.data[line.size - 1] == ']';
}

/*
 * Finds the first text of a migration behind a place: the first last line that has a first line
 * before it, and of several first lines the nearest, so that least is taken for the text.
 */
static bool find_block(ofp_text notes, size_t from, ofp_text migration, block *ret)
{
    bool begun = false;
    for (size_t at = from; at < notes.size;) {
        const ofp_text line = line_at(notes, at);
        const size_t end = at + line.size;
        if (is_marker(line, head_mark, migration)) {
            begun = true;
            ret->head = at;
            ret->body = end + (end < notes.size);
        } else if (begun && is_marker(line, foot_mark, migration)) {
            ret->foot = at;
            ret->end = end - (end < notes.size && line.data[line.size - 1] == '\r');
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* The line end that is used right before a place; LF if there is none. */
static ofp_text line_end_before(ofp_text notes, size_t place)
{
    while (place > 0 && notes.data[place - 1] != '\n')
        place--;
    return place > 1 && notes.data[place - 2] == '\r' ? OFP_LITERAL("\r\n") : OFP_LITERAL("\n");
}

/* Takes the line that comes next off a text, whatever its line end. */
static ofp_text take_line(ofp_text *text)
{
    size_t size = 0;
    while (size < text->size && text->data[size] != '\n' && text->data[size] != '\r')
        size++;
    const ofp_text line = {text->data, size};
    if (size < text->size)
        size += starts_with((ofp_text){text->data + size, text->size - size}, OFP_LITERAL("\r\n"))
                    ? 2
                    : 1;
    *text = (ofp_text){text->data + size, text->size - size};
    return line;
}

/* Writes the text. A line that looks like a marker gets another bracket, so that it is none. */
static void put_body(ofp_text text, ofp_text line_end, ofp_buffer *buffer)
{
    while (text.size) {
        const ofp_text line = take_line(&text);
        size_t blanks = 0;
        while (blanks < line.size && is_blank(line.data[blanks]))
            blanks++;
        const ofp_text rest = {line.data + blanks, line.size - blanks};
        const bool marks = starts_with(rest, head_mark) || starts_with(rest, foot_mark);
        ofp_buffer_put(buffer, line.data, blanks);
        ofp_buffer_puts(buffer, marks ? "(" : "");
        ofp_buffer_put(buffer, rest.data + marks, rest.size - marks);
        ofp_buffer_put_text(buffer, line_end);
    }
}

static void put_marker(ofp_text mark, ofp_text migration, ofp_buffer *buffer)
{
    ofp_buffer_put_text(buffer, mark);
    ofp_buffer_put_text(buffer, migration);
    ofp_buffer_puts(buffer, "]");
}

/* Writes notes with the text at their end. */
static void append_block(ofp_text notes, ofp_text migration, ofp_text text, ofp_buffer *buffer)
{
    const ofp_text line_end = line_end_before(notes, notes.size);
    const bool ended = notes.size == 0 || notes.data[notes.size - 1] == '\n';
    ofp_buffer_put_text(buffer, notes);
    if (!ended)
        ofp_buffer_put_text(buffer, line_end);
    put_marker(head_mark, migration, buffer);
    ofp_buffer_put_text(buffer, line_end);
    put_body(text, line_end, buffer);
    put_marker(foot_mark, migration, buffer);
    if (ended)
        ofp_buffer_put_text(buffer, line_end);
}

/* Notes that are not there are empty: nothing may be added to NULL. */
static ofp_text present(ofp_text notes)
{
    return notes.data ? notes : OFP_LITERAL("");
}

/* Only what an id can have: nothing in it may look like a marker's end. */
static ofp_status check_id(ofp_text migration, ofp_error **reterr)
{
    bool right = migration.size > 0;
    for (size_t i = 0; right && i < migration.size; i++) {
        const char byte = migration.data[i];
        right = (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-';
    }
    if (right)
        return OFP_STATUS_OK;
    return ofp_fail(reterr, OFP_CODE_MISUSE, "\"%s\" is no id of a migration: they look like M-17",
                    ofp_quote(migration).text);
}

ofp_status ofp_notes_add(ofp_text notes, ofp_text migration, ofp_text text, ofp_buffer *buffer,
                         ofp_error **reterr)
{
    const size_t mark = buffer->size;
    block old;
    const ofp_status status = check_id(migration, reterr);
    if (status)
        return status;
    notes = present(notes);
    if (find_block(notes, 0, migration, &old)) {
        ofp_buffer_put(buffer, notes.data, old.body);
        put_body(text, line_end_before(notes, old.body), buffer);
        ofp_buffer_put(buffer, notes.data + old.foot, notes.size - old.foot);
    } else {
        append_block(notes, migration, text, buffer);
    }
    return ofp_buffer_check(buffer, mark, reterr);
}

/*
 * Writes notes from a place up to a text, and passes over that text.
 * @return where the notes go on
 */
static size_t put_up_to(ofp_text notes, size_t from, const block *passed, ofp_buffer *buffer)
{
    const ofp_text rest = {notes.data + passed->end, notes.size - passed->end};
    const ofp_text line_end = line_end_before(notes, passed->body);
    size_t to = passed->head;
    if (rest.size == 0 && to - from >= line_end.size &&
        memcmp(notes.data + to - line_end.size, line_end.data, line_end.size) == 0)
        to -= line_end.size;
    ofp_buffer_put(buffer, notes.data + from, to - from);
    return passed->end + (rest.size == 0 ? 0 : rest.data[0] == '\r' ? 2 : 1);
}

ofp_status ofp_notes_remove(ofp_text notes, ofp_text migration, ofp_buffer *buffer,
                            ofp_error **reterr)
{
    const size_t mark = buffer->size;
    size_t from = 0;
    block found;
    const ofp_status status = check_id(migration, reterr);
    if (status)
        return status;
    notes = present(notes);
    while (find_block(notes, from, migration, &found))
        from = put_up_to(notes, from, &found, buffer);
    ofp_buffer_put(buffer, notes.data + from, notes.size - from);
    return ofp_buffer_check(buffer, mark, reterr);
}
