/* SPDX-License-Identifier: MIT */
#include "framer.h"

#include <string.h>

#include <offerpolicy/json.h>

/* The longest document and its line end, CRLF. */
#define LINE_LIMIT (OFP_JSON_LIMIT + 2)

enum line_state { LINE, LINE_WAITING, LINE_TOO_LONG, LINE_NONE };

int framer_open(struct framer *framer, const char *name)
{
    *framer = (struct framer){.source = framer->source, .file = name};
    return source_open(&framer->source, name);
}

void framer_close(struct framer *framer)
{
    source_close(&framer->source);
}

static const char *start(const struct framer *framer)
{
    return framer->source.data + framer->source.begin;
}

static size_t available(const struct framer *framer)
{
    return framer->source.end - framer->source.begin;
}

static void consume(struct framer *framer, size_t size)
{
    framer->source.begin += size;
    framer->single -= size < framer->single ? size : framer->single;
}

/* Finds the line that starts `from` bytes after the source's `begin`. */
static enum line_state find_line(struct framer *framer, size_t from, bool wait, size_t *retsize)
{
    for (;;) {
        const size_t size = available(framer) - from;
        const char *line = start(framer) + from;
        const char *end = memchr(line + framer->searched, '\n', size - framer->searched);
        framer->searched = end ? 0 : size;
        if (end) {
            *retsize = (size_t)(end - line) + 1;
            return LINE;
        }
        if (available(framer) > LINE_LIMIT)
            return LINE_TOO_LONG;
        switch (source_fill(&framer->source, wait)) {
        case SOURCE_MORE:
            break;
        case SOURCE_WAITING:
            return LINE_WAITING;
        case SOURCE_END:
            framer->searched = 0;
            *retsize = size;
            return size ? LINE : LINE_NONE;
        }
    }
}

/* Passes over the rest of a line that was too long. @return false: it goes on, wait for more */
static bool skip_rest(struct framer *framer, bool wait)
{
    while (framer->skipping) {
        const char *end = memchr(start(framer), '\n', available(framer));
        consume(framer, end ? (size_t)(end - start(framer)) + 1 : available(framer));
        framer->skipping = !end;
        if (framer->skipping) {
            const enum source_state state = source_fill(&framer->source, wait);
            if (state == SOURCE_WAITING)
                return false;
            framer->skipping = state != SOURCE_END;
        }
    }
    return true;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static ofp_text trim(ofp_text text)
{
    while (text.size && is_space(text.data[text.size - 1]))
        text.size--;
    while (text.size && is_space(*text.data)) {
        text.data++;
        text.size--;
    }
    return text;
}

static bool may_go_on(ofp_text trimmed)
{
    return trimmed.data[0] == '{' && trimmed.data[trimmed.size - 1] != '}';
}

static void count_brackets(struct brackets *brackets, ofp_text line)
{
    const char *end = line.data + line.size;
    for (const char *at = line.data; at < end; at++) {
        if (*at == '"')
            brackets->in_string = !brackets->in_string;
        else if (*at == '\\' && brackets->in_string)
            at++;
        else if (!brackets->in_string && (*at == '{' || *at == '['))
            brackets->open++;
        else if (!brackets->in_string && (*at == '}' || *at == ']'))
            brackets->open--;
    }
}

/* Gives the first `size` bytes, which are so many lines, as a record. */
static void give(struct framer *framer, size_t size, uint64_t lines, struct record *ret)
{
    *ret = (struct record){
        .text = trim((ofp_text){start(framer), size}),
        .file = framer->file,
        .line = framer->line + 1,
    };
    framer->line += lines;
    framer->gathered = (struct gathered){0};
    consume(framer, size);
}

/* Gives as much of a line that is too long as it takes to see that. */
static void give_too_long(struct framer *framer, struct record *ret)
{
    const char *line = start(framer);
    give(framer, available(framer), 1, ret);
    ret->text = (ofp_text){line, OFP_JSON_LIMIT + 1};
    framer->skipping = true;
    framer->searched = 0;
}

/* What was gathered is no record: gives its first line alone, and will give the others so. */
static void give_first(struct framer *framer, struct record *ret)
{
    framer->single = framer->gathered.size;
    framer->searched = 0;
    give(framer, framer->gathered.first, 1, ret);
}

/* Adds a line to what was gathered. @return false: no record can come of it */
static bool gather(struct framer *framer, ofp_text line)
{
    struct gathered *gathered = &framer->gathered;
    if (gathered->size == 0)
        gathered->first = line.size;
    else if (line.data[0] == '{' && !gathered->expects_value)
        return false;
    count_brackets(&gathered->brackets, line);
    gathered->size += line.size;
    gathered->lines++;
    const ofp_text trimmed = trim(line);
    if (trimmed.size)
        gathered->expects_value = strchr(",:[", trimmed.data[trimmed.size - 1]) != NULL;
    return !gathered->brackets.in_string && gathered->brackets.open >= 0 &&
           gathered->size <= LINE_LIMIT;
}

/* The size of the byte order mark that the file starts with, if it does. */
static size_t byte_order_mark(struct framer *framer, size_t size)
{
    const bool marked =
        !framer->past_mark && size >= 3 && memcmp(start(framer), "\xEF\xBB\xBF", 3) == 0;
    framer->past_mark = true;
    return marked ? 3 : 0;
}

/* The first line of a record. @return false: there is no record yet, look at the next line */
static bool begin_record(struct framer *framer, size_t size, struct record *ret)
{
    const size_t mark = byte_order_mark(framer, size);
    consume(framer, mark);
    size -= mark;
    const ofp_text line = {start(framer), size};
    const ofp_text trimmed = trim(line);
    if (trimmed.size == 0) {
        framer->line++;
        consume(framer, size);
        return false;
    }
    if (framer->single || !may_go_on(trimmed))
        give(framer, size, 1, ret);
    else if (gather(framer, line))
        return false;
    else
        give_first(framer, ret);
    return true;
}

/* A line after the first one. @return as begin_record() */
static bool go_on(struct framer *framer, size_t size, struct record *ret)
{
    struct gathered *gathered = &framer->gathered;
    if (!gather(framer, (ofp_text){start(framer) + gathered->size, size}))
        give_first(framer, ret);
    else if (gathered->brackets.open == 0)
        give(framer, gathered->size, gathered->lines, ret);
    else
        return false;
    return true;
}

enum framer_state framer_next(struct framer *framer, bool wait, struct record *ret)
{
    if (!skip_rest(framer, wait))
        return FRAMER_WAITING;
    for (;;) {
        const size_t gathered = framer->gathered.size;
        size_t size;
        switch (find_line(framer, gathered, wait, &size)) {
        case LINE:
            if (gathered ? go_on(framer, size, ret) : begin_record(framer, size, ret))
                return FRAMER_RECORD;
            break;
        case LINE_WAITING:
            return FRAMER_WAITING;
        case LINE_TOO_LONG:
            if (gathered)
                give_first(framer, ret);
            else
                give_too_long(framer, ret);
            return FRAMER_RECORD;
        case LINE_NONE:
            if (!gathered)
                return FRAMER_END;
            give_first(framer, ret);
            return FRAMER_RECORD;
        }
    }
}
