/* SPDX-License-Identifier: MIT */
#include "json_mistake.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

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
    const char *at, *end;
    state state;
    uint32_t objects; /* a bit for each level that has begun, the innermost lowest: an object? */
    int depth;
    const char *wrong; /* what is wrong at `at`; NULL: nothing so far */
    bool unexpected;   /* what stands there shall be told, too */
} scanner;

static bool fail(scanner *s, const char *wrong)
{
    s->wrong = wrong;
    return false;
}

static bool expect(scanner *s, const char *expected)
{
    s->wrong = expected;
    s->unexpected = true;
    return false;
}

static int peek(const scanner *s)
{
    return s->at < s->end ? (unsigned char)*s->at : -1;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static void skip_space(scanner *s)
{
    while (s->at < s->end && memchr(" \t\r\n", *s->at, 4))
        s->at++;
}

/* How many bytes the UTF-8 character at `at` takes; 0: it is none. */
static size_t character_size(const scanner *s)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char lead = (unsigned char)*s->at;
    const size_t size = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size < 2)
        return size;
    uint32_t character = lead & (0x7Fu >> size);
    if (lead > 0xF4 || (size_t)(s->end - s->at) < size)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)s->at[i] & 0xC0) != 0x80)
            return 0;
        character = character << 6 | ((unsigned char)s->at[i] & 0x3F);
    }
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    return character < least[size] || character > 0x10FFFF || surrogate ? 0 : size;
}

/* Reads the four digits behind "\u". @return -1: they are not there */
static int32_t take_hexadecimal(scanner *s)
{
    static const char digits[] = "0123456789abcdef";
    int32_t unit = 0;
    if (s->end - s->at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        const char *digit = strchr(digits, s->at[i] | (s->at[i] > '9' ? 0x20 : 0));
        if (!s->at[i] || !digit)
            return -1;
        unit = unit << 4 | (int32_t)(digit - digits);
    }
    s->at += 4;
    return unit;
}

static bool scan_unicode_escape(scanner *s)
{
    const char *start = s->at - 2;
    const int32_t unit = take_hexadecimal(s);
    bool lone = unit >= 0xDC00 && unit < 0xE000;
    if (unit >= 0xD800 && unit < 0xDC00) {
        const bool escape = s->end - s->at > 2 && s->at[0] == '\\' && s->at[1] == 'u';
        s->at += escape ? 2 : 0;
        const int32_t low = escape ? take_hexadecimal(s) : -1;
        lone = low < 0xDC00 || low >= 0xE000;
    }
    if (unit >= 0 && !lone)
        return true;
    s->at = start;
    return fail(s, lone ? "half of a surrogate pair, the other half is missing"
                        : "expected four hexadecimal digits after \"\\u\"");
}

static bool scan_escape(scanner *s)
{
    s->at++;
    const int letter = peek(s);
    if (letter <= 0 || !strchr("\"\\/bfnrtu", letter))
        return fail(s, "no such escape: behind a backslash comes one of \" \\ / b f n r t u");
    s->at++;
    return letter != 'u' || scan_unicode_escape(s);
}

static bool scan_text(scanner *s)
{
    const char *start = s->at++;
    while (peek(s) >= 0 && peek(s) != '"') {
        if (peek(s) < 0x20)
            return fail(s, "a control character in a text must be written as an escape");
        if (peek(s) == '\\') {
            if (!scan_escape(s))
                return false;
            continue;
        }
        const size_t size = character_size(s);
        if (size == 0)
            return fail(s, "these bytes are not UTF-8");
        s->at += size;
    }
    if (peek(s) < 0) {
        s->at = start;
        return fail(s, "the text that starts here has no closing quote");
    }
    s->at++;
    return true;
}

static bool scan_digits(scanner *s)
{
    if (!is_digit(peek(s)))
        return expect(s, "expected a digit");
    while (is_digit(peek(s)))
        s->at++;
    return true;
}

static bool scan_number(scanner *s)
{
    s->at += peek(s) == '-';
    if (peek(s) == '0' && s->end - s->at > 1 && is_digit(s->at[1]))
        return fail(s, "a number does not start with 0");
    if (!scan_digits(s))
        return false;
    if (peek(s) == '.') {
        s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->at++;
        s->at += peek(s) == '+' || peek(s) == '-';
        return scan_digits(s);
    }
    return true;
}

static bool scan_word(scanner *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t size = strlen(words[i]);
        if ((size_t)(s->end - s->at) >= size && memcmp(s->at, words[i], size) == 0) {
            s->at += size;
            return true;
        }
    }
    return expect(s, "expected a value");
}

static bool enter(scanner *s, bool object)
{
    if (s->depth == DEEPEST)
        return false;
    s->at++;
    s->depth++;
    s->objects = s->objects << 1 | object;
    s->state = object ? KEY_OR_END : VALUE_OR_END;
    return true;
}

static bool leave(scanner *s)
{
    s->at++;
    s->depth--;
    s->objects >>= 1;
    s->state = MORE_OR_END;
    return true;
}

static bool scan_value(scanner *s)
{
    const int byte = peek(s);
    if (byte == '{' || byte == '[')
        return enter(s, byte == '{');
    if (byte == ']' && s->state == VALUE_OR_END)
        return leave(s);
    s->state = MORE_OR_END;
    if (byte == '"')
        return scan_text(s);
    return byte == '-' || is_digit(byte) ? scan_number(s) : scan_word(s);
}

static bool scan_key(scanner *s)
{
    if (peek(s) == '}' && s->state == KEY_OR_END)
        return leave(s);
    s->state = COLON;
    return peek(s) == '"' ? scan_text(s) : expect(s, "expected a key in double quotes");
}

static bool scan_colon(scanner *s)
{
    if (peek(s) != ':')
        return expect(s, "expected \":\" after a key");
    s->at++;
    s->state = VALUE;
    return true;
}

static bool scan_more(scanner *s)
{
    const bool object = s->objects & 1;
    if (s->depth == 0)
        return expect(s, "expected nothing more after the document");
    if (peek(s) == (object ? '}' : ']'))
        return leave(s);
    if (peek(s) != ',')
        return expect(s, object ? "expected \",\" or \"}\"" : "expected \",\" or \"]\"");
    s->at++;
    s->state = object ? KEY : VALUE;
    return true;
}

static bool step(scanner *s)
{
    skip_space(s);
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
    return !(s->depth == 0 && s->at == s->end) && scan_more(s);
}

/* Describes the byte at the place, or the end. */
static void describe(const scanner *s, char *ret, size_t size)
{
    const int byte = peek(s);
    if (!s->unexpected)
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
    scanner s = {.at = document.data, .end = document.data + document.size};
    while (step(&s)) {
    }
    if (!s.wrong)
        return false;
    size_t line = 1, column = 1;
    for (const char *at = document.data; at < s.at; at++) {
        const bool line_end = *at == '\n';
        line += line_end;
        column = line_end ? 1 : column + (((unsigned char)*at & 0xC0) != 0x80);
    }
    char found[40];
    describe(&s, found, sizeof found);
    snprintf(ret, OFP_JSON_MESSAGE_SIZE, "line %zu, column %zu: %s%s", line, column, s.wrong,
             found);
    return true;
}
