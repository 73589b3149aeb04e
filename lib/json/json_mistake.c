/* SPDX-License-Identifier: MIT */
#include "json_mistake.h"

#include <stdint.h>
#include <stdio.h>

#include "json_scan.h"

/* What may come next. */
typedef enum state {
    VALUE,
    VALUE_OR_END, /* right after "[" */
    KEY,
    KEY_OR_END, /* right after "{" */
    COLON,
    MORE_OR_END, /* after a value */
} state;

enum { DEEPEST = 31 };

typedef struct scanner {
    ofp_json_scan scan;
    state state;
    uint32_t objects; /* a bit for each level that has begun, the innermost lowest: an object? */
    int depth;
} scanner;

static bool enter(scanner *s, bool object)
{
    if (s->depth == DEEPEST)
        return false;
    s->scan.at++;
    s->depth++;
    s->objects = s->objects << 1 | object;
    s->state = object ? KEY_OR_END : VALUE_OR_END;
    return true;
}

static bool leave(scanner *s)
{
    s->scan.at++;
    s->depth--;
    s->objects >>= 1;
    s->state = MORE_OR_END;
    return true;
}

static bool scan_value(scanner *s)
{
    const int byte = ofp_json_peek(&s->scan);
    if (byte == '{' || byte == '[')
        return enter(s, byte == '{');
    if (byte == ']' && s->state == VALUE_OR_END)
        return leave(s);
    s->state = MORE_OR_END;
    if (byte == '"')
        return ofp_json_scan_text(&s->scan);
    return ofp_json_scan_plain(&s->scan);
}

static bool scan_key(scanner *s)
{
    if (ofp_json_peek(&s->scan) == '}' && s->state == KEY_OR_END)
        return leave(s);
    s->state = COLON;
    return ofp_json_peek(&s->scan) == '"'
               ? ofp_json_scan_text(&s->scan)
               : ofp_json_expect(&s->scan, "expected a key in double quotes");
}

static bool scan_colon(scanner *s)
{
    if (ofp_json_peek(&s->scan) != ':')
        return ofp_json_expect(&s->scan, "expected \":\" after a key");
    s->scan.at++;
    s->state = VALUE;
    return true;
}

static bool scan_more(scanner *s)
{
    const bool object = s->objects & 1;
    if (s->depth == 0)
        return ofp_json_expect(&s->scan, "expected nothing more after the document");
    if (ofp_json_peek(&s->scan) == (object ? '}' : ']'))
        return leave(s);
    if (ofp_json_peek(&s->scan) != ',')
        return ofp_json_expect(&s->scan,
                               object ? "expected \",\" or \"}\"" : "expected \",\" or \"]\"");
    s->scan.at++;
    s->state = object ? KEY : VALUE;
    return true;
}

static bool step(scanner *s)
{
    ofp_json_skip_space(&s->scan);
    switch (s->state) {
    case VALUE:
    case VALUE_OR_END:
        return scan_value(s);
    case KEY:
    case KEY_OR_END:
        return scan_key(s);
    case COLON:
        return scan_colon(s);
    case MORE_OR_END:
        break;
    }
    return !(s->depth == 0 && s->scan.at == s->scan.end) && scan_more(s);
}

/* Describes the byte at the place, or the end. */
static void describe(const scanner *s, char *ret, size_t size)
{
    const int byte = ofp_json_peek(&s->scan);
    if (!s->scan.unexpected)
        *ret = '\0';
    else if (byte < 0)
        snprintf(ret, size, ", found the end of the document");
    else if (byte > 0x20 && byte < 0x7F)
        snprintf(ret, size, byte == '"' ? ", found a quote" : ", found \"%c\"", byte);
    else
        snprintf(ret, size, ", found the byte 0x%02X", (unsigned)byte);
}

bool ofp_json_find_mistake(ofp_text document, char ret[OFP_JSON_MESSAGE_SIZE])
{
    scanner s = {.scan = {.at = document.data, .end = document.data + document.size}};
    while (step(&s)) {
    }
    if (!s.scan.wrong)
        return false;
    size_t line = 1, column = 1;
    for (const char *at = document.data; at < s.scan.at; at++) {
        const bool line_end = *at == '\n';
        line += line_end;
        column = line_end ? 1 : column + (((unsigned char)*at & 0xC0) != 0x80);
    }
    char found[40];
    describe(&s, found, sizeof found);
    snprintf(ret, OFP_JSON_MESSAGE_SIZE, "line %zu, column %zu: %s%s", line, column, s.scan.wrong,
             found);
    return true;
}
