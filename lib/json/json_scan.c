/* SPDX-License-Identifier: MIT */
#include "json_scan.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static bool fail(ofp_json_scan *s, const char *wrong)
{
    s->wrong = wrong;
    return false;
}

bool ofp_json_expect(ofp_json_scan *s, const char *expected)
{
    s->wrong = expected;
    s->unexpected = true;
    return false;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_space(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

void ofp_json_skip_space(ofp_json_scan *s)
{
    while (is_space(ofp_json_peek(s)))
        s->at++;
}

/* How many bytes the UTF-8 character at `at` takes; 0: it is none. */
static size_t character_size(const ofp_json_scan *s)
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
static int32_t take_hexadecimal(ofp_json_scan *s)
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

static bool scan_unicode_escape(ofp_json_scan *s)
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

static bool scan_escape(ofp_json_scan *s)
{
    s->at++;
    const int letter = ofp_json_peek(s);
    if (letter <= 0 || !strchr("\"\\/bfnrtu", letter))
        return fail(s, "no such escape: behind a backslash comes one of \" \\ / b f n r t u");
    s->at++;
    return letter != 'u' || scan_unicode_escape(s);
}

bool ofp_json_scan_text(ofp_json_scan *s)
{
    const char *start = s->at++;
    while (ofp_json_peek(s) >= 0 && ofp_json_peek(s) != '"') {
        if (ofp_json_peek(s) < 0x20)
            return fail(s, "a control character in a text must be written as an escape");
        if (ofp_json_peek(s) == '\\') {
            if (!scan_escape(s))
                return false;
            continue;
        }
        const size_t size = character_size(s);
        if (size == 0)
            return fail(s, "these bytes are not UTF-8");
        s->at += size;
    }
    if (ofp_json_peek(s) < 0) {
        s->at = start;
        return fail(s, "the text that starts here has no closing quote");
    }
    s->at++;
    return true;
}

static bool scan_digits(ofp_json_scan *s)
{
    if (!is_digit(ofp_json_peek(s)))
        return ofp_json_expect(s, "expected a digit");
    while (is_digit(ofp_json_peek(s)))
        s->at++;
    return true;
}

static bool scan_number(ofp_json_scan *s)
{
    s->at += ofp_json_peek(s) == '-';
    if (ofp_json_peek(s) == '0' && s->end - s->at > 1 && is_digit(s->at[1]))
        return fail(s, "a number does not start with 0");
    if (!scan_digits(s))
        return false;
    if (ofp_json_peek(s) == '.') {
        s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (ofp_json_peek(s) == 'e' || ofp_json_peek(s) == 'E') {
        s->at++;
        s->at += ofp_json_peek(s) == '+' || ofp_json_peek(s) == '-';
        return scan_digits(s);
    }
    return true;
}

static bool scan_word(ofp_json_scan *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t size = strlen(words[i]);
        if ((size_t)(s->end - s->at) >= size && memcmp(s->at, words[i], size) == 0) {
            s->at += size;
            return true;
        }
    }
    return ofp_json_expect(s, "expected a value");
}

bool ofp_json_scan_plain(ofp_json_scan *s)
{
    const int byte = ofp_json_peek(s);
    return byte == '-' || is_digit(byte) ? scan_number(s) : scan_word(s);
}
