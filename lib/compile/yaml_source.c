/* SPDX-License-Identifier: MIT */
#include "yaml_source.h"

#include <string.h>

#include "span.h"

/* The place of a byte: lines end with LF, columns count characters. */
static ofp_place place_of(ofp_text text, size_t offset, const char *source)
{
    ofp_place place = {.source = source, .line = 1, .column = 1};
    for (size_t at = 0, size; at < offset && at < text.size; at += size) {
        ofp_span_character((ofp_text){text.data + at, text.size - at}, &size);
        place.column++;
        if (text.data[at] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

static bool starts_with(ofp_text text, const char *bytes, size_t size)
{
    return text.size >= size && memcmp(text.data, bytes, size) == 0;
}

/* Where the text stops being UTF-8. */
static size_t find_bad_byte(ofp_text text)
{
    size_t at = 0, size;
    for (; at < text.size; at += size) {
        const ofp_text rest = {text.data + at, text.size - at};
        if (ofp_span_character(rest, &size) == 0xFFFD && size == 1)
            break;
    }
    return at;
}

static bool check_encoding(ofp_report *report, const char *source)
{
    const ofp_text text = report->text;
    if (starts_with(text, "\xFF\xFE", 2) || starts_with(text, "\xFE\xFF", 2)) {
        ofp_report_add(report, (ofp_place){.source = source}, OFP_CODE_YAML_SYNTAX,
                       "the file is UTF-16: save it as UTF-8");
        return false;
    }
    if (!ofp_span_is_utf8(text)) {
        const size_t at = find_bad_byte(text);
        ofp_report_add(report, place_of(text, at, source), OFP_CODE_YAML_SYNTAX,
                       "the byte 0x%02X is no UTF-8: save the file as UTF-8",
                       (unsigned char)text.data[at]);
        return false;
    }
    return true;
}

/* The first CR that no LF follows, or NULL. */
static const char *find_lone_return(ofp_text text)
{
    const char *at = text.data, *end = text.data + text.size;
    while (at < end && (at = memchr(at, '\r', (size_t)(end - at)))) {
        if (at + 1 == end || at[1] != '\n')
            return at;
        at++;
    }
    return NULL;
}

static bool check_line_ends(ofp_report *report, const char *source)
{
    static const struct {
        const char *bytes, *name;
    } others[] = {{"\xC2\x85", "U+0085"}, {"\xE2\x80\xA8", "U+2028"}, {"\xE2\x80\xA9", "U+2029"}};
    const ofp_text text = report->text;
    const char *at = find_lone_return(text);
    if (at) {
        ofp_report_add(report, place_of(text, (size_t)(at - text.data), source),
                       OFP_CODE_YAML_FEATURE,
                       "a line ends with a carriage return alone: end lines with LF or CRLF");
        return false;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        at = memmem(text.data, text.size, others[i].bytes, strlen(others[i].bytes));
        if (at) {
            ofp_report_add(report, place_of(text, (size_t)(at - text.data), source),
                           OFP_CODE_YAML_FEATURE,
                           "the character %s is a line end for some readers of YAML and not for "
                           "others: write \"\\u%s\" in double quotes",
                           others[i].name, others[i].name + 2);
            return false;
        }
    }
    return true;
}

/*
 * Tags are refused anyway, and libyaml compares each of these directives with all others, which
 * could take for ever.
 */
static bool check_directives(ofp_report *report, const char *source)
{
    static const char directive[] = "\n%TAG";
    const size_t size = sizeof directive - 1;
    const ofp_text text = report->text;
    const char *at = starts_with(text, directive + 1, size - 1)
                         ? text.data
                         : memmem(text.data, text.size, directive, size);
    if (!at)
        return true;
    ofp_report_add(report, place_of(text, (size_t)(at - text.data) + (*at == '\n'), source),
                   OFP_CODE_YAML_FEATURE, "%%TAG is not allowed: policies do without tags");
    return false;
}

bool ofp_yaml_check_source(ofp_report *report, const char *source)
{
    if (report->text.size > OFP_YAML_FILE_LIMIT) {
        ofp_report_add(report, (ofp_place){.source = source}, OFP_CODE_FILE_TOO_LARGE,
                       "the policy has more than 16 MiB");
        return false;
    }
    if (report->text.size == 0)
        return true;
    if (starts_with(report->text, "\xEF\xBB\xBF", 3)) {
        report->text.data += 3;
        report->text.size -= 3;
    }
    return check_encoding(report, source) && check_line_ends(report, source) &&
           check_directives(report, source);
}

static ofp_place place_of_mark(yaml_mark_t mark, const char *source)
{
    return (ofp_place){
        .source = source, .line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1};
}

/*
 * The character that libyaml can't go on from; 0: it stopped for another reason. Tabs and reserved
 * characters are the mistakes that libyaml's own words hide best.
 */
static char stopping_character(const yaml_parser_t *parser)
{
    const bool known = parser->error == YAML_SCANNER_ERROR && parser->buffer.pointer &&
                       parser->buffer.pointer < parser->buffer.last;
    return known ? (char)*parser->buffer.pointer : '\0';
}

static void report_mistake(const yaml_parser_t *parser, const char *source, ofp_report *report)
{
    const ofp_place place = place_of_mark(parser->problem_mark, source);
    const ofp_place start = place_of_mark(parser->context_mark, source);
    const char character = stopping_character(parser);
    if (character == '\t')
        ofp_report_add(report, place, OFP_CODE_YAML_SYNTAX,
                       "a tab can't stand here: indent with spaces");
    else if (character == '@' || character == '`')
        ofp_report_add(report, place, OFP_CODE_YAML_SYNTAX,
                       "a text can't start with %c: put it in quotes", character);
    else if (!parser->context)
        ofp_report_add(report, place, OFP_CODE_YAML_SYNTAX, "%s", parser->problem);
    else if (start.line == place.line && start.column == place.column)
        ofp_report_add(report, place, OFP_CODE_YAML_SYNTAX, "%s, %s", parser->problem,
                       parser->context);
    else
        ofp_report_add(report, place, OFP_CODE_YAML_SYNTAX,
                       "%s, %s that starts in line %u, column %u", parser->problem, parser->context,
                       (unsigned)start.line, (unsigned)start.column);
}

void ofp_yaml_report_stop(const yaml_parser_t *parser, const char *source, ofp_report *report)
{
    if (parser->error == YAML_MEMORY_ERROR)
        report->failed = true;
    else if (parser->error == YAML_READER_ERROR)
        ofp_report_add(report, place_of(report->text, parser->problem_offset, source),
                       OFP_CODE_YAML_SYNTAX, "%s (U+%04X)", parser->problem,
                       (unsigned)parser->problem_value);
    else
        report_mistake(parser, source, report);
}
