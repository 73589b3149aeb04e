/* SPDX-License-Identifier: MIT */
#include "span.h"

int ofp_span_compare(ofp_text a, ofp_text b)
{
    const size_t shared = a.size < b.size ? a.size : b.size;
    const int order = shared ? memcmp(a.data, b.data, shared) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* How long a sequence is that starts with this byte, and the bits of it that count; 0: none. */
static size_t sequence_size(unsigned char lead, uint32_t *bits)
{
    if (lead < 0x80)
        return *bits = lead, 1;
    if (lead >= 0xC2 && lead < 0xE0)
        return *bits = lead & 0x1F, 2;
    if (lead >= 0xE0 && lead < 0xF0)
        return *bits = lead & 0x0F, 3;
    if (lead >= 0xF0 && lead < 0xF5)
        return *bits = lead & 0x07, 4;
    return 0;
}

uint32_t ofp_span_character(ofp_text text, size_t *retsize)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t character = 0;
    const size_t size = sequence_size((unsigned char)text.data[0], &character);
    *retsize = 1;
    if (size == 0 || size > text.size)
        return 0xFFFD;
    for (size_t i = 1; i < size; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if ((byte & 0xC0) != 0x80)
            return 0xFFFD;
        character = character << 6 | (byte & 0x3F);
    }
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    if (character < smallest[size] || character > 0x10FFFF || surrogate)
        return 0xFFFD;
    *retsize = size;
    return character;
}

/* How many bytes at the start are ASCII, in steps of 32: most text is. */
static size_t ascii_size(ofp_text text)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t words[4];
    size_t at = 0;
    for (; text.size - at >= sizeof words; at += sizeof words) {
        memcpy(words, text.data + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & high)
            break;
    }
    return at;
}

bool ofp_span_is_utf8(ofp_text text)
{
    size_t at = 0;
    while (at < text.size) {
        uint64_t eight;
        if (text.size - at >= sizeof eight) {
            memcpy(&eight, text.data + at, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at += sizeof eight;
                at += ascii_size((ofp_text){text.data + at, text.size - at});
                continue;
            }
        }
        size_t size = 1;
        uint32_t character = (unsigned char)text.data[at];
        if (character >= 0x80)
            character = ofp_span_character((ofp_text){text.data + at, text.size - at}, &size);
        /* A real U+FFFD takes three bytes; the stand-in for an error takes one. */
        if (character == 0xFFFD && size == 1)
            return false;
        at += size;
    }
    return true;
}

bool ofp_character_is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool ofp_span_has_control(ofp_text text)
{
    while (text.size) {
        size_t size;
        if (ofp_character_is_control(ofp_span_character(text, &size)))
            return true;
        text.data += size;
        text.size -= size;
    }
    return false;
}

enum { LONGEST_WORD = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static unsigned char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (unsigned char)(letter + 32) : (unsigned char)letter;
}

/* Damerau's distance (optimal string alignment) without regard to case, in three rows. */
static size_t distance(ofp_text a, ofp_text b)
{
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= b.size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            const bool same = lower(a.data[i - 1]) == lower(b.data[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
            if (i > 1 && j > 1 && lower(a.data[i - 1]) == lower(b.data[j - 2]) &&
                lower(a.data[i - 2]) == lower(b.data[j - 1]))
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[a.size % 3][b.size];
}

int ofp_span_nearest(ofp_text word, const ofp_text *candidates, size_t count)
{
    int nearest = -1;
    /* A third of the letters may be wrong; of a short word, one. */
    size_t allowed = word.size < 3 ? 1 : (word.size + 2) / 3;
    if (word.size == 0 || word.size > LONGEST_WORD)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].size > LONGEST_WORD)
            continue;
        const size_t far = distance(word, candidates[i]);
        if (far < candidates[i].size && (far < allowed || (far == allowed && nearest < 0))) {
            nearest = (int)i;
            allowed = far;
        }
    }
    return nearest;
}
