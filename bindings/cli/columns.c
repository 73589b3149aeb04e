/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <string.h>

#include "terminal.h"

size_t columns_decode(const char *text, unsigned *ret)
{
    const unsigned char lead = (unsigned char)*text;
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned character = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t i = 1; i < size && text[i]; i++)
        character = character << 6 | ((unsigned char)text[i] & 0x3F);
    *ret = character;
    return strnlen(text, size);
}

size_t columns_measure(const char *text, size_t count)
{
    size_t columns = 0;
    while (count-- && *text) {
        unsigned character;
        text += columns_decode(text, &character);
        columns += terminal_character_width(character);
    }
    return columns;
}
