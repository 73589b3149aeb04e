/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "buffer.h"
#include "span.h"

/* An excerpt never holds more than this much of a line to either side of the place. */
enum { EXCERPT_SIDE = 200 };

/*
 * The line with this number, without its end. Places mostly come in order, so the search goes on
 * from the line that was found last.
 */
static ofp_text find_line(ofp_report *report, uint32_t number)
{
    const ofp_text text = report->text;
    const char *end = text.data + text.size;
    const bool ahead = report->seen_line && number >= report->seen_line;
    const char *line = ahead ? text.data + report->seen_start : text.data;
    uint32_t at = ahead ? report->seen_line : 1;
    for (; at < number && line < end; at++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        line = stop ? stop + 1 : end;
    }
    report->seen_line = at;
    report->seen_start = (size_t)(line - text.data);
    const char *stop = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
    if (!stop)
        stop = end;
    if (stop > line && stop[-1] == '\r')
        stop--;
    return (ofp_text){line, (size_t)(stop - line)};
}

/* How many bytes the first `count` characters take. */
static size_t characters_size(ofp_text text, size_t count)
{
    size_t at = 0;
    while (count-- && at < text.size) {
        size_t size;
        ofp_span_character((ofp_text){text.data + at, text.size - at}, &size);
        at += size;
    }
    return at;
}

static void add_excerpt(ofp_report *report, ofp_diagnostic *diagnostic)
{
    ofp_text line = find_line(report, diagnostic->line);
    size_t caret = diagnostic->column ? diagnostic->column - 1 : 0;
    if (caret > EXCERPT_SIDE) {
        const size_t cut = characters_size(line, caret - EXCERPT_SIDE);
        line = (ofp_text){line.data + cut, line.size - cut};
        caret = EXCERPT_SIDE;
    }
    line.size = characters_size(line, 2 * EXCERPT_SIDE);
    ofp_buffer harmless = {0};
    ofp_buffer_put_harmless(&harmless, line);
    diagnostic->excerpt = ofp_arena_copy(&report->arena, ofp_buffer_text(&harmless));
    diagnostic->caret = (uint32_t)caret;
    if (harmless.failed || !diagnostic->excerpt)
        report->failed = true;
    ofp_buffer_release(&harmless);
}

static const char *keep(ofp_report *report, const char *text)
{
    if (!text)
        return NULL;
    const char *copy = ofp_arena_copy(&report->arena, ofp_text_of(text));
    if (!copy)
        report->failed = true;
    return copy;
}

static const char *keep_message(ofp_report *report, const char *format, va_list arguments)
{
    ofp_buffer message = {0};
    ofp_buffer_vprintf(&message, format, arguments);
    const char *copy = ofp_arena_copy(&report->arena, ofp_buffer_text(&message));
    if (message.failed || !copy)
        report->failed = true;
    ofp_buffer_release(&message);
    return copy;
}

void ofp_report_vadd(ofp_report *report, ofp_place place, ofp_code code, const char *format,
                     va_list arguments)
{
    const ofp_severity severity = ofp_code_severity(code);
    report->error_count += severity == OFP_SEVERITY_ERROR;
    if (report->count == OFP_REPORT_LIMIT) {
        /* The first error behind so many warnings takes the place of the last one. */
        if (severity != OFP_SEVERITY_ERROR || report->error_count > 1)
            return;
        report->count--;
    }
    if (!OFP_ARRAY_GROW(report)) {
        report->failed = true;
        return;
    }
    ofp_diagnostic *diagnostic = &report->items[report->count];
    *diagnostic = (ofp_diagnostic){
        .severity = severity,
        .code = code,
        .message = keep_message(report, format, arguments),
        .source = keep(report, place.source),
        .line = place.line,
        .column = place.column,
        .pointer = keep(report, place.pointer),
    };
    if (place.line && report->text.data)
        add_excerpt(report, diagnostic);
    if (!report->failed)
        report->count++;
}

void ofp_report_add(ofp_report *report, ofp_place place, ofp_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ofp_report_vadd(report, place, code, format, arguments);
    va_end(arguments);
}

static bool comes_after(const ofp_diagnostic *a, const ofp_diagnostic *b)
{
    return a->line != b->line ? a->line > b->line : a->column > b->column;
}

void ofp_report_sort(ofp_report *report)
{
    /* Stable, and nearly sorted already: by insertion. */
    for (size_t i = 1; i < report->count; i++) {
        const ofp_diagnostic moved = report->items[i];
        size_t to = i;
        for (; to && comes_after(&report->items[to - 1], &moved); to--)
            report->items[to] = report->items[to - 1];
        report->items[to] = moved;
    }
}

void ofp_report_free(ofp_report *report)
{
    free(report->items);
    ofp_arena_free(&report->arena);
    *report = (ofp_report){0};
}
